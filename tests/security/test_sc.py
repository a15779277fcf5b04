"""SC-01, SC-02: what the project is built from, and what must never be in the repository."""

import base64
import hashlib
import os
import re
import subprocess
import zipfile
from pathlib import Path
from typing import Final

import pytest

from frmr_portal.env import BASE_DIR

LOCKS: Final = ("runtime", "dev", "tools")


def tracked() -> list[Path]:
    names = subprocess.run(["git", "ls-files", "-z"], cwd=BASE_DIR, check=True, capture_output=True, text=True).stdout
    return [BASE_DIR / name for name in names.split("\0") if name and (BASE_DIR / name).is_file()]


def texts() -> list[tuple[str, str]]:
    """Return names and texts of all tracked files that are text."""
    found = []
    for path in tracked():
        try:
            found.append((str(path.relative_to(BASE_DIR)), path.read_text(encoding="utf-8")))
        except UnicodeDecodeError:
            continue
    return found


def hits(pattern: re.Pattern[str]) -> list[str]:
    return [f"{name}: {found.group()[:40]}" for name, text in texts() for found in pattern.finditer(text)]


def requirements(name: str) -> list[str]:
    text = (BASE_DIR / "requirements" / f"{name}.txt").read_text(encoding="utf-8")
    return [line for line in text.replace("\\\n", " ").splitlines() if line.strip()]


class TestSC01Locks:
    @pytest.mark.parametrize("name", LOCKS)
    def test_SC_01_every_package_is_pinned_to_a_version_and_hashes(self, name):
        for line in requirements(name):
            assert re.match(r"[a-z0-9-]+==[\w.]+ ", line), line
            assert re.search(r"--hash=sha256:[0-9a-f]{64}", line), line

    def test_SC_01_the_tools_of_the_tests_are_added_to_the_same_versions(self):
        def pins(name: str) -> set[str]:
            return {line.split(" ")[0] for line in requirements(name)}

        assert pins("runtime") <= pins("dev")

    def test_SC_01_nothing_is_installed_without_its_hash(self):
        for name in ("scripts/setup.sh", "Dockerfile"):
            for line in re.findall(r"^.*\bpip install\b.*$", (BASE_DIR / name).read_text(encoding="utf-8"), re.MULTILINE):
                assert "--require-hashes" in line, f"{name}: {line}"

    def test_SC_01_a_changed_package_fails_the_install(self, tmp_path):
        wheel, digest = tiny_wheel(tmp_path / "wheels")
        locked = tmp_path / "requirements.txt"

        locked.write_text(f"tiny-package==1.0 --hash=sha256:{digest}\n", encoding="utf-8")
        assert install(locked, wheel.parent, tmp_path / "right").returncode == 0

        locked.write_text(f"tiny-package==1.0 --hash=sha256:{'0' * 64}\n", encoding="utf-8")
        refused = install(locked, wheel.parent, tmp_path / "changed")
        assert refused.returncode != 0
        assert "hash" in refused.stderr.lower()
        assert not (tmp_path / "changed" / "tiny_package.py").exists()


def unpadded(digest: bytes) -> str:
    return base64.urlsafe_b64encode(digest).rstrip(b"=").decode()


def tiny_wheel(folder: Path) -> tuple[Path, str]:
    """Write the smallest wheel that an installer accepts; return it and the hash of its bytes."""
    files = {
        "tiny_package.py": b"",
        "tiny_package-1.0.dist-info/METADATA": b"Metadata-Version: 2.1\nName: tiny-package\nVersion: 1.0\n",
        "tiny_package-1.0.dist-info/WHEEL": b"Wheel-Version: 1.0\nGenerator: tests\nRoot-Is-Purelib: true\nTag: py3-none-any\n",
    }
    record = "".join(f"{name},sha256={unpadded(hashlib.sha256(data).digest())},{len(data)}\n" for name, data in files.items())
    files["tiny_package-1.0.dist-info/RECORD"] = (record + "tiny_package-1.0.dist-info/RECORD,,\n").encode()
    folder.mkdir()
    wheel = folder / "tiny_package-1.0-py3-none-any.whl"
    with zipfile.ZipFile(wheel, "w") as archive:
        for name, data in files.items():
            archive.writestr(name, data)
    return wheel, hashlib.sha256(wheel.read_bytes()).hexdigest()


def install(locked: Path, wheels: Path, target: Path) -> subprocess.CompletedProcess[str]:
    """Install as scripts/setup.sh does, from a folder instead of an index."""
    uv = subprocess.run(["scripts/setup.sh", "uv"], cwd=BASE_DIR, check=True, capture_output=True, text=True).stdout.strip()
    words = [uv, "pip", "install", "-q", "--offline", "--no-index", "--find-links", str(wheels), "--target", str(target), "--require-hashes", "-r", str(locked)]
    environment = {**os.environ, "UV_CACHE_DIR": str(target.with_suffix(".cache"))}
    return subprocess.run(words, cwd=BASE_DIR, env=environment, check=False, capture_output=True, text=True)


# an example of each would be found by its own pattern, so the patterns are written in two halves
SECRETS: Final = {
    "a private key": re.compile(r"-----BEGIN [A-Z ]*PRIVATE" + r" KEY-----\s+[A-Za-z0-9+/=]{16}"),
    "a token of a code host": re.compile(r"\bgh[pousr]" + r"_[A-Za-z0-9]{30,}|\bglpat" + r"-[\w-]{18,}"),
    "a key of a cloud": re.compile(r"\b(AKIA|ASIA)" + r"[0-9A-Z]{16}\b|\bAIza" + r"[\w-]{35}\b"),
    "a token of a package index": re.compile(r"\bpypi-" + r"[\w-]{40,}|\bnpm_" + r"[A-Za-z0-9]{30,}"),
    "a token of a chat": re.compile(r"\bxox[abprs]" + r"-[\w-]{10,}|\b\d{8,10}:AA" + r"[\w-]{33}\b"),
    "a password in an address": re.compile(r"\b(?:postgres(?:ql)?|rediss?|amqps?|mysql)://[\w.-]*:" + r"(?!own\b|secret\b|p%3A)[^\s:@/{}$\"'<]{3,}@"),
}


class TestSC02Secrets:
    @pytest.mark.parametrize("what", SECRETS)
    def test_SC_02_the_repository_holds_no_secret(self, what):
        assert hits(SECRETS[what]) == []

    def test_SC_02_the_search_finds_what_it_looks_for(self):
        examples = {
            "a private key": "-----BEGIN RSA PRIVATE" + " KEY-----\nMIIEowIBAAKCAQEA1234",
            "a token of a code host": "ghp" + "_" + "a1" * 18,
            "a key of a cloud": "AKIA" + "ABCDEFGHIJKLMNOP",
            "a token of a package index": "pypi-" + "A1b2" * 12,
            "a token of a chat": "xoxb" + "-1234567890-abc",
            "a password in an address": "postgres://stand:" + "hunter2@db/stand",
        }

        assert [what for what, pattern in SECRETS.items() if not pattern.search(examples[what])] == []

    def test_SC_02_no_file_of_a_running_stand_is_tracked(self):
        wrong = re.compile(r"\.(key|pem|p12|pfx|sqlite3)$|(^|/)(\.env|var|secrets)(/|$)")
        # Published certificates and signed examples; the search for private keys above reads them too.
        vectors = BASE_DIR / "tests" / "data" / "signatures"

        assert [str(path.relative_to(BASE_DIR)) for path in tracked() if wrong.search(str(path.relative_to(BASE_DIR))) and vectors not in path.parents] == []


class TestForeignTraces:
    """The project is installed by name from whatever index its user has, and knows no machine of its makers."""

    INDEX = re.compile(
        "|".join(
            (
                *(r"pypi\." + r"org", r"pythonhosted\." + r"org", r"registry\." + r"npmjs", r"deb\." + r"debian"),
                *(r"--(?:extra-)?index" + r"-url[ =]", r"/simple" + r"/"),
            )
        )
    )
    MACHINE = re.compile("|".join((r"(?<![\w.])/work" + r"/", r"(?<![\w.])/root" + r"/", r"/home/" + r"\w+/", r"file:" + r"///opt")))

    @pytest.mark.parametrize("pattern", [INDEX, MACHINE], ids=["address of an index", "path of a machine"])
    def test_the_repository_names_none(self, pattern):
        assert hits(pattern) == []
