"""The catalogue of reasons: what happened and what to do, in Russian and in English.

Reasons are made by `reason()` and explained by `texts(language)`. The identifiers, kinds and sub-indications
stand in both files and are checked when a file is loaded, so a reason without a text cannot exist.
"""

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta, timezone
from functools import cache
from pathlib import Path
from types import MappingProxyType
from typing import Any, Final

from signatures.core.errors import SignatureFormatError
from signatures.core.reasons.schema import CatalogueBroken, Entry, checked_entries, checked_texts
from signatures.core.verdict import Check, Indication, Params, ParamValue, Qualification, Reason, ReasonKind, SubIndication, frozen_params

__all__ = ["LANGUAGES", "CatalogueBroken", "Entry", "ReasonMisused", "Texts", "from_error", "reason", "texts"]

LANGUAGES: Final = ("ru", "en")

_PLACEHOLDER: Final = re.compile(r"\{([a-z]+)\}")
_MOSCOW: Final = timezone(timedelta(hours=3))
_DECISIVE: Final = frozenset({ReasonKind.FAILED, ReasonKind.INDETERMINATE})


class ReasonMisused(ValueError):
    """A reason was made with an id, a kind or parameters that the catalogue does not have: a fault of the program."""


@dataclass(frozen=True, slots=True)
class Texts:
    """The catalogue in one language."""

    language: str
    words: Mapping[str, str]
    qualifications: Mapping[str, str]
    checks: Mapping[str, str]
    states: Mapping[str, str]
    lines: Mapping[str, str]
    terms: Mapping[str, str]
    entries: Mapping[str, Entry]

    def word(self, indication: Indication) -> str:
        """Return the answer in one short sentence."""
        return self.words[indication]

    def qualification(self, value: Qualification) -> str:
        """Return what the signature is worth."""
        return self.qualifications[value]

    def what(self, reason: Reason) -> str:
        """Return what happened."""
        return self._filled(self.entries[reason.id].what, reason.params)

    def todo(self, reason: Reason) -> str:
        """Return what to do."""
        return self._filled(self.entries[reason.id].todo, reason.params)

    def line(self, check: Check) -> str:
        """Return the one-line explanation of a separate check."""
        return self._filled(self.lines[check.line or f"{check.key}.{check.state}"], check.params)

    def _filled(self, text: str, params: Params) -> str:
        """Put the values in one pass: a value that looks like a placeholder stays as it is."""
        values = dict(params)
        return _PLACEHOLDER.sub(lambda match: self._value(values[match[1]]), text)

    def _value(self, value: ParamValue) -> str:
        if isinstance(value, datetime):
            return f"{value.astimezone(_MOSCOW):%d.%m.%Y %H:%M} МСК" if self.language == "ru" else f"{value:%Y-%m-%d %H:%M} UTC"
        return self.terms.get(str(value), str(value))


@cache
def texts(language: str = "ru") -> Texts:
    """Return the catalogue in a language, read once.

    Raises:
        CatalogueBroken: there is no such file, or it does not follow the schema.
    """
    if language not in LANGUAGES:
        raise CatalogueBroken(f"no catalogue in {language!r}")
    path = Path(__file__).with_name(f"{language}.json")
    data: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
    if data.get("language") != language:
        raise CatalogueBroken(f"{path.name} is not in {language}")
    plain = {name: MappingProxyType(checked_texts(data, name)) for name in ("words", "qualifications", "checks", "states", "lines", "terms")}
    return Texts(language=language, entries=MappingProxyType(checked_entries(data)), **plain)


def reason(reason_id: str, /, *, kind: ReasonKind | None = None, sub_indication: SubIndication | None = None, detail: str = "", **params: ParamValue) -> Reason:
    """Return a reason of the catalogue with the data of this case.

    Args:
        reason_id: for example `CV_HASH_MISMATCH`.
        kind: which of its kinds, where the catalogue has several; the first one by default.
        sub_indication: which of its sub-indications, the first one by default; none for warnings.
        detail: technical remark in English for the diagnostic report.
        params: values for every placeholder of the texts; texts of strangers must be made safe before.

    Raises:
        ReasonMisused: the catalogue has no such reason, kind or sub-indication, or a parameter is missing.
    """
    return _made(reason_id, kind, sub_indication, detail, params)


def from_error(error: SignatureFormatError) -> Reason:
    """Return the reason of a refusal by the readers."""
    return _made(error.reason_id, None, None, error.detail, error.params)


def _made(reason_id: str, kind: ReasonKind | None, sub_indication: SubIndication | None, detail: str, params: Mapping[str, ParamValue]) -> Reason:
    entry = texts().entries.get(reason_id)
    if entry is None:
        raise ReasonMisused(f"no reason {reason_id}")
    chosen = kind or entry.kinds[0]
    sub = (sub_indication or entry.sub_indications[0]) if chosen in _DECISIVE else None
    if chosen not in entry.kinds or (sub and sub not in entry.sub_indications):
        raise ReasonMisused(f"{reason_id} cannot be {chosen} / {sub}")
    if missing := entry.placeholders - params.keys():
        raise ReasonMisused(f"{reason_id} needs {sorted(missing)}")
    return Reason(reason_id, chosen, sub, frozen_params(params), detail)
