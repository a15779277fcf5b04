"""Databases of the tests: emptying an append-only journal, and several writers at once."""

import sqlite3
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from threading import Barrier
from typing import Any

import pytest
from django.db import connection, connections
from django.db.backends.base.base import BaseDatabaseWrapper
from django.test import TransactionTestCase

from frmr_portal.base.audit import guards

InThreads = Callable[[int, Callable[[int], Any]], list[Any]]


@pytest.fixture(autouse=True, scope="session")
def journal_can_be_emptied() -> Iterator[None]:
    """A transactional test ends by emptying every table, which the triggers of the journal rightly refuse."""
    original = TransactionTestCase._fixture_teardown

    def teardown(self: TransactionTestCase) -> None:
        guards.remove(connection)
        try:
            original(self)
        finally:
            guards.install(connection)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(TransactionTestCase, "_fixture_teardown", teardown)
        yield


def _on_file(path: Path) -> BaseDatabaseWrapper:
    original = connections["default"]
    return type(original)({**original.settings_dict, "NAME": str(path)}, alias="default")


def _copied(path: Path) -> BaseDatabaseWrapper:
    connection.ensure_connection()
    target = sqlite3.connect(path)
    connection.connection.backup(target)
    target.close()
    return _on_file(path)


@pytest.fixture
def in_threads(transactional_db: None, tmp_path: Path) -> Iterator[InThreads]:
    """Call a function in several threads that start together, each with its own connection.

    The in-memory database of SQLite knows no waiting for a lock, so the whole test continues on a
    copy of it in a file, with the settings of the stand.
    """
    path = tmp_path / "several-writers.sqlite3"
    original = connections["default"]
    on_file = connection.vendor == "sqlite"
    if on_file:
        connections["default"] = _copied(path)

    def run(count: int, work: Callable[[int], Any]) -> list[Any]:
        barrier = Barrier(count)

        def one(index: int) -> Any:
            if on_file:
                connections["default"] = _on_file(path)
            barrier.wait()
            try:
                return work(index)
            finally:
                connections["default"].close()

        with ThreadPoolExecutor(count) as pool:
            return list(pool.map(one, range(count)))

    yield run
    if on_file:
        connections["default"].close()
        connections["default"] = original
