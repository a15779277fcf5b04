"""Slot for the names of owners: the box knows oids, the application that knows persons fills the names in."""

from collections.abc import Callable, Iterable, Mapping

NamesOf = Callable[[Iterable[str]], Mapping[str, str]]


def _nobody(_owners: Iterable[str]) -> Mapping[str, str]:
    return {}


_slot: list[NamesOf] = [_nobody]


def name_by(names_of: NamesOf) -> None:
    """Let the box show names; called in `AppConfig.ready()` by the application that owns the persons.

    Args:
        names_of: returns oid → «Тестова А. С.» for the oids that it knows, in at most one query.
    """
    _slot[0] = names_of


def names_of(owners: Iterable[str]) -> dict[str, str]:
    """Return oid → name; an unknown person is called by the oid."""
    owners = list(owners)
    known = _slot[0](owners)
    return {owner: known.get(owner, owner) for owner in owners}
