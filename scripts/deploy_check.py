"""Django's own checks in the production profile, and a look for forgotten migrations."""

import os
import secrets
import subprocess
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent


def manage(*words: str, **extra: str) -> None:
    """Run `manage.py`; a failure ends this program with the same code."""
    result = subprocess.run([sys.executable, "manage.py", *words], cwd=ROOT, env={**os.environ, **extra}, check=False)  # noqa: S603
    if result.returncode:
        raise SystemExit(result.returncode)


def main() -> None:
    """Run both checks in a folder that is thrown away."""
    with tempfile.TemporaryDirectory() as data_dir:
        manage("makemigrations", "--check", "--dry-run", DATA_DIR=data_dir)
        manage(
            "check",
            "--deploy",
            "--fail-level",
            "WARNING",
            DATA_DIR=data_dir,
            STAND_PROFILE="production",
            SECRET_KEY=secrets.token_urlsafe(64),
            PORTAL_PUBLIC_URL="https://portal.example",
            ESIA_PUBLIC_URL="https://sign-in.example",
        )


if __name__ == "__main__":
    main()
