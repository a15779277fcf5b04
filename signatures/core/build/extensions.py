"""Extensions of certificates, written in DER (RFC 5280 4.2, signatures.md 6.2)."""

import hashlib
from collections.abc import Iterable
from datetime import datetime
from typing import Final

from signatures.core.asn1 import oids
from signatures.core.asn1 import writer as w
from signatures.core.build.certificates import public_key_bits
from signatures.core.certificates.values import IssuerSignTool, KeyUsage

_USAGES: Final = tuple(KeyUsage)
_DIRECTORY: Final = 4
_URI: Final = 6


def extension(oid: str, value: bytes, *, critical: bool = False) -> bytes:
    """Return one extension around the DER of its value."""
    return w.sequence(w.oid(oid), w.boolean(value=True) if critical else b"", w.octets(value))


def basic_constraints(*, is_ca: bool, path_length: int | None = None) -> bytes:
    """Return basicConstraints, critical."""
    length = w.integer(path_length) if path_length is not None else b""
    return extension(oids.BASIC_CONSTRAINTS, w.sequence(w.boolean(value=True) if is_ca else b"", length), critical=True)


def key_usage(*usages: KeyUsage) -> bytes:
    """Return keyUsage, critical."""
    return extension(oids.KEY_USAGE, w.named_bits(*(_USAGES.index(one) for one in usages)), critical=True)


def extended_key_usage(*purposes: str, critical: bool = False) -> bytes:
    """Return extKeyUsage of OIDs."""
    return extension(oids.EXTENDED_KEY_USAGE, w.sequence(*(w.oid(one) for one in purposes)), critical=critical)


def key_id(spki: bytes) -> bytes:
    """Return the identifier of a key: SHA-1 of its bits (RFC 5280 4.2.1.2, method 1); a name, not a protection."""
    return hashlib.sha1(public_key_bits(spki), usedforsecurity=False).digest()


def subject_key_id(spki: bytes) -> bytes:
    """Return subjectKeyIdentifier."""
    return extension(oids.SUBJECT_KEY_ID, w.octets(key_id(spki)))


def authority_key_id(issuer_spki: bytes) -> bytes:
    """Return authorityKeyIdentifier with the key identifier alone."""
    return extension(oids.AUTHORITY_KEY_ID, w.sequence(w.context_primitive(0, key_id(issuer_spki))))


def policies(*identifiers: str) -> bytes:
    """Return certificatePolicies."""
    return extension(oids.CERTIFICATE_POLICIES, w.sequence(*(w.sequence(w.oid(one)) for one in identifiers)))


def crl_addresses(*addresses: str) -> bytes:
    """Return cRLDistributionPoints, one point for each address."""
    points = (w.sequence(w.context(0, w.context(0, _uri(one)))) for one in addresses)
    return extension(oids.CRL_DISTRIBUTION_POINTS, w.sequence(*points))


def authority_access(*, ocsp: Iterable[str] = (), issuers: Iterable[str] = ()) -> bytes:
    """Return authorityInfoAccess."""
    found = [w.sequence(w.oid(oids.ACCESS_OCSP), _uri(one)) for one in ocsp]
    found += [w.sequence(w.oid(oids.ACCESS_CA_ISSUERS), _uri(one)) for one in issuers]
    return extension(oids.AUTHORITY_INFO_ACCESS, w.sequence(*found))


def _uri(address: str) -> bytes:
    return w.context_primitive(_URI, address.encode("ascii"))


def ocsp_nocheck() -> bytes:
    """Return id-pkix-ocsp-nocheck."""
    return extension(oids.OCSP_NOCHECK, w.null())


def key_period(not_before: datetime, not_after: datetime) -> bytes:
    """Return PrivateKeyUsagePeriod."""
    bounds = (w.context_primitive(number, w.generalized_time(moment)[2:]) for number, moment in enumerate((not_before, not_after)))
    return extension(oids.KEY_PERIOD, w.sequence(*bounds))


def name_constraints(*, permitted: Iterable[bytes] = (), excluded: Iterable[bytes] = ()) -> bytes:
    """Return nameConstraints, critical, of the DER of directory names."""
    lists = [[w.sequence(w.context(_DIRECTORY, one)) for one in names] for names in (permitted, excluded)]
    return extension(oids.NAME_CONSTRAINTS, w.sequence(*(w.context(number, *found) for number, found in enumerate(lists) if found)), critical=True)


def subject_sign_tool(text: str) -> bytes:
    """Return subjectSignTool."""
    return extension(oids.SUBJECT_SIGN_TOOL, w.utf8(text))


def issuer_sign_tool(tool: IssuerSignTool) -> bytes:
    """Return issuerSignTool."""
    texts = (tool.sign_tool, tool.ca_tool, tool.sign_tool_certificate, tool.ca_tool_certificate)
    return extension(oids.ISSUER_SIGN_TOOL, w.sequence(*(w.utf8(one) for one in texts)))


def identification_kind(kind: int) -> bytes:
    """Return identificationKind."""
    return extension(oids.IDENTIFICATION_KIND, w.integer(kind))
