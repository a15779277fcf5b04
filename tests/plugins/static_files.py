"""Templates ask for static files by their plain names: no test needs collected ones."""

import tempfile

import pytest
from django.conf import settings

_folder = pytest.StashKey[tempfile.TemporaryDirectory[str]]()


def pytest_configure(config: pytest.Config) -> None:
    # the object that Django holds is changed, so that the storage is made right the first time
    settings.STORAGES["staticfiles"]["BACKEND"] = "django.contrib.staticfiles.storage.StaticFilesStorage"
    config.stash[_folder] = tempfile.TemporaryDirectory()
    settings.STATIC_ROOT = config.stash[_folder].name


def pytest_unconfigure(config: pytest.Config) -> None:
    if found := config.stash.get(_folder, None):
        found.cleanup()
