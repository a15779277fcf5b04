"""EM-02: the stand never answers to, links to or redirects to a name of the real services or a look-alike."""

import re
import unicodedata
from ipaddress import IPv4Address, IPv6Address, ip_address
from itertools import pairwise
from typing import Final

# a label that holds or imitates one of these is refused wherever in the name it stands
PROTECTED_NAMES: Final = ("gosuslugi", "minzdrav", "rosminzdrav", "egisz", "госуслуги", "минздрав", "росминздрав", "егисз")
# too short to be looked for inside other words («polynesia») or to be guessed at: only the beginning of a word counts
PROTECTED_WORDS: Final = ("esia", "есиа")
PROTECTED_ZONE: Final = ("gov", "ru")
# two changed letters still read as the same name; in a short one they would be half of it
_LONG_NAME: Final = 8
_EDITS_LONG: Final = 2
_EDITS_SHORT: Final = 1
# RFC 2606, 6761, 8375 and the zones that networks at home and in containers use
PRIVATE_ZONES: Final = (".test", ".example", ".invalid", ".localhost", ".local", ".internal", ".lan", ".home.arpa")

# letters and digits that are drawn alike become one: a short list after Unicode TS 39
_DRAWN_ALIKE: Final = str.maketrans("авгеёзікмнопрстухьѕјһԁԛԝӏɡıłαορνυ0135", "abreeeikmhonpctyxbsjhdqwlgilaopvuoies")


class RealHost(Exception):
    """A host name belongs to a real service or could be taken for one."""

    def __init__(self, host: str, reason: str) -> None:
        """Remember the name and why it was refused."""
        super().__init__(f"{host}: {reason}")
        self.host = host
        self.reason = reason


def refuse_real_host(host: str) -> None:
    """Let a host name pass only if nobody could take it for a real service.

    Args:
        host: name or IP address without scheme and port. Case, a trailing dot and a leading `.` or `*.`
            do not matter; Punycode and Unicode spellings are the same name.

    Raises:
        RealHost: the name lies in gov.ru, or holds or imitates a protected name.
    """
    if _address(host) is not None:
        return
    drawn = [_drawn(label) for label in _labels(host)]
    words = re.split(r"[._-]", ".".join(drawn))
    if any(pair == PROTECTED_ZONE for pair in pairwise(words)):
        raise RealHost(host, "lies in gov.ru or imitates it")
    for word in PROTECTED_WORDS:
        if any(found.startswith(_drawn(word)) for found in words):
            raise RealHost(host, f"names {word}")
    for name in PROTECTED_NAMES:
        if any(_resembles(label, _drawn(name)) for label in drawn):
            raise RealHost(host, f"holds or imitates {name}")


def is_private(host: str) -> bool:
    """Tell whether a name or address cannot be reached from the internet under this name."""
    address = _address(host)
    if address is not None:
        return not address.is_unspecified and (address.is_loopback or address.is_private)
    name = ".".join(_labels(host))
    return bool(name) and name != "*" and ("." not in name or name.endswith(PRIVATE_ZONES))


def is_loopback(host: str) -> bool:
    """Tell whether a name or address stays on this machine."""
    address = _address(host)
    return host.lower() == "localhost" if address is None else address.is_loopback


def _address(host: str) -> IPv4Address | IPv6Address | None:
    try:
        return ip_address(host.strip("[]"))
    except ValueError:
        return None


def _labels(host: str) -> list[str]:
    """Return the labels of a name as people read them: Unicode, small letters."""
    # U+3002 is a full stop of a name too (RFC 3490, 3.1), and NFKC folds its kin into it
    name = unicodedata.normalize("NFKC", host).replace("\u3002", ".").casefold()
    return [_from_punycode(host, label) for label in name.removeprefix("*.").strip(".").split(".")]


def _from_punycode(host: str, label: str) -> str:
    if not label.startswith("xn--"):
        return label
    try:
        return unicodedata.normalize("NFKC", label[4:].encode("ascii").decode("punycode")).casefold()
    except UnicodeError as error:
        raise RealHost(host, "is no valid internationalised name") from error


def _drawn(label: str) -> str:
    """Return a label with every letter replaced by the one that looks like it."""
    plain = "".join(letter for letter in unicodedata.normalize("NFKD", label) if not unicodedata.combining(letter))
    return plain.translate(_DRAWN_ALIKE)


def _resembles(label: str, name: str) -> bool:
    solid = label.replace("-", "").replace("_", "")
    return name in solid or _distance(solid, name) <= (_EDITS_LONG if len(name) >= _LONG_NAME else _EDITS_SHORT)


def _distance(left: str, right: str) -> int:
    """Return how many letters have to be inserted, deleted or replaced (Levenshtein)."""
    row = list(range(len(right) + 1))
    for line, letter in enumerate(left, start=1):
        above, row[0] = row[0], line
        for column, other in enumerate(right, start=1):
            above, row[column] = row[column], min(row[column] + 1, row[column - 1] + 1, above + (letter != other))
    return row[-1]
