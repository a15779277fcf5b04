"""Start a private PostgreSQL, run a command against it, throw the server away.

    python scripts/with_postgres.py pytest tests

The server listens on a unix socket only, keeps its data in a temporary folder and trades safety
against power cuts for speed: it lives as long as the command.
"""

import os
import pwd
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Final
from urllib.parse import quote

import psycopg

USER: Final = "stand"
DATABASE: Final = "stand"
START_SECONDS: Final = 30.0
# PostgreSQL refuses to run as root; the first of these that exists runs it then
UNPRIVILEGED: Final = ("postgres", "nobody")
FAST: Final = {
    "listen_addresses": "",
    "fsync": "off",
    "synchronous_commit": "off",
    "full_page_writes": "off",
    # every test worker keeps a few connections, and so does each stand that it starts
    "max_connections": "200",
}


def main() -> int:
    """Run the command line of this program with DATABASE_URL set; return its exit code."""
    words = sys.argv[1:]
    if not words:
        raise SystemExit("usage: with_postgres.py COMMAND [WORD...]")
    # /tmp itself: the path of a socket may have 107 bytes
    with tempfile.TemporaryDirectory(prefix="frmr-pg-") as folder, server(Path(folder)) as address:
        return subprocess.run(words, env={**os.environ, "DATABASE_URL": address}, check=False).returncode  # noqa: S603


@contextmanager
def server(folder: Path) -> Iterator[str]:
    """Run a server in `folder`; yield the address of an empty database."""
    binaries, owner = find_binaries(), find_owner()
    if "user" in owner:
        shutil.chown(folder, owner["user"], owner["group"])
    data = folder / "data"
    initialise = [str(binaries / "initdb"), "-D", str(data), "-U", USER, "-A", "trust", "-E", "UTF8", "--locale=C.UTF-8", "--no-sync"]
    subprocess.run(initialise, check=True, stdout=subprocess.DEVNULL, **owner)  # noqa: S603
    options = [word for name, value in FAST.items() for word in ("-c", f"{name}={value}")]
    with (folder / "log").open("wb") as log:
        process = subprocess.Popen([str(binaries / "postgres"), "-D", str(data), "-k", str(folder), *options], stdout=log, stderr=log, **owner)  # noqa: S603
        try:
            create_database(folder, process)
            yield f"postgres://{USER}@{quote(str(folder), safe='')}/{DATABASE}"
        finally:
            # fast shutdown: connections are cut, nobody waits for them
            process.send_signal(signal.SIGINT)
            process.wait()


def create_database(folder: Path, process: subprocess.Popen[bytes]) -> None:
    """Wait until the server answers, then make the database."""
    deadline = time.monotonic() + START_SECONDS
    while True:
        try:
            with psycopg.connect(host=str(folder), user=USER, dbname="postgres", autocommit=True) as connection:
                connection.execute(f"CREATE DATABASE {DATABASE}")
        except psycopg.OperationalError:
            if process.poll() is not None or time.monotonic() > deadline:
                raise SystemExit((folder / "log").read_text(encoding="utf-8", errors="replace")) from None
            time.sleep(0.05)
        else:
            return


def find_binaries() -> Path:
    """Return the folder of `initdb` and `postgres`: from PATH, else the newest of Debian's folders."""
    found = shutil.which("initdb")
    if found and (Path(found).resolve().parent / "postgres").exists():
        return Path(found).resolve().parent
    folders = sorted(Path("/usr/lib/postgresql").glob("*/bin"), key=lambda folder: float(folder.parent.name))
    if not folders:
        raise SystemExit("PostgreSQL is not installed: sudo apt-get install postgresql")
    return folders[-1]


def find_owner() -> Mapping[str, Any]:
    """Return arguments for Popen that name the user of the server; root may not be it."""
    if os.geteuid() != 0:
        return {}
    known = {entry.pw_name: entry for entry in pwd.getpwall()}
    entry = next(known[name] for name in UNPRIVILEGED if name in known)
    return {"user": entry.pw_uid, "group": entry.pw_gid, "extra_groups": []}


if __name__ == "__main__":
    raise SystemExit(main())
