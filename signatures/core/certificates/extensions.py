"""Extensions of certificates and requests.

What decides about a path (basicConstraints, keyUsage, names, policies …) must be readable, otherwise the
certificate is refused. What only informs (addresses, names of tools) may be damaged: it is left out and named in
`malformed`, so that the linter of the profile can complain. Source: RFC 5280 4.2, signatures.md 6.2.
"""

from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import Any, Final

from signatures.core.asn1 import oids, strict, tags
from signatures.core.asn1.reader import Reader, integer_value, time_value
from signatures.core.certificates.names import read_general_name, read_general_names, string_value
from signatures.core.certificates.values import (
    AuthorityKeyId,
    BasicConstraints,
    Extension,
    Extensions,
    GeneralName,
    GeneralNameKind,
    IssuerSignTool,
    KeyPeriod,
    KeyUsage,
    NameConstraints,
    PolicyConstraints,
)
from signatures.core.errors import SignatureFormatError, encoding

_USAGES: Final = tuple(KeyUsage)
_0: Final = tags.context(0)
_1: Final = tags.context(1)
_0_PRIMITIVE: Final = tags.context(0, constructed=False)
_1_PRIMITIVE: Final = tags.context(1, constructed=False)
_2_PRIMITIVE: Final = tags.context(2, constructed=False)


def read_extensions(reader: Reader) -> Extensions:
    """Read the members of Extensions and decode the known ones.

    Raises:
        SignatureFormatError: FC_ENCODING for a repeated extension or an unreadable one that decides something.
    """
    raw = extension_list(reader)
    found: dict[str, Any] = {}
    malformed = []
    for one in raw:
        decoder = _DECISIVE.get(one.oid) or _INFORMATIVE.get(one.oid)
        if decoder is None:
            continue
        try:
            found.update(_decoded(one, decoder))
        except SignatureFormatError:
            if one.critical or one.oid in _DECISIVE:
                raise
            malformed.append(one.oid)
    unknown = tuple(one.oid for one in raw if one.critical and one.oid not in KNOWN)
    return Extensions(raw=raw, unknown_critical=unknown, malformed=tuple(malformed), **found)


def extension_list(reader: Reader) -> tuple[Extension, ...]:
    """Read the members of Extensions as they stand; a repeated one is refused (RFC 5280 4.2)."""
    found: dict[str, Extension] = {}
    while not reader.at_end:
        inner = reader.enter()
        oid = inner.oid()
        critical = _critical(inner)
        if oid in found:
            raise encoding(f"extension {oid} is repeated")
        found[oid] = Extension(oid, critical, inner.octets())
        inner.finish()
    return tuple(found.values())


def _critical(reader: Reader) -> bool:
    """Take the flag; some authorities write the default FALSE, which changes nothing."""
    return reader.boolean() if reader.next_is(tags.BOOLEAN) else False


def _decoded(one: Extension, decoder: Callable[[Reader], Mapping[str, Any]]) -> Mapping[str, Any]:
    strict.check(one.value)
    reader = Reader(one.value)
    fields = decoder(reader)
    reader.finish()
    return fields


def _basic_constraints(reader: Reader) -> Mapping[str, Any]:
    inner = reader.enter()
    is_ca = _critical(inner)
    length = inner.small() if inner.next_is(tags.INTEGER) else None
    inner.finish()
    return {"basic_constraints": BasicConstraints(is_ca, length)}


def _key_usage(reader: Reader) -> Mapping[str, Any]:
    octets, _ = reader.flags()
    bits = int.from_bytes(octets)
    size = 8 * len(octets)
    return {"key_usage": frozenset(usage for number, usage in enumerate(_USAGES) if number < size and bits >> (size - 1 - number) & 1)}


def _oid_list(reader: Reader) -> tuple[str, ...]:
    found = []
    while not reader.at_end:
        found.append(reader.oid())
    if not found:
        raise encoding("an empty list of identifiers")
    return tuple(found)


def _extended_key_usage(reader: Reader) -> Mapping[str, Any]:
    return {"extended_key_usage": _oid_list(reader.enter())}


def _subject_key_id(reader: Reader) -> Mapping[str, Any]:
    return {"subject_key_id": reader.octets()}


def authority_key_id(reader: Reader) -> AuthorityKeyId:
    """Take AuthorityKeyIdentifier."""
    inner = reader.enter()
    key_id = inner.octets(_0_PRIMITIVE) if inner.next_is(_0_PRIMITIVE) else None
    names_reader = inner.optional(_1)
    names = read_general_names(names_reader) if names_reader else ()
    serial_number = inner.integer(_2_PRIMITIVE) if inner.next_is(_2_PRIMITIVE) else None
    inner.finish()
    return AuthorityKeyId(key_id, tuple(one.value for one in names if one.kind is GeneralNameKind.DIRECTORY), serial_number)


def _authority_key_id(reader: Reader) -> Mapping[str, Any]:
    return {"authority_key_id": authority_key_id(reader)}


def _policies(reader: Reader) -> Mapping[str, Any]:
    inner = reader.enter()
    found = []
    while not inner.at_end:
        found.append(inner.enter().oid())
    if len(set(found)) != len(found) or not found:
        raise encoding("policies are repeated or missing")
    return {"policies": tuple(found)}


def _policy_constraints(reader: Reader) -> Mapping[str, Any]:
    inner = reader.enter()
    explicit = inner.small(_0_PRIMITIVE) if inner.next_is(_0_PRIMITIVE) else None
    mapping = inner.small(_1_PRIMITIVE) if inner.next_is(_1_PRIMITIVE) else None
    inner.finish()
    return {"policy_constraints": PolicyConstraints(explicit, mapping)}


def _inhibit_any_policy(reader: Reader) -> Mapping[str, Any]:
    return {"inhibit_any_policy": reader.small()}


def _name_constraints(reader: Reader) -> Mapping[str, Any]:
    inner = reader.enter()
    permitted, excluded = inner.optional(_0), inner.optional(_1)
    inner.finish()
    return {"name_constraints": NameConstraints(_subtrees(permitted), _subtrees(excluded))}


def _subtrees(reader: Reader | None) -> tuple[GeneralName, ...]:
    """Read GeneralSubtrees; distances are not allowed by RFC 5280 4.2.1.10."""
    names = []
    while reader and not reader.at_end:
        inner = reader.enter()
        names.append(read_general_name(inner))
        inner.finish()
    return tuple(names)


def _alternative_names(reader: Reader) -> Mapping[str, Any]:
    return {"subject_alternative_names": read_general_names(reader.enter())}


def _key_period(reader: Reader) -> Mapping[str, Any]:
    inner = reader.enter()
    bounds = [time_value(tags.GENERALIZED_TIME, inner.octets(tag)) if inner.next_is(tag) else None for tag in (_0_PRIMITIVE, _1_PRIMITIVE)]
    inner.finish()
    return {"key_period": KeyPeriod(*bounds)}


def _nocheck(reader: Reader) -> Mapping[str, Any]:
    reader.content(tags.NULL)
    return {"has_ocsp_nocheck": True}


def _crl_addresses(reader: Reader) -> Mapping[str, Any]:
    points = reader.enter()
    addresses: list[str] = []
    while not points.at_end:
        addresses.extend(_point_addresses(points.enter()))
    return {"crl_addresses": tuple(addresses)}


def _point_addresses(point: Reader) -> tuple[str, ...]:
    """Return the addresses of a DistributionPoint; a relative name or another issuer gives none."""
    names = point.optional(_0)
    full = names.optional(_0) if names else None
    return tuple(one.text for one in read_general_names(full) if one.kind is GeneralNameKind.URI) if full else ()


def _access(reader: Reader) -> Mapping[str, Any]:
    descriptions = reader.enter()
    found: dict[str, list[str]] = {oids.ACCESS_OCSP: [], oids.ACCESS_CA_ISSUERS: []}
    while not descriptions.at_end:
        inner = descriptions.enter()
        method, name = inner.oid(), read_general_name(inner)
        inner.finish()
        if name.kind is GeneralNameKind.URI and method in found:
            found[method].append(name.text)
    return {"ocsp_addresses": tuple(found[oids.ACCESS_OCSP]), "issuer_addresses": tuple(found[oids.ACCESS_CA_ISSUERS])}


def _subject_sign_tool(reader: Reader) -> Mapping[str, Any]:
    return {"subject_sign_tool": string_value(reader)}


def _issuer_sign_tool(reader: Reader) -> Mapping[str, Any]:
    inner = reader.enter()
    texts = [string_value(inner) for _ in range(4)]
    inner.finish()
    return {"issuer_sign_tool": IssuerSignTool(*texts)}


def _identification_kind(reader: Reader) -> Mapping[str, Any]:
    return {"identification_kind": integer_value(reader.content(tags.INTEGER))}


_DECISIVE: Final[Mapping[str, Callable[[Reader], Mapping[str, Any]]]] = MappingProxyType(
    {
        oids.BASIC_CONSTRAINTS: _basic_constraints,
        oids.KEY_USAGE: _key_usage,
        oids.EXTENDED_KEY_USAGE: _extended_key_usage,
        oids.SUBJECT_KEY_ID: _subject_key_id,
        oids.AUTHORITY_KEY_ID: _authority_key_id,
        oids.CERTIFICATE_POLICIES: _policies,
        oids.POLICY_CONSTRAINTS: _policy_constraints,
        oids.INHIBIT_ANY_POLICY: _inhibit_any_policy,
        oids.NAME_CONSTRAINTS: _name_constraints,
        oids.SUBJECT_ALTERNATIVE_NAME: _alternative_names,
        oids.KEY_PERIOD: _key_period,
        oids.OCSP_NOCHECK: _nocheck,
    }
)
_INFORMATIVE: Final[Mapping[str, Callable[[Reader], Mapping[str, Any]]]] = MappingProxyType(
    {
        oids.CRL_DISTRIBUTION_POINTS: _crl_addresses,
        oids.AUTHORITY_INFO_ACCESS: _access,
        oids.SUBJECT_SIGN_TOOL: _subject_sign_tool,
        oids.ISSUER_SIGN_TOOL: _issuer_sign_tool,
        oids.IDENTIFICATION_KIND: _identification_kind,
    }
)
# A critical extension outside of this list makes a certificate unusable (RFC 5280 4.2).
KNOWN: Final = frozenset(_DECISIVE) | frozenset(_INFORMATIVE)
