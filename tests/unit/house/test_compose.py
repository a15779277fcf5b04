"""docker-compose.yml as the real compose program understands it."""

import json
import re
import subprocess
import sys
from pathlib import Path

import pytest

from frmr_portal import env
from frmr_portal.stand.__main__ import ALONE

ROOT = env.BASE_DIR
PROGRAMS = ("portal", "provider", "worker", "beat", "relay")
SERVERS = ("postgres", "redis")


@pytest.fixture(scope="module")
def compose() -> dict:
    binary = Path(sys.executable).with_name("docker-compose")
    words = [str(binary), "--env-file", ".env.example", "-f", "docker-compose.yml", "config", "--format", "json"]
    return json.loads(subprocess.run(words, cwd=ROOT, check=True, capture_output=True, text=True).stdout)


class TestCompose:
    def test_every_program_of_the_stand_has_a_container(self, compose):
        assert set(compose["services"]) == {*PROGRAMS, *SERVERS, "prepare"}
        assert set(PROGRAMS) == set(ALONE)

    @pytest.mark.parametrize("name", [*PROGRAMS, *SERVERS, "prepare"])
    def test_every_container_is_locked_down(self, compose, name):
        service = compose["services"][name]

        assert service["read_only"] is True
        assert service["cap_drop"] == ["ALL"]
        assert service["security_opt"] == ["no-new-privileges:true"]
        assert "privileged" not in service

    @pytest.mark.parametrize("name", SERVERS)
    def test_no_server_runs_as_root(self, compose, name):
        assert not compose["services"][name]["user"].startswith(("0", "root"))

    @pytest.mark.parametrize("name", [*PROGRAMS, *SERVERS])
    def test_every_server_is_asked_for_its_health(self, compose, name):
        assert compose["services"][name]["healthcheck"]["test"]

    @pytest.mark.parametrize("name", [*PROGRAMS, *SERVERS, "prepare"])
    def test_secrets_come_from_files(self, compose, name):
        environment = compose["services"][name].get("environment") or {}

        assert not [key for key in environment if re.search(r"PASSWORD|SECRET|TOKEN|KEY", key) and not key.endswith("_FILE")]
        assert "@" not in environment.get("BROKER_URL", "")
        assert ":" not in environment.get("DATABASE_URL", "//@").split("//")[1].split("@")[0]

    def test_only_the_two_sites_are_published_and_only_on_this_machine(self, compose):
        published = {name: service["ports"] for name, service in compose["services"].items() if service.get("ports")}

        assert set(published) == {"portal", "provider"}
        assert all(port["host_ip"] == "127.0.0.1" for ports in published.values() for port in ports)

    @pytest.mark.parametrize("name", SERVERS)
    def test_the_servers_have_no_way_out(self, compose, name):
        assert set(compose["services"][name]["networks"]) == {"inside"}
        assert compose["networks"]["inside"]["internal"] is True

    def test_the_queue_survives_a_restart_and_never_drops_a_job(self, compose):
        """M7: an append-only file, and no eviction."""
        command = " ".join(compose["services"]["redis"]["command"])

        for words in ("--appendonly yes", "--appendfsync everysec", "--maxmemory-policy noeviction"):
            assert words in command

    @pytest.mark.parametrize("name", PROGRAMS)
    def test_the_settings_of_a_container_are_in_the_table(self, compose, name):
        known = {row.name for row in env.TABLE} | {f"{row.name}_FILE" for row in env.TABLE}

        assert set(compose["services"][name]["environment"]) <= known

    @pytest.mark.parametrize("name", [*PROGRAMS, *SERVERS])
    def test_images_are_named_by_tag(self, compose, name):
        assert re.fullmatch(r"[a-z-]+:[\w.-]+", compose["services"][name]["image"])


class TestDockerfile:
    TEXT = (ROOT / "Dockerfile").read_text(encoding="utf-8")

    def test_the_programs_do_not_run_as_root(self):
        assert re.findall(r"^USER (\S+)$", self.TEXT, re.MULTILINE)[-1] == "stand"

    def test_packages_are_installed_by_hash(self):
        assert self.TEXT.count("--require-hashes") == self.TEXT.count("install --no-cache") == 2

    def test_everything_that_it_copies_exists_and_reaches_the_builder(self):
        let_in = [line[1:] for line in (ROOT / ".dockerignore").read_text(encoding="utf-8").splitlines() if line.startswith("!")]
        copied = [word for line in re.findall(r"^COPY (?!--)(.+)$", self.TEXT, re.MULTILINE) for word in line.split()[:-1]]

        for name in copied:
            assert (ROOT / name).exists(), name
            assert any(Path(name).match(pattern) for pattern in let_in), name

    def test_no_folder_of_the_stand_is_forgotten(self):
        tracked = subprocess.run(["git", "ls-files"], cwd=ROOT, check=True, capture_output=True, text=True).stdout.splitlines()
        folders = {name.split("/")[0] for name in tracked if "/" in name} - {".ci", "docs", "requirements", "scripts", "tests"}

        for name in folders:
            assert f"COPY {name} {name}\n" in self.TEXT
