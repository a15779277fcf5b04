"""Reading of policy files: every key is expected and checked, nothing is guessed."""

import hashlib
import json
from collections.abc import Mapping
from datetime import datetime, timedelta
from functools import cache
from importlib import resources
from types import MappingProxyType
from typing import Any, Final

from signatures.core.certificates.values import KeyKind
from signatures.core.cms.dialects import BER_OUTER, STRICT_DER, Dialect
from signatures.core.policy.values import Demand, DigestRule, KeyRule, Policy
from signatures.core.trust import Standing
from signatures.core.verdict import PolicyRef

SHIPPED: Final = ("stand", "kep-ru", "unep")

_SCHEMA: Final = 1
_DIALECTS: Final[Mapping[str, Dialect]] = MappingProxyType({"ber-outer": BER_OUTER, "strict-der": STRICT_DER})


class PolicyUnknown(Exception):
    """No shipped policy has this name."""


class PolicyBroken(Exception):
    """A policy file is not readable or not complete; the text names the place."""


class _Fields:
    """One JSON object of which every key must be taken exactly once."""

    def __init__(self, value: object, place: str) -> None:
        if not isinstance(value, dict):
            raise PolicyBroken(f"{place}: not an object")
        self._left: dict[str, Any] = dict(value)
        self._place = place

    def take[T](self, key: str, kind: type[T]) -> T:
        value = self._left.pop(key, None)
        # A JSON true is an int for Python, never for a policy.
        if not isinstance(value, kind) or (kind is int and isinstance(value, bool)):
            raise PolicyBroken(f"{self._place}.{key}: {kind.__name__} expected")
        return value

    def texts(self, key: str) -> tuple[str, ...]:
        values = self.take(key, list)
        if not all(isinstance(one, str) for one in values) or len(set(values)) != len(values):
            raise PolicyBroken(f"{self._place}.{key}: different texts expected")
        return tuple(values)

    def moment(self, key: str) -> datetime | None:
        if key not in self._left:
            return None
        moment = datetime.fromisoformat(self.take(key, str))
        if moment.tzinfo is None:
            raise PolicyBroken(f"{self._place}.{key}: a time zone is missing")
        return moment

    def finish(self) -> None:
        if self._left:
            raise PolicyBroken(f"{self._place}: unknown keys {sorted(self._left)}")


@cache
def load_policy(name: str) -> Policy:
    """Return a policy that comes with the verifier.

    Args:
        name: `stand`, `kep-ru` or `unep`.

    Raises:
        PolicyUnknown: there is no such policy.
        PolicyBroken: its file does not fit the schema.
    """
    if name not in SHIPPED:
        raise PolicyUnknown(name)
    return read_policy(resources.files(__package__).joinpath(f"{name}.json").read_bytes())


def read_policy(content: bytes) -> Policy:
    """Read a policy file.

    Args:
        content: the file as it stands: its SHA-256 goes into every report.

    Raises:
        PolicyBroken: it does not fit the schema.
    """
    try:
        fields = _Fields(json.loads(content), "policy")
        return _policy(fields, hashlib.sha256(content).hexdigest())
    except ValueError as error:
        raise PolicyBroken(str(error)) from error


def _policy(fields: _Fields, sha256: str) -> Policy:
    if fields.take("schema", int) != _SCHEMA:
        raise PolicyBroken("policy.schema: another version of the schema")
    policy = Policy(
        ref=PolicyRef(fields.take("name", str), fields.take("version", str), sha256),
        dialect=_dialect(fields.take("encoding", str)),
        signing_certificate=Demand(fields.take("signing_certificate", str)),
        digests=_digests(fields.take("digests", list)),
        keys=_keys(fields.take("keys", list)),
        test_curves=frozenset(fields.texts("test_curves")),
        standings=frozenset(Standing(one) for one in fields.texts("anchors")),
        qualified_marks=Demand(fields.take("qualified_marks", str)),
        time_stamp=Demand(fields.take("time_stamp", str)),
        revocation=Demand(fields.take("revocation", str)),
        profile_795=Demand(fields.take("profile_795", str)),
        refused_purposes=frozenset(fields.texts("refused_purposes")),
        signature_policies=frozenset(fields.texts("signature_policies")),
        clock_tolerance=timedelta(seconds=fields.take("clock_tolerance_seconds", int)),
        chain_limit=fields.take("chain_limit", int),
    )
    fields.finish()
    return policy


def _dialect(name: str) -> Dialect:
    if name not in _DIALECTS:
        raise PolicyBroken(f"policy.encoding: {name}")
    return _DIALECTS[name]


def _digests(values: list[object]) -> dict[str, DigestRule]:
    rules = []
    for place, value in enumerate(values):
        fields = _Fields(value, f"policy.digests[{place}]")
        rules.append(DigestRule(fields.take("oid", str), fields.moment("until")))
        fields.take("title", str)
        fields.finish()
    return {rule.oid: rule for rule in rules}


def _keys(values: list[object]) -> dict[KeyKind, KeyRule]:
    rules = []
    for place, value in enumerate(values):
        fields = _Fields(value, f"policy.keys[{place}]")
        rules.append(KeyRule(KeyKind(fields.take("kind", str)), fields.take("min_bits", int), frozenset(fields.texts("curves")), fields.moment("until")))
        fields.finish()
    return {rule.kind: rule for rule in rules}
