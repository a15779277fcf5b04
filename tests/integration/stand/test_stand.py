"""The whole stand as `make run` starts it."""

import http.client
import signal
import socket
import subprocess
import sys
import time
from pathlib import Path

import pytest

from tests.plugins.stand import ROOT, Stand, free_ports

pytestmark = [pytest.mark.stand, pytest.mark.timeout(180)]


def get(port: int, path: str) -> tuple[int, str]:
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=10)
    try:
        connection.request("GET", path, headers={"Host": f"localhost:{port}"})
        response = connection.getresponse()
        return response.status, response.read().decode()
    finally:
        connection.close()


def wait_until_gone(stand: Stand, seconds: float = 10.0) -> dict[int, str]:
    deadline = time.monotonic() + seconds
    while (left := stand.processes()) and time.monotonic() < deadline:
        time.sleep(0.05)
    return left


def program(stand: Stand, words: str) -> int:
    """Return the process id of a direct child of the supervisor."""
    for pid, argv in stand.processes().items():
        parent = int(Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()[1])
        if words in argv and parent == stand.pid:
            return pid
    raise AssertionError(f"no {words} in {stand.processes()}")


class TestRunningStand:
    def test_prints_the_two_addresses_and_test_persons(self, running_stand):
        assert f"READY portal={running_stand.portal_url} esia={running_stand.esia_url}\n" in running_stand.said
        assert "000-000-600 01" in running_stand.said
        assert "Stand-01" in running_stand.said

    @pytest.mark.parametrize("side", ["port", "esia_port"])
    def test_both_sides_are_alive_and_ready(self, running_stand, side):
        assert get(getattr(running_stand, side), "/health/live") == (200, "ok")
        assert get(getattr(running_stand, side), "/health/ready") == (200, '{"database": "ok"}')

    def test_every_program_runs(self, running_stand):
        commands = "\n".join(running_stand.processes().values())

        for words in ("valkey-server", "celery -A frmr_portal.celery worker", "manage.py relay", "idp_wsgi", "frmr_portal.wsgi"):
            assert words in commands

    def test_the_broker_listens_on_its_socket_only(self, running_stand):
        inodes = {line.split()[9] for table in ("tcp", "tcp6") for line in Path(f"/proc/net/{table}").read_text().splitlines()[1:] if line.split()[3] == "0A"}
        broker = program(running_stand, "valkey-server")
        held = {link.readlink().name for link in Path(f"/proc/{broker}/fd").iterdir()}

        assert not {f"socket:[{inode}]" for inode in inodes} & held
        assert (running_stand.data_dir / "run" / "broker.sock").is_socket()

    def test_keeps_its_folders_from_other_users(self, running_stand):
        for name in (".", "run", "logs", "secrets", "broker"):
            assert (running_stand.data_dir / name).stat().st_mode & 0o077 == 0, name

    def test_a_second_stand_in_the_same_folder_is_refused(self, running_stand):
        port, esia_port = free_ports(2)
        second = Stand(running_stand.data_dir, port, esia_port, extra=running_stand.extra)
        second.launch()

        assert second.wait() == 1
        assert "уже работает стенд" in second.said

    @pytest.mark.parametrize(("name", "which"), [("PORT", "port"), ("ESIA_PORT", "esia_port")])
    def test_a_busy_port_is_named_with_its_variable(self, new_stand, name, which):
        with socket.socket() as other:
            other.bind(("127.0.0.1", getattr(new_stand, which)))
            other.listen()
            new_stand.launch()

            assert new_stand.wait() == 1
        assert f"Порт {getattr(new_stand, which)} " in new_stand.said
        assert f"{name}=" in new_stand.said
        assert "Traceback" not in new_stand.said

    def test_reset_refuses_while_the_stand_runs(self, running_stand):
        words = [sys.executable, "-m", "frmr_portal.stand", "--reset"]
        done = subprocess.run(words, cwd=ROOT, env=running_stand.environment, capture_output=True, text=True, check=False)

        assert done.returncode == 1
        assert "уже работает стенд" in done.stderr
        assert running_stand.data_dir.exists()


class TestLife:
    def test_starts_beside_another_dies_whole_starts_again_and_stops_in_order(self, running_stand, new_stand):
        """One long story, because each start costs seconds."""
        new_stand.start()
        assert get(running_stand.port, "/health/ready")[0] == 200

        new_stand.kill()
        assert wait_until_gone(new_stand) == {}

        new_stand.start()
        assert get(new_stand.port, "/health/ready")[0] == 200

        assert new_stand.stop(signal.SIGINT) == 0
        assert wait_until_gone(new_stand) == {}
        logs = {name: (new_stand.data_dir / "logs" / f"{name}.log").stat().st_mtime for name in ("worker", "broker")}
        assert logs["worker"] <= logs["broker"]
        assert not (new_stand.data_dir / "run" / "broker.sock").exists()

        words = [sys.executable, "-m", "frmr_portal.stand", "--reset"]
        subprocess.run(words, cwd=ROOT, env=new_stand.environment, check=True, capture_output=True)
        assert not new_stand.data_dir.exists()

    def test_a_lost_program_is_started_again(self, new_stand):
        new_stand.start("--only", "provider")
        lost = program(new_stand, "idp_wsgi")

        subprocess.run(["kill", "-9", str(lost)], check=True)

        assert new_stand.wait_for("provider: неожиданно завершился (код -9), запускаю снова")
        assert new_stand.wait_for("provider  снова готов")
        assert get(new_stand.esia_port, "/health/ready")[0] == 200
        assert new_stand.stop(signal.SIGTERM) == 0
        assert wait_until_gone(new_stand) == {}

    def test_a_program_that_cannot_start_ends_the_stand_with_its_last_words(self, new_stand):
        new_stand.extra = {**new_stand.extra, "DATABASE_URL": "postgres://nobody@127.0.0.1:1/none?connect_timeout=1"}
        new_stand.launch()

        assert new_stand.wait() == 1
        assert "prepare: код выхода 1" in new_stand.said
        assert "OperationalError" in new_stand.said
        assert wait_until_gone(new_stand) == {}
