"""A real stand of its own: all five programs on free ports, in a folder that is thrown away."""

import os
import secrets
import select
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

import psycopg
import pytest

ROOT: Final = Path(__file__).resolve().parent.parent.parent
# several times what it takes on two busy cores
START_SECONDS: Final = 90.0
STOP_SECONDS: Final = 20.0


class StandDidNotStart(Exception):
    """The stand ended, or was not ready in time; the text is what it said."""


def free_ports(count: int) -> list[int]:
    """Return ports that nobody listens on; they are held together, so they differ."""
    with ExitStack() as held:
        sockets = [held.enter_context(socket.socket()) for _ in range(count)]
        for one in sockets:
            one.bind(("127.0.0.1", 0))
        return [one.getsockname()[1] for one in sockets]


@dataclass
class Stand:
    """A stand that a test starts, asks and stops.

    Attributes:
        data_dir: its folder.
        port: port of the portal.
        esia_port: port of the mock provider.
        extra: more of its environment.
        said: everything that it has printed so far.
    """

    data_dir: Path
    port: int
    esia_port: int
    extra: Mapping[str, str] = field(default_factory=dict)
    said: str = ""
    process: subprocess.Popen[bytes] | None = None

    @property
    def portal_url(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    @property
    def esia_url(self) -> str:
        return f"http://localhost:{self.esia_port}"

    @property
    def environment(self) -> dict[str, str]:
        return {**os.environ, "DATA_DIR": str(self.data_dir), "PORT": str(self.port), "ESIA_PORT": str(self.esia_port), **self.extra}

    @property
    def pid(self) -> int:
        assert self.process is not None
        return self.process.pid

    def manage(self, *words: str) -> str:
        """Run `manage.py` on this stand and return what it printed."""
        done = subprocess.run([sys.executable, "manage.py", *words], cwd=ROOT, env=self.environment, check=False, capture_output=True, text=True)
        assert done.returncode == 0, done.stdout + done.stderr
        return done.stdout

    def launch(self, *words: str) -> None:
        """Start the supervisor without waiting for anything."""
        argv = [sys.executable, "-m", "frmr_portal.stand", *words]
        self.said = ""
        self.process = subprocess.Popen(argv, cwd=ROOT, env=self.environment, stdout=subprocess.PIPE, stderr=subprocess.STDOUT)

    def start(self, *words: str) -> "Stand":
        """Start and wait for the last line of the greeting."""
        self.launch(*words)
        if not self.wait_for("Остановить: Ctrl-C"):
            self.kill()
            raise StandDidNotStart(self.said)
        return self

    def wait_for(self, text: str, seconds: float = START_SECONDS) -> bool:
        """Read until the stand has said `text`; tell whether it did before it ended or the time was over."""
        deadline = time.monotonic() + seconds
        while text not in self.said:
            if not self._read(deadline - time.monotonic()):
                return False
        return True

    def _read(self, seconds: float) -> bool:
        assert self.process is not None
        assert self.process.stdout is not None
        ready, _, _ = select.select([self.process.stdout], [], [], max(seconds, 0))
        fresh = os.read(self.process.stdout.fileno(), 65536) if ready else b""
        self.said += fresh.decode(errors="replace")
        return bool(fresh)

    def stop(self, number: signal.Signals = signal.SIGINT) -> int:
        """Send a signal, wait for the end and return the exit code."""
        assert self.process is not None
        self.process.send_signal(number)
        return self.wait()

    def wait(self) -> int:
        """Wait for the end and return the exit code."""
        assert self.process is not None
        deadline = time.monotonic() + STOP_SECONDS
        while self._read(deadline - time.monotonic()):
            pass
        code = self.process.wait(max(deadline - time.monotonic(), 0.1))
        self._close()
        return code

    def kill(self) -> None:
        """End the supervisor as a crash would; its programs have to follow by themselves."""
        if self.process is not None:
            self.process.kill()
            self.process.wait()
            self._close()

    def _close(self) -> None:
        assert self.process is not None
        assert self.process.stdout is not None
        self.process.stdout.close()
        self.process = None

    def processes(self) -> dict[int, str]:
        """Return the command lines of all living processes that belong to this folder."""
        mark = f"DATA_DIR={self.data_dir}\0".encode()
        found = {}
        for folder in Path("/proc").iterdir():
            if folder.name.isdigit() and int(folder.name) != os.getpid():
                try:
                    argv = (folder / "cmdline").read_bytes().replace(b"\0", b" ").decode()
                    # the broker writes its title over its environment
                    is_ours = mark in (folder / "environ").read_bytes() or str(self.data_dir) in argv
                except OSError:
                    continue
                # a zombie has no command line
                if is_ours and argv:
                    found[int(folder.name)] = argv
        return found


@contextmanager
def own_database() -> Iterator[dict[str, str]]:
    """Yield the address of a new empty database where the suite runs on PostgreSQL, else nothing: SQLite in DATA_DIR."""
    address = os.environ.get("DATABASE_URL", "")
    if not address:
        yield {}
        return
    name = f"stand_{secrets.token_hex(6)}"
    with psycopg.connect(address, autocommit=True) as connection:
        connection.execute(f"CREATE DATABASE {name}".encode())
        try:
            yield {"DATABASE_URL": address.rsplit("/", 1)[0] + f"/{name}"}
        finally:
            connection.execute(f"DROP DATABASE {name} WITH (FORCE)".encode())


@contextmanager
def stand_in(data_dir: Path) -> Iterator[Stand]:
    """Make a stand that does not run yet; whatever is left of it at the end is killed."""
    port, esia_port = free_ports(2)
    with own_database() as extra:
        stand = Stand(data_dir, port, esia_port, extra=extra)
        try:
            yield stand
        finally:
            stand.kill()


@pytest.fixture
def new_stand(tmp_path: Path) -> Iterator[Stand]:
    """A stand that the test starts and stops itself."""
    with stand_in(tmp_path / "data") as stand:
        yield stand


@pytest.fixture(scope="session")
def running_stand(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Stand]:
    """One stand for all tests of a worker process: `portal_url`, `esia_url`, `data_dir`, `manage(*words)`."""
    with stand_in(tmp_path_factory.mktemp("stand") / "data") as stand:
        yield stand.start()
        stand.stop()
