"""Questions that tell whether a program does its work, not only whether it runs."""

import http.client
import socket
import time
from pathlib import Path
from typing import Final

_PATIENCE_SECONDS = 2.0
# a program without a port renews its mark every few seconds; the beat, which sleeps longest, every fifteen
MARK_SECONDS: Final = 60.0


def broker_answers(path: Path) -> bool:
    """Tell whether the broker behind a unix socket answers PING, which it does not while loading."""
    try:
        with socket.socket(socket.AF_UNIX, socket.SOCK_STREAM) as line:
            line.settimeout(_PATIENCE_SECONDS)
            line.connect(str(path))
            line.sendall(b"PING\r\n")
            return line.recv(16).startswith(b"+PONG")
    except OSError:
        return False


def page_answers(host: str, port: int, *, name: str, path: str = "/health/ready") -> bool:
    """Tell whether a web server says 200 to `path`, asked at an address but under the name that it serves."""
    connection = http.client.HTTPConnection(host, port, timeout=_PATIENCE_SECONDS)
    try:
        connection.request("GET", path, headers={"Host": name})
        return connection.getresponse().status == http.client.OK
    except (OSError, http.client.HTTPException):
        return False
    finally:
        connection.close()


def mark_is_of(path: Path, pid: int) -> bool:
    """Tell whether the program with this process id has written its mark: «I am at work»."""
    try:
        return path.read_text(encoding="ascii").strip() == str(pid)
    except OSError:
        return False


def mark_is_fresh(path: Path) -> bool:
    """Tell whether a program has renewed its mark lately."""
    try:
        return time.time() - path.stat().st_mtime < MARK_SECONDS
    except OSError:
        return False
