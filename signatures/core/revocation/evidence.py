"""Revocation data at hand, in the order in which it counts: inside of the signature, given by the caller, stored."""

from dataclasses import dataclass
from enum import StrEnum

from signatures.core.certificates.parse import parse_certificate
from signatures.core.certificates.values import Certificate
from signatures.core.context import Context
from signatures.core.errors import SignatureFormatError
from signatures.core.revocation_data import BasicOcspResponse, OcspStatus, RevocationList, parse_basic_response, parse_ocsp_response, parse_revocation_list


class Source(StrEnum):
    """Where an object comes from."""

    SIGNATURE = "signature"
    GIVEN = "given"
    STORED = "stored"


@dataclass(frozen=True, slots=True)
class OcspFile:
    """An OCSP response.

    Attributes:
        der: OCSPResponse, or BasicOCSPResponse when it comes out of a signature.
        nonce: what we sent; the response must repeat it. None when nothing was sent.
    """

    der: bytes
    nonce: bytes | None = None


@dataclass(frozen=True, slots=True)
class Bundle:
    """Objects of one source, as bytes: certificates only help to build paths, nothing in a bundle is trusted."""

    certificates: tuple[bytes, ...] = ()
    crls: tuple[bytes, ...] = ()
    ocsp: tuple[OcspFile, ...] = ()


@dataclass(frozen=True, slots=True)
class Evidence:
    """What the caller hands in beside the signature: files of the user and the store of the fetcher."""

    given: Bundle = Bundle()
    stored: Bundle = Bundle()


NO_EVIDENCE = Evidence()


@dataclass(frozen=True, slots=True)
class Rejected:
    """An object that was not used.

    Attributes:
        kind: `crl` or `ocsp`.
        cause: a term of the catalogue.
        detail: in English.
    """

    kind: str
    source: Source
    cause: str
    detail: str = ""


@dataclass(frozen=True, slots=True)
class ReadList:
    """A CRL with its source."""

    crl: RevocationList
    source: Source


@dataclass(frozen=True, slots=True)
class ReadResponse:
    """An OCSP response with its source and the nonce that was sent."""

    basic: BasicOcspResponse
    source: Source
    nonce: bytes | None


@dataclass(frozen=True, slots=True)
class Readings:
    """Everything that could be read, and what could not."""

    certificates: tuple[Certificate, ...]
    lists: tuple[ReadList, ...]
    responses: tuple[ReadResponse, ...]
    rejected: tuple[Rejected, ...]


def read_bundles(bundles: dict[Source, Bundle], context: Context) -> Readings:
    """Parse every object; one that cannot be read is set aside with its reason and never stops the rest."""
    certificates: list[Certificate] = []
    lists: list[ReadList] = []
    responses: list[ReadResponse] = []
    rejected: list[Rejected] = []
    for source, bundle in bundles.items():
        certificates += _certificates(bundle)
        for der in bundle.crls:
            _read_list(der, source, context, lists, rejected)
        for file in bundle.ocsp:
            _read_response(file, source, responses, rejected)
    return Readings(tuple(dict.fromkeys(certificates)), tuple(lists), tuple(responses), tuple(rejected))


def _certificates(bundle: Bundle) -> list[Certificate]:
    """Read the certificates; an unreadable one cannot help a path, so it is left out."""
    found = []
    for der in bundle.certificates:
        try:
            found.append(parse_certificate(der))
        except SignatureFormatError:
            continue
    return found


def _read_list(der: bytes, source: Source, context: Context, lists: list[ReadList], rejected: list[Rejected]) -> None:
    try:
        crl = context.memo.recall("crl", (der,), lambda: parse_revocation_list(der))
    except SignatureFormatError as error:
        rejected.append(Rejected("crl", source, "revocation.unreadable", str(error)))
    else:
        lists.append(ReadList(crl, source))


def _read_response(file: OcspFile, source: Source, responses: list[ReadResponse], rejected: list[Rejected]) -> None:
    try:
        basic = _basic(file.der, source)
    except SignatureFormatError as error:
        rejected.append(Rejected("ocsp", source, "revocation.unreadable", str(error)))
        return
    if isinstance(basic, OcspStatus):
        rejected.append(Rejected("ocsp", source, f"ocsp.{basic}", f"the responder answered {basic}"))
    else:
        responses.append(ReadResponse(basic, source, file.nonce))


def _basic(der: bytes, source: Source) -> BasicOcspResponse | OcspStatus:
    """Read either form: signatures carry BasicOCSPResponse in their revocation values, files carry OCSPResponse."""
    try:
        response = parse_ocsp_response(der)
    except SignatureFormatError:
        if source is not Source.SIGNATURE:
            raise
        return parse_basic_response(der)
    return response.basic or response.status
