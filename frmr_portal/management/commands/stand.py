"""`manage.py stand`: another name for `python -m frmr_portal.stand`."""

import os
import sys
from typing import Any

from django.core.management import BaseCommand, CommandParser


class Command(BaseCommand):
    """Start the whole stand."""

    help = "Запускает весь стенд: очередь, обработчик заданий, учебный вход и портал"
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: CommandParser) -> None:
        """Take the words that are handed on as they are."""
        parser.add_argument("--only", choices=["provider"], help="запустить только учебный вход")

    def handle(self, *, only: str | None, **_options: Any) -> None:
        """Become the supervisor: a process that lives as long as the stand should not carry Django."""
        words = [sys.executable, "-m", "frmr_portal.stand", *(["--only", only] if only else [])]
        os.execv(sys.executable, words)  # noqa: S606  # no shell, and nothing to come back to
