"""How many statements a request sends to the database, counted inside a process of its own.

`python -m tests.bench.queries` reads addresses and cookies as JSON and writes numbers as JSON; the environment says
whose settings and whose data it uses.
"""

import json
import os
import subprocess
import sys
import time
from collections.abc import Mapping, Sequence
from typing import Final

import django
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

# what the stand does once a second (its clock, the life of a session) belongs to the dearest request
PAUSE_SECONDS: Final = 1.1
Asked = tuple[str, str]


def count(asked: Sequence[Asked], *, host: str, environment: Mapping[str, str]) -> list[int]:
    """Count in a new process.

    Args:
        asked: pairs of a path and a Cookie header.
        host: Host header.
        environment: names the settings and the data.

    Returns:
        The number of the dearest of several requests, for each pair.
    """
    done = subprocess.run(
        [sys.executable, "-m", "tests.bench.queries"],
        input=json.dumps({"host": host, "asked": asked}),
        env={**os.environ, **environment},
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
        check=True,
    )
    found: list[int] = json.loads(done.stdout)
    return found


def main() -> None:
    """Answer one order from standard input."""
    order = json.load(sys.stdin)
    django.setup()
    json.dump([_dearest(path, cookies, order["host"]) for path, cookies in order["asked"]], sys.stdout)


def _dearest(path: str, cookies: str, host: str) -> int:
    client = Client(HTTP_HOST=host, HTTP_COOKIE=cookies)
    # the first request of a process also opens the connection and compiles templates
    assert client.get(path).status_code == 200, path
    time.sleep(PAUSE_SECONDS)
    return max(_statements(client, path) for _ in range(2))


def _statements(client: Client, path: str) -> int:
    with CaptureQueriesContext(connection) as captured:
        client.get(path)
    return len(captured)


if __name__ == "__main__":
    main()
