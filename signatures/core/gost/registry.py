"""Choose the back-end: the fastest that is installed, allowed and gives the known answers."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from typing import Final

from signatures.core.gost.backend import Gost
from signatures.core.gost.errors import BackendUnavailable, GostError
from signatures.core.gost.interfaces import Arithmetic, Hashes
from signatures.core.gost.known_answers import check_arithmetic, check_hashes
from signatures.core.gost.libcrypto.arithmetic import LibcryptoArithmetic
from signatures.core.gost.libcrypto.hashes import ProviderHashes
from signatures.core.gost.libcrypto.library import shared_library
from signatures.core.gost.pure import PureArithmetic, PureHashes


class Preference(StrEnum):
    """Values of the setting GOST_BACKEND."""

    AUTO = "auto"
    LIBCRYPTO = "libcrypto"
    PURE = "pure"


@dataclass(frozen=True, slots=True)
class Refusal:
    """A part that was tried and not taken.

    Attributes:
        part: `libcrypto`, `gostprov` or `pure`.
        reason: why, in English, for the health page and the journal.
    """

    part: str
    reason: str


@dataclass(frozen=True, slots=True)
class State:
    """What the health page says of GOST.

    Attributes:
        preference: the setting.
        curve: arithmetic in use: `libcrypto` or `pure`.
        hash: Streebog in use: `gostprov` or `pure`.
        refused: what was tried before; a slower part is in use when it is not empty.
    """

    preference: Preference
    curve: str
    hash: str
    refused: tuple[Refusal, ...] = ()


@dataclass(frozen=True, slots=True)
class Choice:
    """A back-end and how it was found."""

    backend: Gost
    state: State


def _libcrypto() -> Arithmetic:
    return LibcryptoArithmetic(shared_library())


def _gostprov() -> Hashes:
    return ProviderHashes(shared_library())


# fastest first
ARITHMETIC: Final[dict[str, Callable[[], Arithmetic]]] = {"libcrypto": _libcrypto, "pure": PureArithmetic}
HASHES: Final[dict[str, Callable[[], Hashes]]] = {"gostprov": _gostprov, "pure": PureHashes}
# which parts a preference allows; with libcrypto the hash may be pure, as few systems have the provider
ALLOWED: Final = {
    Preference.AUTO: (("libcrypto", "pure"), ("gostprov", "pure")),
    Preference.LIBCRYPTO: (("libcrypto",), ("gostprov", "pure")),
    Preference.PURE: (("pure",), ("pure",)),
}


@cache
def choose(preference: Preference = Preference.AUTO) -> Choice:
    """Test the parts that a preference allows and take the first good ones; the choice is kept for the process.

    Raises:
        BackendUnavailable: no allowed arithmetic or no hash gives the known answers.
    """
    curves, digests = ALLOWED[preference]
    refused: list[Refusal] = []
    hashes = _first_good({name: HASHES[name] for name in digests}, check_hashes, refused)
    arithmetic = _first_good({name: ARITHMETIC[name] for name in curves}, lambda part: check_arithmetic(part, hashes), refused)
    return Choice(Gost(arithmetic, hashes), State(preference, arithmetic.name, hashes.name, tuple(refused)))


def _first_good[Part](makers: dict[str, Callable[[], Part]], check: Callable[[Part], None], refused: list[Refusal]) -> Part:
    for name, make in makers.items():
        try:
            part = make()
            check(part)
        except GostError as error:
            refused.append(Refusal(name, str(error)))
        else:
            return part
    raise BackendUnavailable(_summary(refused))


def _summary(refused: Iterable[Refusal]) -> str:
    return "; ".join(f"{one.part}: {one.reason}" for one in refused)
