"""The form of the qualified certificate (приказ ФСБ № 795): a linter whose findings only warn.

The names of the findings are terms of the catalogue. What is checked comes from signatures.md 6.1 and 6.2.
"""

import re
from collections.abc import Callable, Iterator
from typing import Final

from signatures.core.asn1 import oids, tags
from signatures.core.certificates.values import Certificate, NameAttribute
from signatures.core.qualification import QUALIFIED_MARKS

# Number of digits of NumericString attributes.
_DIGITS: Final = {oids.OGRN: 13, oids.SNILS: 11, oids.INN_LE: 10, oids.OGRNIP: 15, oids.INN: 12}
_FIELDS: Final = {oids.OGRN: "ogrn", oids.SNILS: "snils", oids.INN_LE: "inn-le", oids.OGRNIP: "ogrnip", oids.INN: "inn"}
_REGION: Final = re.compile(r"\d{2} \S.*")
_KINDS: Final = range(4)
_V3: Final = 3


def profile_findings(certificate: Certificate) -> tuple[str, ...]:
    """Return the fields in which a certificate differs from the form, as terms `field.…`, each once.

    Args:
        certificate: of the signer.
    """
    return tuple(dict.fromkeys(f"field.{found}" for check in _CHECKS for found in check(certificate)))


def is_legal_entity(certificate: Certificate) -> bool:
    """Return whether the holder is an organisation: a natural person has no ОГРН of an organisation."""
    return bool(certificate.subject.first(oids.OGRN) or certificate.subject.first(oids.INN_LE))


def _version(certificate: Certificate) -> Iterator[str]:
    if certificate.version != _V3:
        yield "version"


def _numbers(certificate: Certificate) -> Iterator[str]:
    """Numbers of people and organisations are NumericString of a fixed length."""
    for attribute in _attributes(certificate):
        size = _DIGITS.get(attribute.oid)
        if size is None:
            continue
        # Before ИНН ЮЛ had its own attribute, an organisation wrote «00» and its ten digits into ИНН: still twelve.
        if attribute.tag != tags.NUMERIC_STRING or not re.fullmatch(rf"[0-9]{{{size}}}", attribute.value):
            yield _FIELDS[attribute.oid]


def _attributes(certificate: Certificate) -> Iterator[NameAttribute]:
    return (attribute for rdn in certificate.subject.rdns for attribute in rdn)


def _subject(certificate: Certificate) -> Iterator[str]:
    """Who it is: an organisation with its place and numbers, or a person with surname, given name, СНИЛС and ИНН."""
    if is_legal_entity(certificate):
        wanted = ((oids.ORGANIZATION, "organization"), (oids.COUNTRY, "country"), (oids.STATE, "state"), (oids.OGRN, "ogrn"))
        if not (certificate.subject.first(oids.INN_LE) or certificate.subject.first(oids.INN)):
            yield "inn-le"
    else:
        wanted = ((oids.SURNAME, "surname"), (oids.GIVEN_NAME, "given-name"), (oids.SNILS, "snils"), (oids.INN, "inn"))
    for oid, name in ((oids.COMMON_NAME, "common-name"), *wanted):
        if not certificate.subject.first(oid):
            yield name


def _forms(certificate: Certificate) -> Iterator[str]:
    """Forms of texts: the country is RU, the region begins with its number, an address of mail is IA5String."""
    for attribute in _attributes(certificate):
        if attribute.oid == oids.COUNTRY and attribute.value != "RU":
            yield "country"
        elif attribute.oid == oids.STATE and not _REGION.fullmatch(attribute.value):
            yield "state"
        elif attribute.oid == oids.EMAIL and attribute.tag != tags.IA5_STRING:
            yield "email"


def _key_usage(certificate: Certificate) -> Iterator[str]:
    if certificate.extensions.key_usage is None:
        yield "key-usage"


def _tools(certificate: Certificate) -> Iterator[str]:
    """Names of the signing tools and their classes."""
    extensions = certificate.extensions
    if not QUALIFIED_MARKS.intersection(extensions.policies):
        yield "tool-class"
    if not extensions.subject_sign_tool:
        yield "subject-sign-tool"
    tool = extensions.issuer_sign_tool
    if tool is None or not all((tool.sign_tool, tool.ca_tool, tool.sign_tool_certificate, tool.ca_tool_certificate)):
        yield "issuer-sign-tool"


def _identification(certificate: Certificate) -> Iterator[str]:
    if certificate.extensions.identification_kind not in _KINDS:
        yield "identification-kind"


def _issuer(certificate: Certificate) -> Iterator[str]:
    """How to find and to check the authority."""
    extensions = certificate.extensions
    if extensions.authority_key_id is None or extensions.authority_key_id.key_id is None:
        yield "authority-key-id"
    if not extensions.crl_addresses and not extensions.ocsp_addresses:
        yield "revocation-address"


_CHECKS: Final[tuple[Callable[[Certificate], Iterator[str]], ...]] = (_version, _subject, _numbers, _forms, _key_usage, _tools, _identification, _issuer)
