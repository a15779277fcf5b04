"""`manage.py prepare`: everything a stand needs before it starts."""

import json
import os
from pathlib import Path

import pytest
from django.conf import settings as project
from django.core.management import call_command

from gosuslugi_auth.idp.models import InformationSystem, Person

pytestmark = pytest.mark.django_db


@pytest.fixture
def stand(settings, tmp_path) -> Path:
    """An empty folder in the place of DATA_DIR."""
    settings.STATIC_ROOT, settings.RUN_DIR = tmp_path / "static", tmp_path / "run"
    settings.STATICFILES_DIRS = [tmp_path / "source"]
    settings.STORAGES = {**settings.STORAGES, "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}}
    for name in ("ESIA_CLIENT_KEY_FILE", "ESIA_CLIENT_CERTIFICATE_FILE", "ESIA_TRUSTED_CERTIFICATE_FILE"):
        setattr(settings, name, tmp_path / "secrets" / getattr(project, name).name)
    for name in ("ESIA_SIGNING_KEY_FILE", "ESIA_SIGNING_CERTIFICATE_FILE"):
        setattr(settings, name, tmp_path / "secrets" / getattr(project, name).name)
    (tmp_path / "source").mkdir()
    (tmp_path / "source" / "page.css").write_text("a{}", encoding="utf-8")
    return tmp_path


def facts(stand: Path) -> dict:
    return json.loads((stand / "run" / "facts.json").read_text(encoding="utf-8"))


class TestPrepare:
    def test_leaves_keys_persons_a_registered_portal_and_facts(self, stand):
        call_command("prepare")

        assert (stand / "secrets" / "portal-client.key").stat().st_mode & 0o077 == 0
        assert InformationSystem.objects.filter(mnemonic=project.ESIA_CLIENT_ID, is_active=True).exists()
        assert len(facts(stand)["personas"]) == Person.objects.count() > 0
        assert facts(stand)["outbox_page"] == f"{project.ESIA_PUBLIC_URL}/outbox/"

    def test_a_second_run_changes_nothing(self, stand):
        call_command("prepare")
        before = {path: path.read_bytes() for path in stand.rglob("*") if path.is_file()}

        call_command("prepare")

        assert {path: path.read_bytes() for path in stand.rglob("*") if path.is_file()} == before

    def test_static_files_are_collected_only_when_they_have_changed(self, stand):
        call_command("prepare")
        collected = stand / "static" / "page.css"
        collected.unlink()
        call_command("prepare")
        assert not collected.exists()

        source = stand / "source" / "page.css"
        os.utime(source, ns=(0, source.stat().st_mtime_ns + 1))
        call_command("prepare")

        assert collected.read_text(encoding="utf-8") == "a{}"

    def test_a_stand_without_the_mock_has_no_test_persons(self, stand, settings):
        settings.ESIA_MOCK = False

        call_command("prepare")

        assert facts(stand)["personas"] == []
        assert not Person.objects.exists()
