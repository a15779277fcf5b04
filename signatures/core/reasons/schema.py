"""The schema of a catalogue file, checked when it is loaded."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

from signatures.core.verdict import CheckKey, CheckState, Indication, Qualification, ReasonKind, SubIndication

SCHEMA_VERSION: Final = 1

_ID: Final = re.compile(r"(FC|ISC|VCI|XCV|CV|SAV|TSV|PSV|QUAL|BIZ|SYS)_[A-Z0-9_]+")
_PLACEHOLDER: Final = re.compile(r"\{([a-z]+)\}")
_ENTRY_KEYS: Final = frozenset({"kinds", "sub_indications", "what", "todo"})
_REQUIRED: Final = {
    "words": frozenset(Indication),
    "qualifications": frozenset(Qualification),
    "checks": frozenset(CheckKey),
    "states": frozenset(CheckState),
    "lines": frozenset(f"{key}.{state}" for key in CheckKey for state in CheckState),
    "terms": frozenset[str](),
}


class CatalogueBroken(Exception):
    """A file of reasons does not follow its schema: the installation is damaged."""


@dataclass(frozen=True, slots=True)
class Entry:
    """One reason.

    Attributes:
        kinds: what it may do to the answer, the usual one first.
        sub_indications: which sub-indications it may carry, the usual one first; empty if it never decides.
        what: what happened.
        todo: what to do.
        placeholders: names of the values that the texts need.
    """

    kinds: tuple[ReasonKind, ...]
    sub_indications: tuple[SubIndication, ...]
    what: str
    todo: str
    placeholders: frozenset[str]


def checked_texts(data: Mapping[str, Any], name: str) -> dict[str, str]:
    """Return a section of plain texts.

    Raises:
        CatalogueBroken: a text is missing, empty or breaks the tone of voice.
    """
    section = data.get(name)
    if not isinstance(section, dict) or not _REQUIRED[name] <= section.keys():
        raise CatalogueBroken(f"section {name} is incomplete")
    for key, text in section.items():
        _check_text(f"{name}.{key}", text)
    return section


def checked_entries(data: Mapping[str, Any]) -> dict[str, Entry]:
    """Return the reasons by id.

    Raises:
        CatalogueBroken: the version, an id or an entry is not as the schema says.
    """
    entries = data.get("reasons")
    if data.get("schema") != SCHEMA_VERSION or not isinstance(entries, dict):
        raise CatalogueBroken("the schema of the catalogue is unknown")
    return {reason_id: _entry(reason_id, entry) for reason_id, entry in entries.items()}


def _entry(reason_id: str, entry: Any) -> Entry:  # anything that JSON can hold
    if not _ID.fullmatch(reason_id) or not isinstance(entry, dict) or entry.keys() != _ENTRY_KEYS:
        raise CatalogueBroken(f"{reason_id} has other fields")
    try:
        kinds = tuple(ReasonKind(value) for value in entry["kinds"])
        subs = tuple(SubIndication(value) for value in entry["sub_indications"])
    except (ValueError, TypeError) as error:
        raise CatalogueBroken(f"{reason_id}: {error}") from error
    decides = bool({ReasonKind.FAILED, ReasonKind.INDETERMINATE} & set(kinds))
    if not kinds or decides != bool(subs):
        raise CatalogueBroken(f"{reason_id} has kinds {kinds} with sub-indications {subs}")
    _check_text(reason_id, entry["what"])
    _check_text(reason_id, entry["todo"])
    return Entry(kinds, subs, entry["what"], entry["todo"], frozenset(_PLACEHOLDER.findall(entry["what"] + entry["todo"])))


def _check_text(name: str, text: Any) -> None:  # anything that JSON can hold
    if not isinstance(text, str) or not text.strip() or "!" in text or "0x" in text:
        raise CatalogueBroken(f"the text of {name} is empty, shouts or shows a bare code")
