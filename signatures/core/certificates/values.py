"""What the readers of certificates and requests return: typed, frozen values."""

import hashlib
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum

from signatures.core.cms.values import AlgorithmIdentifier


class KeyKind(StrEnum):
    """Families of public keys."""

    GOST_2012_256 = "gost2012-256"
    GOST_2012_512 = "gost2012-512"
    GOST_2001 = "gost2001"
    RSA = "rsa"
    EC = "ec"
    ED25519 = "ed25519"
    OTHER = "other"


class KeyUsage(StrEnum):
    """Bits of the extension keyUsage (RFC 5280 4.2.1.3), in the order of the bits."""

    DIGITAL_SIGNATURE = "digitalSignature"
    NON_REPUDIATION = "nonRepudiation"
    KEY_ENCIPHERMENT = "keyEncipherment"
    DATA_ENCIPHERMENT = "dataEncipherment"
    KEY_AGREEMENT = "keyAgreement"
    KEY_CERT_SIGN = "keyCertSign"
    CRL_SIGN = "cRLSign"
    ENCIPHER_ONLY = "encipherOnly"
    DECIPHER_ONLY = "decipherOnly"


@dataclass(frozen=True, slots=True)
class NameAttribute:
    """One attribute of a name.

    Attributes:
        oid: type of the attribute.
        value: decoded text as it stands in the certificate; show it only through `text.safe()`.
        tag: ASN.1 tag of the string: 12 UTF8String, 18 NumericString, 19 PrintableString, 22 IA5String, ….
    """

    oid: str
    value: str
    tag: int


@dataclass(frozen=True, slots=True)
class Name:
    """A distinguished name.

    Attributes:
        der: the DER of the name; equal bytes are equal names.
        rdns: relative names from the root down; almost always one attribute each.
    """

    der: bytes = field(repr=False)
    rdns: tuple[tuple[NameAttribute, ...], ...] = field(compare=False)

    def values(self, oid: str) -> tuple[str, ...]:
        """Return the values of an attribute, from the root down."""
        return tuple(one.value for rdn in self.rdns for one in rdn if one.oid == oid)

    def first(self, oid: str) -> str:
        """Return the first value of an attribute, empty when it is absent."""
        return next(iter(self.values(oid)), "")


@dataclass(frozen=True, slots=True)
class PublicKeyInfo:
    """A SubjectPublicKeyInfo.

    Attributes:
        algorithm: key OID with its parameters.
        kind: family of the key.
        bits: length of the key: 256 or 512 for GOST, of the modulus for RSA, of the curve for EC; 0 when unknown.
        curve: OID of the GOST parameter set or of the named EC curve; empty for the others.
        digest: OID of the digest in the GOST parameters; empty when it is absent.
        key: content of the BIT STRING.
        point: for GOST the X and Y of the point, each little-endian, joined; empty for the others.
        der: the whole structure.
    """

    algorithm: AlgorithmIdentifier
    kind: KeyKind
    bits: int
    curve: str
    digest: str
    key: bytes = field(repr=False)
    point: bytes = field(repr=False)
    der: bytes = field(repr=False)


@dataclass(frozen=True, slots=True)
class Extension:
    """One extension as it stands in the certificate; `value` is the content of the OCTET STRING."""

    oid: str
    critical: bool
    value: bytes


@dataclass(frozen=True, slots=True)
class BasicConstraints:
    """Whether the subject may issue certificates, and how many authorities may follow (None: no limit)."""

    is_ca: bool
    path_length: int | None


@dataclass(frozen=True, slots=True)
class AuthorityKeyId:
    """Which key of the issuer signed.

    Attributes:
        key_id: key identifier, None when absent.
        issuers: DER of the directory names in authorityCertIssuer.
        serial_number: of the issuer's certificate, None when absent.
    """

    key_id: bytes | None
    issuers: tuple[bytes, ...] = ()
    serial_number: int | None = None


class GeneralNameKind(StrEnum):
    """Forms of a GeneralName, named by their context tags (RFC 5280 4.2.1.6)."""

    OTHER = "otherName"
    EMAIL = "rfc822Name"
    DNS = "dNSName"
    X400 = "x400Address"
    DIRECTORY = "directoryName"
    EDI = "ediPartyName"
    URI = "uniformResourceIdentifier"
    IP = "iPAddress"
    REGISTERED_ID = "registeredID"


@dataclass(frozen=True, slots=True)
class GeneralName:
    """A name in one of its nine forms.

    Attributes:
        kind: the form.
        value: DER of the Name for a directory name, the content bytes for the others.
    """

    kind: GeneralNameKind
    value: bytes

    @property
    def text(self) -> str:
        """The ASCII text of an address; bytes outside ASCII are shown as escapes. Never fetched, only shown."""
        return self.value.decode("ascii", "backslashreplace")


@dataclass(frozen=True, slots=True)
class NameConstraints:
    """Names that an authority may and may not certify; empty tuples mean no such list."""

    permitted: tuple[GeneralName, ...]
    excluded: tuple[GeneralName, ...]


@dataclass(frozen=True, slots=True)
class PolicyConstraints:
    """How many certificates later an explicit policy is required or mapping is forbidden; None when absent."""

    require_explicit_policy: int | None
    inhibit_policy_mapping: int | None


@dataclass(frozen=True, slots=True)
class KeyPeriod:
    """PrivateKeyUsagePeriod: when the private key may sign; None means no bound."""

    not_before: datetime | None
    not_after: datetime | None


@dataclass(frozen=True, slots=True)
class IssuerSignTool:
    """The extension issuerSignTool of the Russian profile: tools of the authority and their certificates."""

    sign_tool: str
    ca_tool: str
    sign_tool_certificate: str
    ca_tool_certificate: str


@dataclass(frozen=True, slots=True)
class Extensions:
    """Every extension, the known ones decoded; a field is None or empty when the extension is absent.

    Attributes:
        raw: all of them, in order.
        unknown_critical: OIDs of critical extensions that nothing here understands: RFC 5280 refuses such a certificate.
        malformed: OIDs of extensions that only inform and cannot be read; their fields stay empty.
        policies: OIDs of certificatePolicies.
        crl_addresses: of crlDistributionPoints, as text, never fetched.
        ocsp_addresses: of authorityInfoAccess, as text, never fetched.
        issuer_addresses: caIssuers of authorityInfoAccess, as text, never fetched.
        has_ocsp_nocheck: the responder's certificate needs no revocation check (RFC 6960 4.2.2.2.1).
        subject_sign_tool: tool of the signer, Russian profile; empty when absent.
        identification_kind: how the person was identified (signatures.md 6.2), None when absent.
    """

    raw: tuple[Extension, ...] = ()
    unknown_critical: tuple[str, ...] = ()
    malformed: tuple[str, ...] = ()
    basic_constraints: BasicConstraints | None = None
    key_usage: frozenset[KeyUsage] | None = None
    extended_key_usage: tuple[str, ...] | None = None
    subject_key_id: bytes | None = None
    authority_key_id: AuthorityKeyId | None = None
    policies: tuple[str, ...] = ()
    policy_constraints: PolicyConstraints | None = None
    inhibit_any_policy: int | None = None
    name_constraints: NameConstraints | None = None
    subject_alternative_names: tuple[GeneralName, ...] = ()
    crl_addresses: tuple[str, ...] = ()
    ocsp_addresses: tuple[str, ...] = ()
    issuer_addresses: tuple[str, ...] = ()
    key_period: KeyPeriod | None = None
    has_ocsp_nocheck: bool = False
    subject_sign_tool: str = ""
    issuer_sign_tool: IssuerSignTool | None = None
    identification_kind: int | None = None

    def critical(self, oid: str) -> bool:
        """Return whether the extension is present and critical."""
        return any(one.oid == oid and one.critical for one in self.raw)


@dataclass(frozen=True, slots=True, eq=False)
class Certificate:
    """An X.509 certificate. Two certificates are equal when their bytes are.

    Attributes:
        der: the whole certificate.
        tbs: the signed part.
        signature_algorithm: the same inside and outside of the signed part, otherwise the reader refuses.
        signature: content of the BIT STRING.
        not_before: inclusive, UTC.
        not_after: inclusive, UTC.
    """

    der: bytes = field(repr=False)
    tbs: bytes = field(repr=False)
    version: int
    serial_number: int
    signature_algorithm: AlgorithmIdentifier
    signature: bytes = field(repr=False)
    issuer: Name
    subject: Name
    not_before: datetime
    not_after: datetime
    public_key: PublicKeyInfo
    extensions: Extensions

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Certificate) and self.der == other.der

    def __hash__(self) -> int:
        return hash(self.der)

    @property
    def sha256(self) -> str:
        """Fingerprint: SHA-256 of the DER, hexadecimal, lower case."""
        return hashlib.sha256(self.der).hexdigest()

    @property
    def is_self_issued(self) -> bool:
        """Whether issuer and subject are the same name; says nothing about who signed."""
        return self.issuer == self.subject


@dataclass(frozen=True, slots=True)
class CertificationRequest:
    """A PKCS#10 request: `info` is the signed part."""

    der: bytes = field(repr=False)
    info: bytes = field(repr=False)
    subject: Name
    public_key: PublicKeyInfo
    extensions: Extensions
    signature_algorithm: AlgorithmIdentifier
    signature: bytes = field(repr=False)
