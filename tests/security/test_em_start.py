"""EM-01, EM-02, EM-03: a stand in an unsafe posture serves nothing, runs nothing, migrates nothing."""

import os
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pytest
from django.test import override_settings

from frmr_portal import guard
from frmr_portal.checks import check_posture
from tests.plugins.stand import ROOT, free_ports

SAFE = guard.Posture(
    profile="stand",
    side="portal",
    debug=False,
    mock=True,
    bind="127.0.0.1",
    allow_remote=False,
    portal_url="http://127.0.0.1:8000",
    esia_url="http://localhost:8001",
    internal_url="http://localhost:8001",
    allowed_hosts=("127.0.0.1", "localhost", "[::1]"),
    secret_key="short",
)
STRONG = "k3-Vq8_zLw0RtYpXn5sJdGh7Bf2CmA9eUo1iKxWvQ4ZyTr6SgN"
PRODUCTION = replace(
    SAFE,
    profile="production",
    mock=False,
    portal_url="https://portal.example",
    esia_url="https://sign-in.example",
    internal_url="https://sign-in.example",
    allowed_hosts=("portal.example.com",),
    secret_key=STRONG,
)
PRODUCTION_ENVIRONMENT = {
    "STAND_PROFILE": "production",
    "SECRET_KEY": STRONG,
    "PORTAL_PUBLIC_URL": "https://portal.example",
    "ESIA_PUBLIC_URL": "https://sign-in.example",
}


def codes(posture: guard.Posture) -> set[str]:
    return {one.code for one in guard.refusals(posture)}


def run(words: tuple[str, ...], data_dir: Path, **environment: str) -> subprocess.CompletedProcess[str]:
    inherited = {name: value for name, value in os.environ.items() if name not in {"PORT", "ESIA_PORT"}}
    return subprocess.run(
        [sys.executable, *words],
        cwd=ROOT,
        env={**inherited, **PRODUCTION_ENVIRONMENT, "DATA_DIR": str(data_dir), **environment},
        capture_output=True,
        text=True,
        timeout=50,
        check=False,
    )


class TestEM01MockInProduction:
    @pytest.mark.parametrize(
        "words",
        [
            pytest.param(("-m", "granian", "--interface", "wsgi", "--port", "{port}", "frmr_portal.wsgi:application"), id="web"),
            pytest.param(("-m", "celery", "-A", "frmr_portal.celery", "worker"), id="worker"),
            pytest.param(("manage.py", "migrate"), id="manage.py"),
        ],
    )
    def test_EM_01_every_program_refuses_to_start(self, tmp_path, words):
        (port,) = free_ports(1)

        done = run(tuple(word.format(port=port) for word in words), tmp_path, ESIA_MOCK="true")

        assert done.returncode != 0
        assert "stand.E002" in done.stderr
        assert "Traceback" not in done.stderr
        assert not (tmp_path / "stand.sqlite3").exists()

    def test_EM_01_the_same_environment_without_the_mock_starts(self, tmp_path):
        done = run(("manage.py", "check"), tmp_path)

        assert done.returncode == 0, done.stderr

    def test_EM_01_check_has_a_code_for_it(self):
        with override_settings(STAND_PROFILE="production", ESIA_MOCK=True):
            assert "stand.E002" in {message.id for message in check_posture()}

    def test_EM_01_the_server_of_the_provider_refuses_without_the_mock(self):
        assert codes(replace(PRODUCTION, side="provider")) == {"stand.E003"}


class TestEM02RealHosts:
    @pytest.mark.parametrize("field", ["portal_url", "esia_url", "internal_url"])
    @pytest.mark.parametrize("base", [SAFE, PRODUCTION], ids=["stand", "production"])
    def test_EM_02_no_address_of_the_stand_names_a_real_service(self, base, field):
        assert "stand.E004" in codes(replace(base, **{field: "https://esia.gosuslugi.ru/path"}))

    @pytest.mark.parametrize("name", ["lk.gosuslugi.ru", ".minzdrav.gov.ru", "gosuslugl.example", "xn--c1aapkosapc.xn--p1ai"])
    def test_EM_02_no_served_name_is_real_or_a_look_alike(self, name):
        assert "stand.E004" in codes(replace(SAFE, allowed_hosts=("localhost", name)))

    def test_EM_02_a_path_may_hold_any_word(self):
        assert codes(replace(SAFE, internal_url="http://localhost:8001/esia.gosuslugi.ru/")) == set()

    def test_EM_02_the_process_refuses(self, tmp_path):
        done = run(("manage.py", "check"), tmp_path, ALLOWED_HOSTS="portal.example,www.gosuslugi.ru")

        assert done.returncode != 0
        assert "stand.E004: Имя www.gosuslugi.ru" in done.stderr

    @pytest.mark.parametrize("name", ["*", "portal.example.com", "8.8.8.8", "0.0.0.0"])
    def test_EM_02_s04_a_stand_with_the_mock_answers_to_private_names_only(self, name):
        assert codes(replace(SAFE, allowed_hosts=("localhost", name))) == {"stand.E005"}

    def test_the_two_sides_have_two_names(self):
        """ASVS 3.5.4: ports do not separate cookies."""
        assert codes(replace(SAFE, esia_url="http://127.0.0.1:8001")) == {"stand.E006"}


class TestEM03Bind:
    @pytest.mark.parametrize("bind", ["127.0.0.1", "127.8.9.10", "::1", "localhost"])
    def test_EM_03_loopback_needs_no_flag(self, bind):
        assert codes(replace(SAFE, bind=bind)) == set()

    @pytest.mark.parametrize("bind", ["0.0.0.0", "::", "192.168.0.7", "10.0.0.1", "stand.local"])
    def test_EM_03_another_address_needs_the_flag(self, bind):
        assert codes(replace(SAFE, bind=bind)) == {"stand.E007"}
        assert codes(replace(SAFE, bind=bind, allow_remote=True)) == set()

    def test_EM_03_the_process_refuses(self, tmp_path):
        done = run(("-m", "frmr_portal.stand"), tmp_path / "data", STAND_PROFILE="stand", BIND="0.0.0.0")

        assert done.returncode == 1
        assert "stand.E007" in done.stderr
        assert "READY" not in done.stdout


class TestProduction:
    def test_a_safe_posture_passes(self):
        assert codes(PRODUCTION) == set()
        guard.refuse_unsafe(PRODUCTION)

    @pytest.mark.parametrize("secret", ["", "short", "a" * 64, "django-insecure-" + STRONG, "changeme" + STRONG, STRONG[:49]])
    def test_SC_02_a_short_or_known_secret_is_refused(self, secret):
        assert codes(replace(PRODUCTION, secret_key=secret)) == {"stand.E009"}

    def test_SC_02_a_missing_secret_is_refused(self, tmp_path):
        done = run(("manage.py", "check"), tmp_path, SECRET_KEY="")

        assert done.returncode != 0
        assert "SECRET_KEY" in done.stderr
        assert not (tmp_path / "secrets").exists()

    @pytest.mark.parametrize("field", ["portal_url", "esia_url"])
    def test_addresses_without_tls_are_refused(self, field):
        assert codes(replace(PRODUCTION, **{field: "http://another.example"})) == {"stand.E010"}

    def test_debug_pages_are_refused(self):
        assert codes(replace(PRODUCTION, debug=True)) == {"stand.E008"}

    def test_an_unknown_profile_is_refused(self):
        assert codes(replace(SAFE, profile="prod")) == {"stand.E001"}

    def test_every_reason_is_named_at_once(self):
        with pytest.raises(guard.UnsafeStand, match=r"stand\.E002[\s\S]*stand\.E009"):
            guard.refuse_unsafe(replace(PRODUCTION, mock=True, secret_key="short", allowed_hosts=("portal.example",)))
