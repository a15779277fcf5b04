"""Validate docker-compose.yml with the real compose program, which comes as a wheel and needs no engine."""

import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent


def main() -> int:
    """Run `docker-compose config`; its message is the message of this program."""
    compose = Path(sys.executable).with_name("docker-compose")
    words = [str(compose), "--env-file", ".env.example", "-f", "docker-compose.yml", "config", "--quiet"]
    return subprocess.run(words, cwd=ROOT, check=False).returncode  # noqa: S603


if __name__ == "__main__":
    raise SystemExit(main())
