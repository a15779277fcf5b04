"""Certificate revocation lists: RFC 5280 section 5.

Lists of large authorities have hundreds of thousands of lines, so the lines are indexed by serial number in one
tight pass and decoded only when they are asked for.
"""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

from signatures.core.asn1 import oids, strict, tags
from signatures.core.asn1.reader import Reader, header, whole
from signatures.core.certificates.extensions import authority_key_id, extension_list
from signatures.core.certificates.names import read_general_names, read_name
from signatures.core.certificates.values import AuthorityKeyId, Extension
from signatures.core.cms.attributes import algorithm_identifier
from signatures.core.cms.values import AlgorithmIdentifier
from signatures.core.errors import SignatureFormatError, encoding, limit
from signatures.core.revocation_data.values import IssuingDistributionPoint, RevocationList, RevocationReason, RevokedEntry

MAX_LIST_BYTES: Final = 32 * 1024 * 1024
# Ten times more than the longest lists that authorities publish; a hostile list ends within a second.
MAX_ELEMENTS: Final = 1_000_000

_V2: Final = 1
_SOME_REASONS: Final = 3
_0: Final = tags.context(0)
_CODES: Final = MappingProxyType(
    {
        0: RevocationReason.UNSPECIFIED,
        1: RevocationReason.KEY_COMPROMISE,
        2: RevocationReason.CA_COMPROMISE,
        3: RevocationReason.AFFILIATION_CHANGED,
        4: RevocationReason.SUPERSEDED,
        5: RevocationReason.CESSATION_OF_OPERATION,
        6: RevocationReason.CERTIFICATE_HOLD,
        8: RevocationReason.REMOVE_FROM_CRL,
        9: RevocationReason.PRIVILEGE_WITHDRAWN,
        10: RevocationReason.AA_COMPROMISE,
    }
)
_KNOWN: Final = frozenset({oids.CRL_NUMBER, oids.AUTHORITY_KEY_ID, oids.DELTA_CRL, oids.ISSUING_DISTRIBUTION_POINT})
_KNOWN_IN_LINES: Final = frozenset({oids.CRL_REASON, oids.INVALIDITY_DATE})


def parse_revocation_list(der: bytes) -> RevocationList:
    """Read a CRL.

    Args:
        der: the whole list, 32 MiB at most.

    Raises:
        SignatureFormatError: FC_ENCODING, FC_TRAILING_BYTES, FC_LIMITS, FC_ALGORITHM_MISMATCH.
    """
    if len(der) > MAX_LIST_BYTES:
        raise limit("limit.list", f"a CRL of {len(der)} bytes")
    strict.check(der, elements=MAX_ELEMENTS)
    reader = whole(der)
    start = reader.pos
    inner = reader.enter()
    tbs = der[start : reader.pos]
    algorithm = algorithm_identifier(reader.enter())
    signature = reader.bits()
    reader.finish()
    return _list(inner, der, tbs, algorithm, signature)


def _list(reader: Reader, der: bytes, tbs: bytes, algorithm: AlgorithmIdentifier, signature: bytes) -> RevocationList:
    """Read TBSCertList."""
    version = reader.small() if reader.next_is(tags.INTEGER) else 0
    if version not in {0, _V2}:
        raise encoding(f"a CRL of version {version + 1}")
    if algorithm_identifier(reader.enter()) != algorithm:
        raise SignatureFormatError("FC_ALGORITHM_MISMATCH", "a CRL names two signature algorithms")
    issuer = read_name(reader)
    this_update = reader.time()
    next_update = reader.time() if reader.peek() in {tags.UTC_TIME, tags.GENERALIZED_TIME} else None
    lines = reader.content(tags.SEQUENCE) if reader.next_is(tags.SEQUENCE) else b""
    extensions = _extensions(reader) if version == _V2 else ()
    reader.finish()
    values = MappingProxyType({one.oid: one.value for one in extensions})
    scope = _scope(values)
    return RevocationList(
        der=der,
        tbs=tbs,
        signature_algorithm=algorithm,
        signature=signature,
        issuer=issuer,
        this_update=this_update,
        next_update=next_update,
        number=_number(values),
        authority_key_id=_authority(values),
        is_delta=oids.DELTA_CRL in values,
        scope=scope,
        unknown_critical=tuple(one.oid for one in extensions if one.critical and one.oid not in _KNOWN),
        extensions=extensions,
        # The same number of two issuers may stand in an indirect list only.
        index=_index(lines, repeats=scope is not None and scope.is_indirect),
        lines=lines,
    )


def _extensions(reader: Reader) -> tuple[Extension, ...]:
    outer = reader.optional(_0)
    if outer is None:
        return ()
    found = extension_list(outer.enter())
    outer.finish()
    return found


def _number(values: Mapping[str, bytes]) -> int | None:
    return _only(values[oids.CRL_NUMBER]).integer() if oids.CRL_NUMBER in values else None


def _authority(values: Mapping[str, bytes]) -> AuthorityKeyId | None:
    return authority_key_id(_only(values[oids.AUTHORITY_KEY_ID])) if oids.AUTHORITY_KEY_ID in values else None


def _only(value: bytes) -> Reader:
    """Return a cursor before the one value that an extension consists of."""
    strict.check(value)
    return Reader(value)


def _scope(values: Mapping[str, bytes]) -> IssuingDistributionPoint | None:
    """Read issuingDistributionPoint (RFC 5280 5.2.5)."""
    if oids.ISSUING_DISTRIBUTION_POINT not in values:
        return None
    reader = _only(values[oids.ISSUING_DISTRIBUTION_POINT]).enter()
    point = reader.optional(_0)
    full = point.optional(_0) if point else None
    names = read_general_names(full) if full else ()
    flags = {number: _flag(reader, number) for number in range(1, 6)}
    reader.finish()
    return IssuingDistributionPoint(
        names=names, only_user=flags[1], only_authorities=flags[2], only_some_reasons=flags[3], is_indirect=flags[4], only_attributes=flags[5]
    )


def _flag(reader: Reader, number: int) -> bool:
    """Take one optional field; onlySomeReasons is a set of bits whose presence alone counts."""
    tag = tags.context(number, constructed=False)
    if not reader.next_is(tag):
        return False
    return bool(reader.flags(tag)) if number == _SOME_REASONS else reader.boolean(tag)


def _index(lines: bytes, *, repeats: bool) -> Mapping[int, int]:
    """Return the place of every line by serial number.

    Args:
        lines: content of revokedCertificates, checked to be DER.
        repeats: a serial number may stand twice; otherwise it is refused, as one could read either line.
    """
    index: dict[int, int] = {}
    pos, end = 0, len(lines)
    while pos < end:
        tag, start, stop = header(lines, pos, end)
        inner, first, last = header(lines, start, stop)
        if tag != tags.SEQUENCE or inner != tags.INTEGER:
            raise encoding("a line of a CRL does not begin with a serial number")
        serial_number = int.from_bytes(lines[first:last], signed=True)
        if serial_number in index and not repeats:
            raise encoding("a CRL names a serial number twice")
        index[serial_number] = pos
        pos = stop
    return MappingProxyType(index)


def find_revoked(revocation_list: RevocationList, serial_number: int) -> RevokedEntry | None:
    """Return the line about a certificate, None when the list does not name it.

    Raises:
        SignatureFormatError: FC_ENCODING for a line that cannot be read.
    """
    place = revocation_list.index.get(serial_number)
    if place is None:
        return None
    reader = Reader(revocation_list.lines, place).enter()
    number, revoked_at = reader.integer(), reader.time()
    extensions = extension_list(reader.enter()) if not reader.at_end else ()
    reader.finish()
    values = {one.oid: one.value for one in extensions}
    return RevokedEntry(
        serial_number=number,
        revoked_at=revoked_at,
        reason=reason_of(_only(values[oids.CRL_REASON]).small(tags.ENUMERATED)) if oids.CRL_REASON in values else RevocationReason.UNSPECIFIED,
        invalid_since=_only(values[oids.INVALIDITY_DATE]).time() if oids.INVALIDITY_DATE in values else None,
        unknown_critical=tuple(one.oid for one in extensions if one.critical and one.oid not in _KNOWN_IN_LINES),
    )


def reason_of(code: int) -> RevocationReason:
    """Return the reason of a CRLReason code.

    Raises:
        SignatureFormatError: FC_ENCODING for a code that RFC 5280 does not have.
    """
    if code not in _CODES:
        raise encoding(f"CRLReason {code}")
    return _CODES[code]
