"""Parts of the supervisor: folder, ports, words, and programs that end."""

import signal
import socket
import sys
from dataclasses import replace
from pathlib import Path

import pytest

from frmr_portal.env import Values
from frmr_portal.stand import __main__ as command
from frmr_portal.stand import child as children
from frmr_portal.stand import folder, interrupts, places, probes, programs, screen, supervisor
from frmr_portal.stand.places import Place
from frmr_portal.stand.programs import Program


@pytest.fixture
def place(tmp_path) -> Place:
    made = Place(
        data_dir=tmp_path / "data",
        bind="127.0.0.1",
        port=8000,
        esia_port=8001,
        portal_url="http://127.0.0.1:8000",
        esia_url="http://localhost:8001",
        broker_url="",
    )
    made.make_folders()
    return made


class TestFolder:
    def test_a_new_folder_becomes_the_stands_own(self, tmp_path):
        folder.adopt(tmp_path / "data")
        folder.adopt(tmp_path / "data")

        assert (tmp_path / "data" / folder.MARK).exists()

    def test_what_a_command_of_the_stand_left_is_no_stranger(self, tmp_path):
        (tmp_path / "secrets").mkdir()
        (tmp_path / "stand.sqlite3").touch()

        folder.adopt(tmp_path)

        assert (tmp_path / folder.MARK).exists()

    def test_a_folder_with_foreign_files_is_refused(self, tmp_path):
        (tmp_path / "diploma.odt").touch()

        with pytest.raises(folder.FolderRefused, match=r"diploma\.odt"):
            folder.adopt(tmp_path)

    def test_the_second_lock_is_refused_until_the_first_is_gone(self, tmp_path):
        with folder.lock(tmp_path), pytest.raises(folder.FolderRefused, match="уже работает"):
            folder.lock(tmp_path)

        folder.lock(tmp_path).close()

    def test_a_process_id_left_by_a_killed_stand_is_no_lock(self, tmp_path):
        (tmp_path / "run").mkdir()
        (tmp_path / "run" / "stand.pid").write_text("1\n")

        folder.lock(tmp_path).close()

    def test_only_a_stands_folder_is_thrown_away(self, tmp_path):
        (tmp_path / "diploma.odt").touch()

        with pytest.raises(folder.FolderRefused, match="не похожа"):
            folder.throw_away(tmp_path)

        assert (tmp_path / "diploma.odt").exists()

    def test_throwing_away_leaves_nothing_and_can_be_repeated(self, tmp_path):
        folder.adopt(tmp_path / "data")

        folder.throw_away(tmp_path / "data")
        folder.throw_away(tmp_path / "data")

        assert not (tmp_path / "data").exists()


class TestPlaces:
    @pytest.mark.parametrize("port", ["0", "65536", "-1", "8x", "８０００", "80 00"])
    def test_a_port_that_cannot_be_is_refused_by_its_name(self, monkeypatch, port):
        monkeypatch.setenv("ESIA_PORT", port)

        with pytest.raises(places.WrongPort, match=r"^ESIA_PORT="):
            places.from_environment(Values())

    def test_the_sides_need_two_ports(self, monkeypatch):
        monkeypatch.setenv("PORT", "8001")
        monkeypatch.setenv("ESIA_PORT", "8001")

        with pytest.raises(places.WrongPort, match="разные порты"):
            places.from_environment(Values())

    def test_the_addresses_follow_the_ports(self, monkeypatch):
        monkeypatch.setenv("PORT", "8010")
        monkeypatch.setenv("ESIA_PORT", "8011")

        found = places.from_environment(Values())

        assert (found.portal_url, found.esia_url) == ("http://127.0.0.1:8010", "http://localhost:8011")

    def test_a_child_works_in_the_same_folder_wherever_it_is_started(self, place):
        assert place.environment()["DATA_DIR"] == str(place.data_dir)


class TestPrograms:
    def test_a_path_too_long_for_a_socket_is_refused_before_anything_starts(self, place):
        deep = replace(place, data_dir=Path("/" + "d" * 100))

        with pytest.raises(programs.BrokerUnavailable, match="DATA_DIR"):
            programs.broker(deep)

    def test_the_broker_has_no_port_and_keeps_every_write(self, place):
        words = " ".join(programs.broker(place).argv)

        for option in ("--port 0", "--appendonly yes", "--appendfsync everysec", "--maxmemory-policy noeviction"):
            assert option in words

    def test_slow_answers_of_the_provider_do_not_stop_the_others(self, place):
        assert f"--blocking-threads {programs.PROVIDER_THREADS}" in " ".join(programs.provider(place).argv)

    def test_no_web_server_writes_a_log_of_addresses(self, place):
        for program in (programs.provider(place), programs.portal(place)):
            assert "--no-access-log" in program.argv


class TestProbes:
    def test_nobody_answers_where_nobody_listens(self, tmp_path):
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            port = free.getsockname()[1]

        assert not probes.page_answers("127.0.0.1", port, name="localhost")
        assert not probes.broker_answers(tmp_path / "broker.sock")
        assert not probes.mark_is_fresh(tmp_path / "worker.ready")

    def test_a_mark_of_another_process_does_not_count(self, tmp_path):
        mark = tmp_path / "worker.ready"
        mark.write_text("100")

        assert probes.mark_is_of(mark, 100)
        assert not probes.mark_is_of(mark, 101)
        assert not probes.mark_is_of(tmp_path / "none", 100)


class TestScreen:
    CARDS = tuple(
        {"login": f"000-000-600 {n:02}", "password": f"Stand-{n:02}", "full_name": "Тестова Анна", "about": "врач", "to_try": ["войдите"]} for n in range(20)
    )

    def facts(self, count):
        return {"personas": self.CARDS[:count], "persona_page": "http://localhost/personas/", "outbox_page": "http://localhost/outbox/"}

    def test_the_line_that_programs_wait_for_has_one_shape(self):
        assert (
            screen.ready_line({"portal": "http://127.0.0.1:8000", "esia": "http://localhost:8001"})
            == "READY portal=http://127.0.0.1:8000 esia=http://localhost:8001"
        )

    def test_the_table_is_short_and_says_where_the_rest_is(self):
        text = screen.greeting(self.facts(20))

        assert text.count("Stand-") == screen.SHOWN
        assert "Остальные люди, 6: http://localhost/personas/" in text
        assert "Коды из SMS: http://localhost/outbox/" in text
        assert text.endswith("Остановить: Ctrl-C")

    def test_nothing_is_left_to_say_when_all_are_shown(self):
        assert "Остальные" not in screen.greeting(self.facts(3))

    def test_a_person_without_a_plot_is_described(self):
        card = {**self.CARDS[0], "to_try": []}

        assert "врач" in screen.persona_table([card])


@pytest.fixture
def keeper(place):
    """A supervisor whose programs are small Python scripts; the signals of the test process are given back."""
    numbers = (*interrupts.STOP, signal.SIGCHLD)
    before = {number: signal.getsignal(number) for number in numbers}
    said: list[str] = []
    made = supervisor.Supervisor(place, report=said.append)
    made.said = said
    yield made
    made.stop()
    made.close()
    for number, handler in before.items():
        signal.signal(number, handler)


def script(text: str, *, ready: bool = True, name: str = "script") -> Program:
    return Program(name, (sys.executable, "-c", text), lambda _pid: ready, stop_seconds=0.3)


class TestSupervisor:
    def test_a_finished_one_shot_is_success(self, keeper):
        keeper.run_once(script("print('done')"))

    def test_a_failed_one_shot_shows_its_own_last_words(self, keeper, place):
        (place.log_dir / "script.log").write_text("words of another day\n")

        with pytest.raises(supervisor.ProgramFailed, match="код выхода 3") as failure:
            keeper.run_once(script("print('no such table'); raise SystemExit(3)"))

        assert failure.value.child.tail() == "no such table"

    def test_a_program_that_ends_before_it_answers_is_a_failure(self, keeper):
        with pytest.raises(supervisor.ProgramFailed, match="код выхода 0"):
            keeper.start([script("pass", ready=False)])

    def test_a_program_that_never_answers_is_a_failure(self, keeper, monkeypatch):
        monkeypatch.setattr(supervisor, "START_SECONDS", 0.1)

        with pytest.raises(supervisor.ProgramFailed, match="не отвечает"):
            keeper.start([script("import time; time.sleep(60)", ready=False)])

    def test_a_program_that_ends_again_and_again_stops_the_stand(self, keeper, monkeypatch):
        monkeypatch.setattr(supervisor.Supervisor, "_pause", lambda _self, _seconds: None)
        keeper.start([script("pass")])

        with pytest.raises(supervisor.ProgramFailed, match="раз за разом"):
            keeper.watch()

        assert sum("запускаю снова" in line for line in keeper.said) == supervisor.RESTARTS

    def test_a_wish_to_stop_ends_the_watch(self, keeper):
        keeper.start([script("import os, signal, time; os.kill(os.getppid(), signal.SIGTERM); time.sleep(60)")])

        with pytest.raises(supervisor.StopWished):
            keeper.watch()

    def test_programs_stop_in_reverse_order_and_a_deaf_one_is_killed(self, keeper, monkeypatch):
        asked: list[str] = []
        original = children.Child.ask_to_end
        monkeypatch.setattr(children.Child, "ask_to_end", lambda self: (asked.append(self.program.name), original(self)))
        deaf = "import signal, time; signal.signal(signal.SIGTERM, signal.SIG_IGN); time.sleep(60)"
        keeper.start([script("import time; time.sleep(60)", name="first"), script(deaf, name="deaf"), script("import time; time.sleep(60)", name="last")])
        pids = [one.pid for one in keeper._children]

        keeper.stop()

        assert asked == ["last", "deaf", "first"]
        assert not [pid for pid in pids if Path(f"/proc/{pid}").exists()]

    def test_a_log_that_has_grown_is_turned_over(self, keeper, place, monkeypatch):
        monkeypatch.setattr(supervisor, "LOG_BYTES", 10)
        (place.log_dir / "script.log").write_text("words of another day\n")

        keeper.run_once(script("print('new')"))

        assert (place.log_dir / "script.log").read_text() == "new\n"
        assert (place.log_dir / "script.log.1").read_text() == "words of another day\n"


class TestCommandLine:
    def test_a_container_asks_about_a_program_without_a_port_by_its_mark(self, tmp_path, monkeypatch):
        monkeypatch.setenv("DATA_DIR", str(tmp_path))
        assert command.main(["--probe", "relay"]) == 1

        (tmp_path / "run").mkdir()
        (tmp_path / "run" / "relay.ready").write_text("7")
        assert command.main(["--probe", "relay"]) == 0

    def test_a_container_becomes_its_program(self, monkeypatch, tmp_path):
        monkeypatch.setenv("DATA_DIR", str(tmp_path))
        became = []
        monkeypatch.setattr(command.os, "execve", lambda path, argv, environment: became.append((path, argv, environment)))

        command.main(["--serve", "beat"])

        ((path, argv, environment),) = became
        assert path == sys.executable
        assert argv[:5] == (sys.executable, "-m", "celery", "-A", "frmr_portal.celery")
        assert environment["DATA_DIR"] == str(tmp_path)

    def test_reset_of_a_strange_folder_is_refused_with_one_line(self, tmp_path, monkeypatch, capsys):
        monkeypatch.setenv("DATA_DIR", str(tmp_path))

        assert command.main(["--reset"]) == 1
        assert capsys.readouterr().err.count("\n") == 1
