"""What the strict front parser returns: typed, frozen, every byte string in DER unless its text says otherwise."""

from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum


class Encoding(StrEnum):
    """How a container arrived."""

    DER = "DER"
    BER = "BER"


@dataclass(frozen=True, slots=True)
class AlgorithmIdentifier:
    """An algorithm by OID.

    Attributes:
        oid: dotted decimal.
        parameters: the DER of the parameters, None when they are absent.
    """

    oid: str
    parameters: bytes | None = None

    @property
    def is_plain(self) -> bool:
        """Whether the parameters are absent or NULL; both shapes mean the same (signatures.md 5.1)."""
        return self.parameters in {None, b"\x05\x00"}


@dataclass(frozen=True, slots=True)
class Attribute:
    """One attribute of a signer.

    Attributes:
        oid: type of the attribute.
        values: the DER of each value, in the order of the set.
        der: the whole attribute.
    """

    oid: str
    values: tuple[bytes, ...]
    der: bytes


@dataclass(frozen=True, slots=True)
class SignerId:
    """How a signature names its certificate: issuer with serial number, or the subject key identifier.

    Attributes:
        issuer: DER of the issuer's name, None in the second form.
        serial_number: None in the second form.
        key_id: content of the subject key identifier, None in the first form.
    """

    issuer: bytes | None = None
    serial_number: int | None = None
    key_id: bytes | None = None


@dataclass(frozen=True, slots=True)
class EssCertId:
    """One certificate named by its hash (RFC 5035).

    Attributes:
        hash_algorithm: OID of the digest; SHA-1 in version 1 of the attribute, SHA-256 by default in version 2.
        certificate_hash: digest of the DER of the certificate.
        issuer: DER of the issuer's name if the optional issuerSerial is present, else None.
        serial_number: of the same field, else None.
    """

    hash_algorithm: str
    certificate_hash: bytes
    issuer: bytes | None = None
    serial_number: int | None = None


@dataclass(frozen=True, slots=True)
class SigningCertificate:
    """The signed attribute signingCertificate (version 1) or signingCertificateV2 (version 2).

    Attributes:
        version: 1 is recognised but not enough for КЭП (SHA-1).
        certificates: the first one is the signer's; the others limit the path.
        policies: OIDs that the signer accepts.
    """

    version: int
    certificates: tuple[EssCertId, ...]
    policies: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Concern:
    """A refusal that does not stop the reading: the verdict names it beside everything else that was found.

    Attributes:
        reason_id: id in the catalogue, for example `SAV_SIGNED_ATTRS_MISSING`.
        params: values for the placeholders of the text.
    """

    reason_id: str
    params: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class SignerInfo:
    """One signature of a container.

    Attributes:
        sid: which certificate it names.
        digest_algorithm: digest of the content and of the signed attributes.
        signature_algorithm: a key OID or a with-digest OID; both are met (signatures.md 5.1).
        signature: the signature value.
        signed_attributes: None when the field is absent, never empty.
        signed_attributes_der: the signed attributes as received, with tag 0x31: exactly the bytes that were signed. None when absent.
        content_type: value of the attribute contentType, empty without signed attributes and in a countersignature.
        message_digest: value of the attribute messageDigest, empty without signed attributes.
        signing_time: the claimed time, UTC; None when absent. It proves nothing.
        signing_certificate: signingCertificateV2 if present, else version 1, else None.
        unsigned_attributes: empty when absent.
        countersignatures: parsed values of the unsigned attribute countersignature.
        concerns: what the policy must weigh: missing attributes, weak digests.
        unknown_attributes: OIDs of signed and unsigned attributes that the reader does not interpret, in order.
        der: the whole SignerInfo.
    """

    version: int
    sid: SignerId
    digest_algorithm: AlgorithmIdentifier
    signature_algorithm: AlgorithmIdentifier
    signature: bytes
    signed_attributes: tuple[Attribute, ...] | None
    signed_attributes_der: bytes | None
    content_type: str
    message_digest: bytes
    signing_time: datetime | None
    signing_certificate: SigningCertificate | None
    unsigned_attributes: tuple[Attribute, ...]
    countersignatures: tuple["SignerInfo", ...]
    concerns: tuple[Concern, ...]
    unknown_attributes: tuple[str, ...]
    der: bytes = field(repr=False)

    def signed(self, oid: str) -> tuple[bytes, ...]:
        """Return the DER values of a signed attribute; empty when it is absent."""
        return _values(self.signed_attributes or (), oid)

    def unsigned(self, oid: str) -> tuple[bytes, ...]:
        """Return the DER values of every unsigned attribute of this type, in order."""
        return _values(self.unsigned_attributes, oid)


@dataclass(frozen=True, slots=True)
class SignedData:
    """A container of signatures, read to its last byte.

    Attributes:
        encoding: BER means that the container was canonicalised: the report carries FC_BER_NOTE.
        digest_algorithms: as listed in front of the content.
        content_type: OID of eContentType.
        content: the encapsulated content; None for a detached signature. Empty bytes are a content.
        certificates: DER of every X.509 certificate inside, in the order of the container.
        crls: DER of every CRL inside.
        ocsp_responses: DER of every OCSPResponse inside (RFC 5940).
        other_certificates: DER of attribute certificates and other forms, for display only.
        signers: at least one.
        der: the whole container in DER.
    """

    encoding: Encoding
    version: int
    digest_algorithms: tuple[AlgorithmIdentifier, ...]
    content_type: str
    content: bytes | None = field(repr=False)
    certificates: tuple[bytes, ...] = field(repr=False)
    crls: tuple[bytes, ...] = field(repr=False)
    ocsp_responses: tuple[bytes, ...] = field(repr=False)
    other_certificates: tuple[bytes, ...] = field(repr=False)
    signers: tuple[SignerInfo, ...]
    der: bytes = field(repr=False)

    @property
    def is_detached(self) -> bool:
        """Whether the document must be given beside the signature."""
        return self.content is None


def _values(attributes: tuple[Attribute, ...], oid: str) -> tuple[bytes, ...]:
    return tuple(value for attribute in attributes if attribute.oid == oid for value in attribute.values)
