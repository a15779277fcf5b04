"""Small decisions of the bench."""

import pytest

from tests.bench import floors, memory


class TestFloor:
    def test_is_served_like_the_portal_but_for_port_and_application(self):
        portal = ["python", "-m", "granian", "--host", "127.0.0.1", "--port", "8000", "--workers", "2", "--http", "1", "frmr_portal.wsgi:application"]

        words = floors.like(portal, 9000)

        assert words == [
            "python",
            "-m",
            "granian",
            "--host",
            "127.0.0.1",
            "--port",
            "9000",
            "--workers",
            "2",
            "--http",
            "1",
            "tests.bench.floor.wsgi:application",
        ]


class TestPrograms:
    @pytest.mark.parametrize(
        ("command", "name"),
        [
            ("python -m granian --port 8000 frmr_portal.wsgi:application", "портал"),
            ("python -m granian --port 8001 frmr_portal.idp_wsgi:application", "учебный вход"),
            ("python -m celery -A frmr_portal.celery worker -B", "обработчик заданий с расписанием"),
            ("python manage.py relay", "передатчик заданий"),
            ("/somewhere/valkey-server unixsocket:/data/run/broker.sock", "очередь"),
            ("python something_new.py", "python something_new.py"),
        ],
    )
    def test_are_known_by_their_command_lines(self, command, name):
        assert memory.name_of(command) == name
