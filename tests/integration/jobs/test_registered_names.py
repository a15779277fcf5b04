import ast
from collections.abc import Iterator

import pytest

from frmr_portal.celery import app
from frmr_portal.env import BASE_DIR

PACKAGES = ("frmr_portal", "cabinet", "gosuslugi_auth")


def enqueued_names() -> Iterator[tuple[str, ast.expr]]:
    for package in PACKAGES:
        for path in (BASE_DIR / package).rglob("*.py"):
            for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
                if isinstance(node, ast.Call) and getattr(node.func, "attr", getattr(node.func, "id", "")) == "enqueue":
                    yield f"{path.name}:{node.lineno}", node.args[0]


@pytest.fixture(autouse=True)
def worker(db: None) -> None:
    """A worker imports the tasks of every application; a web process and most tests do not."""
    app.loader.import_default_modules()


class TestRegisteredNames:
    def test_every_enqueued_name_is_a_task_of_the_worker(self):
        found = list(enqueued_names())

        assert found
        for place, name in found:
            assert isinstance(name, ast.Constant), f"{place}: the name of a job is written out, so that one grep finds it"
            assert name.value in app.tasks, f"{place}: no task is called {name.value}"

    def test_every_scheduled_name_is_a_task_of_the_worker(self):
        for entry in app.conf.beat_schedule.values():
            assert entry["task"] in app.tasks
