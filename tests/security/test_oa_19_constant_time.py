"""OA-19: secrets are compared in constant time; the timing half of the rule belongs to the bench."""

import ast
import re
from pathlib import Path

import pytest

ROOTS = ("gosuslugi_auth", "frmr_portal/session")
# the names that secrets go by; a digest that only finds a row is no comparison
SECRET = re.compile(r"(^|_)(secret|password|verifier|challenge|signature|digest|token|hash)$")
# attributes that say something about a secret without being one
HARMLESS = re.compile(r"(_method|_type|_algorithm|_oid)$")


def files() -> list[Path]:
    return [path for root in ROOTS for path in sorted(Path(root).rglob("*.py")) if "migrations" not in path.parts]


def named(node: ast.expr) -> str:
    return node.attr if isinstance(node, ast.Attribute) else node.id if isinstance(node, ast.Name) else ""


def plain_comparisons(source: str) -> list[int]:
    """Lines that compare two values with == or != where one of them is named like a secret; literals are no secrets."""
    found = []
    for node in ast.walk(ast.parse(source)):
        if not isinstance(node, ast.Compare) or not isinstance(node.ops[0], ast.Eq | ast.NotEq):
            continue
        sides = (node.left, node.comparators[0])
        names = [name for name in map(named, sides) if SECRET.search(name) and not HARMLESS.search(name)]
        if names and not any(isinstance(side, ast.Constant) for side in sides):
            found.append(node.lineno)
    return found


class TestConstantTime:
    @pytest.mark.parametrize("path", files(), ids=str)
    def test_OA_19_no_secret_is_compared_with_a_plain_operator(self, path: Path):
        assert plain_comparisons(path.read_text(encoding="utf-8")) == []

    @pytest.mark.parametrize("line", ["ok = client_secret == given", "if given != row.digest: pass", "a.code_verifier == b"])
    def test_OA_19_the_rule_sees_a_plain_comparison(self, line: str):
        assert plain_comparisons(line) == [1]
