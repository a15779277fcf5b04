"""The typed table of environment variables: one row per setting, read here and nowhere else.

The same table renders `.env.example`, so a setting that is not described cannot exist.
"""

import os
import secrets
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Final
from urllib.parse import quote, urlsplit, urlunsplit

from environs import Env

BASE_DIR: Final = Path(__file__).resolve().parent.parent


class SettingMissing(Exception):
    """A production profile lacks a value that has no safe default."""


@dataclass(frozen=True)
class Setting:
    """One environment variable.

    Attributes:
        name: name of the variable; the value may also stand in the file named by `<name>_FILE`.
        kind: `str`, `int`, `bool`, `list` (comma separated) or `path`.
        default: text shown in `.env.example`; empty means «derived» or «made at first start».
        about: one line that says what the value does.
        secret: a secret is never printed and better comes from a file.
    """

    name: str
    kind: str
    default: str
    about: str
    secret: bool = False


TABLE: Final = (
    Setting("STAND_PROFILE", "str", "stand", "stand: loopback, mock provider on; development: the same with debug pages; production: TLS, mock refused"),
    Setting("STAND_SIDE", "str", "portal", "which of the two processes this is: portal or provider; the entry points set it themselves"),
    Setting("DATA_DIR", "path", "var", "database, keys, logs and sockets of this stand; another folder is another stand"),
    Setting("BIND", "str", "127.0.0.1", "address that both web servers listen on"),
    Setting("STAND_ALLOW_REMOTE", "bool", "false", "allow a BIND outside loopback; every page then shows a red warning"),
    Setting("PORT", "int", "8000", "port of the portal"),
    Setting("ESIA_PORT", "int", "8001", "port of the mock provider"),
    Setting("PORTAL_PUBLIC_URL", "str", "", "address of the portal in the browser; empty: http://127.0.0.1:PORT"),
    Setting("ESIA_PUBLIC_URL", "str", "", "address of the provider in the browser; empty: http://localhost:ESIA_PORT"),
    Setting("ESIA_INTERNAL_URL", "str", "", "address of the provider for the portal's own calls; empty: the public one"),
    Setting("ESIA_MOCK", "bool", "", "serve the mock provider; empty: on, except in production, which refuses it"),
    Setting("ESIA_CLIENT_ID", "str", "FRMR_STAND", "mnemonic of the portal at the provider"),
    Setting("ALLOWED_HOSTS", "list", "", "host names that the portal answers to; empty: the hosts of the public addresses and loopback"),
    Setting("DATABASE_URL", "str", "", "PostgreSQL address; empty: SQLite in DATA_DIR"),
    Setting("DATABASE_PASSWORD", "str", "", "password for DATABASE_URL, where it has none of its own", secret=True),
    Setting("DATABASE_STATEMENT_SECONDS", "int", "5", "longest statement on PostgreSQL; background work needs more: 120"),
    Setting("BROKER_URL", "str", "", "Redis address of the task queue; empty: the embedded broker in DATA_DIR"),
    Setting("BROKER_PASSWORD", "str", "", "password for BROKER_URL, where it has none of its own", secret=True),
    Setting("LOG_LEVEL", "str", "INFO", "lowest level written to the log"),
    Setting("SECRET_KEY", "str", "", "signs sessions and forms of this process; made at first start, mandatory in production", secret=True),
)


def example() -> str:
    """Return the text of `.env.example`: every row of the table, commented out with its default."""
    lines = ["# Every setting of the stand and its default; written by `manage.py env_example`.", "# Docker Compose reads a copy named .env."]
    for row in TABLE:
        lines += ["", f"# {row.about}"]
        lines += [f"# {row.name}_FILE=/run/secrets/{row.name.lower()}"] if row.secret else []
        lines.append(f"# {row.name}={row.default}")
    return "\n".join(lines) + "\n"


def _raw(env: Env, name: str) -> str:
    value: str = env.str(name, "").strip()
    if value:
        return value
    file_name: str = env.str(f"{name}_FILE", "").strip()
    return Path(file_name).read_text(encoding="utf-8").strip() if file_name else ""


class Values:
    """Typed access to the table; asking for a name that is not in it is a programming error."""

    def __init__(self, env: Env | None = None) -> None:
        """Remember the source; `env` defaults to the process environment."""
        self._env = env or Env()
        self._rows = {row.name: row for row in TABLE}

    def text(self, name: str) -> str:
        """Return the value, or the default of its row."""
        row = self._rows[name]
        return _raw(self._env, name) or row.default

    def address(self, name: str, *, completed_by: str) -> str:
        """Return an address with a password that is kept apart from it; empty if there is no address."""
        address, secret = self.text(name), self.text(completed_by)
        parts = urlsplit(address)
        if not secret or not parts.hostname or parts.password:
            return address
        user, _, place = parts.netloc.rpartition("@")
        return urlunsplit(parts._replace(netloc=f"{user}:{quote(secret, safe='')}@{place}"))

    def portal_url(self) -> str:
        """Return the address of the portal in the browser, without a slash at the end."""
        return (self.text("PORTAL_PUBLIC_URL") or f"http://127.0.0.1:{self.text('PORT')}").rstrip("/")

    def esia_url(self) -> str:
        """Return the address of the mock provider in the browser, without a slash at the end."""
        return (self.text("ESIA_PUBLIC_URL") or f"http://localhost:{self.text('ESIA_PORT')}").rstrip("/")

    def number(self, name: str) -> int:
        """Return the value as an integer."""
        return int(self.text(name))

    def flag(self, name: str, *, derived: bool = False) -> bool:
        """Return the value as a boolean; `derived` is used where the row has no default."""
        value = self.text(name).lower()
        return value in {"1", "true", "yes", "on"} if value else derived

    def items(self, name: str) -> list[str]:
        """Return a comma separated value as a list without empty items."""
        return [item.strip() for item in self.text(name).split(",") if item.strip()]

    def folder(self, name: str) -> Path:
        """Return the value as an absolute path; a relative one is relative to the project."""
        return (BASE_DIR / self.text(name)).resolve()

    def secret(self, name: str, *, stored_in: Path, required: bool) -> str:
        """Return a secret from the environment, or one that is made once and kept in a file.

        Args:
            name: row of the table.
            stored_in: file that keeps the made secret, readable by its owner only.
            required: refuse to make one; used by the production profile.

        Raises:
            SettingMissing: a required secret is absent.
        """
        value = self.text(name)
        if value:
            return value
        if required:
            raise SettingMissing(f"{name} (or {name}_FILE) must be set in the production profile")
        return made_once(stored_in, lambda: secrets.token_urlsafe(48))


def made_once(path: Path, make: Callable[[], str]) -> str:
    """Return the text of a private file, making the file on the first call.

    Two processes may start together: the exclusive link lets exactly one of them win, and both
    return the winner's text.
    """
    if not path.exists():
        path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        draft = path.with_name(f"{path.name}.{os.getpid()}")
        draft.touch(mode=0o600)
        draft.write_text(make(), encoding="utf-8")
        try:
            os.link(draft, path)
        except FileExistsError:
            pass
        finally:
            draft.unlink()
    return path.read_text(encoding="utf-8")
