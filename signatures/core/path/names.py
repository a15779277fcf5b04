"""Name constraints: which names an authority may certify (RFC 5280 4.2.1.10)."""

from collections.abc import Callable, Mapping
from ipaddress import ip_address
from types import MappingProxyType
from typing import Final
from urllib.parse import urlsplit

from signatures.core.asn1 import oids
from signatures.core.asn1.reader import Reader
from signatures.core.certificates.names import comparable, read_name
from signatures.core.certificates.values import Certificate, GeneralName, GeneralNameKind, NameConstraints

_ADDRESS_SIZES: Final = frozenset({8, 32})


def breaks(constraints: NameConstraints, certificate: Certificate) -> bool:
    """Return whether a certificate carries a name that the constraints do not allow.

    A constraint of a form that is not understood is broken by any name of that form (RFC 5280 4.2.1.10, last words).
    """
    return any(_is_refused(constraints, name) for name in _names_of(certificate))


def _is_refused(constraints: NameConstraints, name: GeneralName) -> bool:
    permitted = [one for one in constraints.permitted if one.kind is name.kind]
    excluded = [one for one in constraints.excluded if one.kind is name.kind]
    within = _WITHIN.get(name.kind)
    if within is None:
        return bool(permitted or excluded)
    return any(within(name, one) for one in excluded) or (bool(permitted) and not any(within(name, one) for one in permitted))


def _names_of(certificate: Certificate) -> list[GeneralName]:
    """Return every name of the subject; an e-mail inside of the distinguished name counts as one too."""
    names = list(certificate.extensions.subject_alternative_names)
    if certificate.subject.rdns:
        names.append(GeneralName(GeneralNameKind.DIRECTORY, certificate.subject.der))
    emails = certificate.subject.values(oids.EMAIL)
    names.extend(GeneralName(GeneralNameKind.EMAIL, one.encode("ascii", "backslashreplace")) for one in emails)
    return names


def _directory_within(name: GeneralName, base: GeneralName) -> bool:
    inner, outer = (comparable(read_name(Reader(one.value))) for one in (name, base))
    return inner[: len(outer)] == outer


def _host_within(host: str, base: str) -> bool:
    """Return whether a host is the base or, for a base that begins with a dot, below it."""
    host, base = host.casefold().rstrip("."), base.casefold()
    return host.endswith(base) if base.startswith(".") else host == base


def _dns_within(name: GeneralName, base: GeneralName) -> bool:
    host, top = name.text.casefold(), base.text.casefold().lstrip(".")
    return not top or host == top or host.endswith(f".{top}")


def _email_within(name: GeneralName, base: GeneralName) -> bool:
    box, _, host = name.text.rpartition("@")
    if "@" in base.text:
        base_box, _, base_host = base.text.rpartition("@")
        return box == base_box and host.casefold() == base_host.casefold()
    return _host_within(host, base.text)


def _uri_within(name: GeneralName, base: GeneralName) -> bool:
    try:
        host = urlsplit(name.text).hostname
    except ValueError:
        host = None
    # An address without a host cannot be compared: excluded subtrees catch it, permitted ones do not hold it.
    return host is not None and _host_within(host, base.text)


def _ip_within(name: GeneralName, base: GeneralName) -> bool:
    if len(base.value) not in _ADDRESS_SIZES or 2 * len(name.value) != len(base.value):
        return False
    half = len(name.value)
    address, network, mask = (int(ip_address(part)) for part in (name.value, base.value[:half], base.value[half:]))
    return address & mask == network & mask


_WITHIN: Final[Mapping[GeneralNameKind, Callable[[GeneralName, GeneralName], bool]]] = MappingProxyType(
    {
        GeneralNameKind.DIRECTORY: _directory_within,
        GeneralNameKind.DNS: _dns_within,
        GeneralNameKind.EMAIL: _email_within,
        GeneralNameKind.URI: _uri_within,
        GeneralNameKind.IP: _ip_within,
    }
)
