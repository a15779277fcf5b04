"""`manage.py prepare`: everything that must exist before the programs of the stand start."""

import hashlib
import json
from dataclasses import asdict
from pathlib import Path
from typing import Any

from django.conf import settings
from django.contrib.staticfiles.finders import get_finders
from django.core.management import BaseCommand, call_command
from django.db import connection
from django.db.migrations.executor import MigrationExecutor
from django.urls import reverse

from gosuslugi_auth.idp import selectors as idp


class Command(BaseCommand):
    """Make keys, tables, static files and test persons; a second run finds everything done."""

    help = "Готовит ключи, базу данных, статические файлы и тестовых людей; повторный запуск ничего не портит"

    def handle(self, **_options: Any) -> None:
        """Do what is left to do and leave the facts for the terminal."""
        _migrate()
        if settings.ESIA_MOCK:
            call_command("esia_prepare")
        if not settings.DEBUG:
            _collect_static()
        _leave_facts(settings.RUN_DIR / "facts.json")


def _migrate() -> None:
    executor = MigrationExecutor(connection)
    # the command itself costs half a second also when there is nothing to do
    if executor.migration_plan(executor.loader.graph.leaf_nodes()):
        call_command("migrate", interactive=False, verbosity=1)


def _collect_static() -> None:
    stamp: Path = settings.STATIC_ROOT / ".collected"
    found = _fingerprint()
    if stamp.exists() and stamp.read_text(encoding="ascii") == found:
        return
    call_command("collectstatic", interactive=False, clear=True, verbosity=0)
    stamp.write_text(found, encoding="ascii")


def _fingerprint() -> str:
    """Return a hash over names, sizes and times of all static files."""
    digest = hashlib.sha256()
    for finder in get_finders():
        for name, storage in finder.list([]):
            status = Path(storage.path(name)).stat()
            digest.update(f"{name}\0{status.st_size}\0{status.st_mtime_ns}\n".encode())
    return digest.hexdigest()


def _leave_facts(path: Path) -> None:
    cards = [asdict(card) for card in idp.persona_cards()] if settings.ESIA_MOCK else []
    facts = {
        "persona_page": _at_provider("esia:personas"),
        "outbox_page": _at_provider("mailbox:index"),
        "personas": cards,
    }
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    path.write_text(json.dumps(facts, ensure_ascii=False, indent=1), encoding="utf-8")


def _at_provider(name: str) -> str:
    return settings.ESIA_PUBLIC_URL + reverse(name, urlconf="frmr_portal.idp_urls")
