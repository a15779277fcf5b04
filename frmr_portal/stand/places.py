"""Where one stand lives: its folder, its ports, its environment."""

import os
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from frmr_portal.env import Values
from frmr_portal.stand.lifeline import LIFELINE

# sockaddr_un.sun_path, unix(7), less the closing zero
SOCKET_PATH_BYTES: Final = 107
PORTS: Final = range(1, 65536)


class WrongPort(Exception):
    """A port is not a number between 1 and 65535, or serves both sides."""


@dataclass(frozen=True)
class Place:
    """Folder and ports of one stand.

    Attributes:
        data_dir: absolute folder of everything that the stand writes.
        bind: address on which both web servers listen.
        port: TCP port of the portal.
        esia_port: TCP port of the mock provider.
        portal_url: address of the portal in the browser.
        esia_url: address of the mock provider in the browser.
        broker_url: address of a broker that runs elsewhere; empty: the embedded one is started.
    """

    data_dir: Path
    bind: str
    port: int
    esia_port: int
    portal_url: str
    esia_url: str
    broker_url: str

    @property
    def run_dir(self) -> Path:
        """Folder of sockets and marks of running programs."""
        return self.data_dir / "run"

    @property
    def log_dir(self) -> Path:
        """Folder of one log for each program."""
        return self.data_dir / "logs"

    @property
    def broker_socket(self) -> Path:
        """Socket of the embedded broker."""
        return self.run_dir / "broker.sock"

    @property
    def facts_file(self) -> Path:
        """What `manage.py prepare` leaves for the screen: addresses and test persons."""
        return self.run_dir / "facts.json"

    def make_folders(self) -> None:
        """Create the folders, readable by their owner only."""
        for folder in (self.data_dir, self.run_dir, self.log_dir, self.data_dir / "broker"):
            folder.mkdir(parents=True, exist_ok=True, mode=0o700)

    def environment(self) -> dict[str, str]:
        """Return the environment of a child: the same stand wherever it is started from."""
        return {
            "DJANGO_SETTINGS_MODULE": "frmr_portal.settings",
            **os.environ,
            "DATA_DIR": str(self.data_dir),
            "PYTHONUNBUFFERED": "1",
            LIFELINE: "1",
        }


def from_environment(values: Values) -> Place:
    """Return the place that the environment names.

    Raises:
        WrongPort: a server could not listen there.
    """
    port, esia_port = _port(values, "PORT"), _port(values, "ESIA_PORT")
    if port == esia_port:
        raise WrongPort(f"Порталу и учебному входу нужны разные порты, а PORT и ESIA_PORT оба равны {port}.")
    return Place(
        data_dir=values.folder("DATA_DIR"),
        bind=values.text("BIND"),
        port=port,
        esia_port=esia_port,
        portal_url=values.portal_url(),
        esia_url=values.esia_url(),
        broker_url=values.text("BROKER_URL"),
    )


def _port(values: Values, name: str) -> int:
    text = values.text(name)
    if not (text.isascii() and text.isdecimal()) or int(text) not in PORTS:
        raise WrongPort(f"{name}={text}: нужен номер порта от {PORTS.start} до {PORTS.stop - 1}.")
    return int(text)
