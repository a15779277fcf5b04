"""A certification authority in memory: root 512 → issuing 256 → people, with CRLs, OCSP and time-stamps; and its RSA twin."""

from collections.abc import Iterable
from datetime import UTC, datetime, timedelta
from enum import StrEnum
from functools import lru_cache
from itertools import count

import pytest
from cryptography.hazmat.primitives.asymmetric import ec, ed25519, rsa

from signatures.core import algorithms
from signatures.core.asn1 import oids
from signatures.core.build import (
    Answer,
    CertificateSpec,
    EcKey,
    Ed25519Key,
    GostKey,
    Line,
    ListSpec,
    Responder,
    RsaKey,
    Signatory,
    SigningKey,
    StampSpec,
    certificate,
    certificate_id,
    name,
    ocsp_response,
    revocation_list,
    time_stamp_token,
)
from signatures.core.build import extensions as ext
from signatures.core.certificates import Certificate, IssuerSignTool, KeyUsage, parse_certificate
from signatures.core.gost.interfaces import GostBackend
from signatures.core.gost.registry import choose
from signatures.core.policy import Policy, load_policy
from signatures.core.revocation_data import CertificateStatus
from signatures.core.sign import SigningOptions, sign
from signatures.core.trust import Anchor, Standing, TrustStore
from signatures.core.verdict import SubIndication, Verdict
from signatures.core.verify import Bundle, Document, Evidence, OcspFile, verify

AT = datetime(2026, 11, 20, 9, 0, tzinfo=UTC)
DOCUMENT = "Согласен на исправление записи № 1\r\n".encode()
ROOT_CURVE, ISSUING_CURVE, SIGNER_CURVE = "1.2.643.7.1.2.1.2.1", "1.2.643.7.1.2.1.1.1", "1.2.643.7.1.2.1.1.2"
CRL_ADDRESS = "http://crl.example.test/issuing.crl"
STAMP_POLICY = "1.2.643.100.113.99"
TOOL = IssuerSignTool("ТЕСТОВОЕ СКЗИ", "ТЕСТОВЫЙ УЦ эмулятора", "№ 0", "№ 0")


class Family(StrEnum):
    """Which keys an authority uses."""

    GOST = "gost"
    RSA = "rsa"
    EC = "ec"
    ED25519 = "ed25519"


@lru_cache(maxsize=64)
def rsa_key(label: str, bits: int = 2048) -> RsaKey:
    """Return the RSA key of a label: making one takes long, so a label keeps its key for the whole run."""
    return RsaKey(rsa.generate_private_key(65537, bits))


def make_key(family: Family, label: str, curve: str, backend: GostBackend) -> SigningKey:
    if family is Family.RSA:
        return rsa_key(label)
    if family is Family.EC:
        return EcKey(ec.generate_private_key(ec.SECP256R1()))
    if family is Family.ED25519:
        return Ed25519Key(ed25519.Ed25519PrivateKey.generate())
    return GostKey(backend.keygen(curve), backend)


def person_extensions(*, usages: tuple[KeyUsage, ...] = (KeyUsage.DIGITAL_SIGNATURE, KeyUsage.NON_REPUDIATION), is_qualified: bool = True) -> list[bytes]:
    """Return what the qualified profile asks of a person's certificate, without the identifiers of keys."""
    found = [ext.key_usage(*usages), ext.extended_key_usage(oids.EKU_CLIENT_AUTH, oids.EKU_EMAIL_PROTECTION)]
    found += [ext.crl_addresses(CRL_ADDRESS), ext.subject_sign_tool("ТЕСТОВОЕ СКЗИ"), ext.issuer_sign_tool(TOOL), ext.identification_kind(0)]
    return [*found, ext.policies("1.2.643.100.113.1")] if is_qualified else found


def person_name(surname: str = "Тестов") -> bytes:
    return name(
        (oids.COUNTRY, "RU"),
        (oids.STATE, "77 Москва"),
        (oids.COMMON_NAME, f"{surname} Тест Тестович"),
        (oids.SURNAME, surname),
        (oids.GIVEN_NAME, "Тест Тестович"),
        (oids.SNILS, "00000000001"),
        (oids.INN, "000000000000"),
        (oids.EMAIL, "test@example.test"),
    )


def authority_name(title: str) -> bytes:
    return name((oids.COUNTRY, "RU"), (oids.ORGANIZATION, "ТЕСТОВЫЙ УЦ эмулятор"), (oids.COMMON_NAME, title))


AUTHORITY_USAGE = (KeyUsage.KEY_CERT_SIGN, KeyUsage.CRL_SIGN)


class Authority:
    """Issues everything that a row of the CM table needs; every default may be replaced."""

    def __init__(self, backend: GostBackend, family: Family = Family.GOST, title: str = "ТЕСТОВЫЙ") -> None:
        self.backend, self.family, self.title = backend, family, title
        self._serials = count(1000)
        self.root = self.make_root()
        self.issuing = self.issue_authority()

    # --- certificates -------------------------------------------------------------------------

    def make_root(self, label: str = "корень") -> Signatory:
        key = self.key(f"{self.title} {label}", ROOT_CURVE)
        subject = authority_name(f"{self.title} {label}")
        extensions = (ext.basic_constraints(is_ca=True), ext.key_usage(*AUTHORITY_USAGE), ext.subject_key_id(key.spki))
        spec = CertificateSpec(subject, key.spki, 1, AT - timedelta(days=300), AT + timedelta(days=3000), extensions)
        return Signatory(key, parse_certificate(certificate(spec, issuer=subject, issuer_key=key)))

    def key(self, label: str, curve: str = SIGNER_CURVE) -> SigningKey:
        return make_key(self.family, label, curve, self.backend)

    def issue(
        self,
        subject: bytes,
        extensions: Iterable[bytes],
        *,
        by: Signatory | None = None,
        key: SigningKey | None = None,
        label: str = "person",
        curve: str = SIGNER_CURVE,
        serial_number: int | None = None,
        not_before: datetime = AT - timedelta(days=100),
        not_after: datetime = AT + timedelta(days=300),
        identifiers: bool = True,
    ) -> Signatory:
        by = by or self.issuing
        key = key or self.key(f"{self.title} {label}", curve)
        own = (ext.subject_key_id(key.spki), ext.authority_key_id(by.key.spki)) if identifiers else ()
        number = next(self._serials) if serial_number is None else serial_number
        spec = CertificateSpec(subject, key.spki, number, not_before, not_after, (*extensions, *own))
        return Signatory(key, parse_certificate(certificate(spec, issuer=by.certificate.subject.der, issuer_key=by.key)))

    def issue_authority(
        self,
        title: str = "выпускающий",
        *,
        by: Signatory | None = None,
        path_length: int | None = 0,
        extensions: Iterable[bytes] | None = None,
        **kwargs: object,
    ) -> Signatory:
        usual = (ext.basic_constraints(is_ca=True, path_length=path_length), ext.key_usage(*AUTHORITY_USAGE))
        options = {"label": title, "curve": ISSUING_CURVE, "not_before": AT - timedelta(days=200), "not_after": AT + timedelta(days=1500), **kwargs}
        return self.issue(authority_name(f"{self.title} {title}"), usual if extensions is None else extensions, by=by or self.root, **options)  # type: ignore[arg-type]

    def person(self, extensions: Iterable[bytes] | None = None, **kwargs: object) -> Signatory:
        surname = str(kwargs.pop("surname", "Тестов"))
        return self.issue(person_name(surname), person_extensions() if extensions is None else extensions, **kwargs)  # type: ignore[arg-type]

    def responder(self, extensions: Iterable[bytes] | None = None, **kwargs: object) -> Signatory:
        usual = (ext.key_usage(KeyUsage.DIGITAL_SIGNATURE), ext.extended_key_usage(oids.EKU_OCSP_SIGNING), ext.ocsp_nocheck())
        return self.issue(authority_name(f"{self.title} OCSP"), usual if extensions is None else extensions, label="ocsp", **kwargs)  # type: ignore[arg-type]

    def stamper(self, extensions: Iterable[bytes] | None = None, **kwargs: object) -> Signatory:
        usual = (ext.key_usage(KeyUsage.DIGITAL_SIGNATURE), ext.extended_key_usage(oids.EKU_TIME_STAMPING, critical=True))
        return self.issue(authority_name(f"{self.title} TSA"), usual if extensions is None else extensions, label="tsa", **kwargs)  # type: ignore[arg-type]

    # --- revocation ---------------------------------------------------------------------------

    def crl(
        self,
        *lines: Line,
        by: Signatory | None = None,
        signer: Signatory | None = None,
        this_update: datetime = AT - timedelta(hours=1),
        next_update: datetime | None = AT + timedelta(days=1),
        number: int = 1,
        extensions: tuple[bytes, ...] = (),
    ) -> bytes:
        by = by or self.issuing
        return revocation_list(ListSpec(by.certificate.subject.der, number, this_update, next_update, lines, extensions), (signer or by).key)

    def crls(self, *lines: Line, **kwargs: datetime) -> tuple[bytes, ...]:
        """Return the lists of the root and of the issuing authority; the lines are of the second."""
        return self.crl(by=self.root, **kwargs), self.crl(*lines, **kwargs)  # type: ignore[arg-type]

    def answer(
        self,
        subject: Signatory,
        status: CertificateStatus = CertificateStatus.GOOD,
        *,
        by: Signatory | None = None,
        this_update: datetime = AT - timedelta(minutes=5),
        next_update: datetime | None = AT + timedelta(hours=1),
        revoked_at: datetime | None = None,
        digest_oid: str = oids.SHA_1,
    ) -> Answer:
        asked = certificate_id(subject.certificate, (by or self.issuing).certificate, self.backend, digest_oid)
        return Answer(asked, status, this_update, next_update, revoked_at)

    def ocsp(self, *answers: Answer, by: Signatory | None = None, produced_at: datetime = AT - timedelta(minutes=5), nonce: bytes | None = None) -> bytes:
        by = by or self.responder()
        return ocsp_response(answers, Responder(by.key, (by.certificate.der,)), produced_at, nonce)

    # --- time ---------------------------------------------------------------------------------

    def token(self, stamped: bytes, *, at: datetime = AT - timedelta(minutes=10), by: Signatory | None = None, nonce: int | None = None) -> bytes:
        """Return a time-stamp over bytes, with the certificate of the authority inside."""
        by = by or self.stamper()
        imprint = algorithms.digest(by.key.digest_oid, stamped, self.backend)
        return time_stamp_token(StampSpec(STAMP_POLICY, by.key.digest_oid, imprint, 7, at, nonce), by, self.backend, (by.certificate.der,))

    # --- signing and judging ------------------------------------------------------------------

    @property
    def chain(self) -> tuple[bytes, ...]:
        return (self.issuing.certificate.der,)

    def options(self, **changes: object) -> SigningOptions:
        return SigningOptions(**{"signing_time": AT - timedelta(minutes=20), "chain": self.chain, **changes})  # type: ignore[arg-type]

    def sign(self, document: bytes = DOCUMENT, who: Signatory | None = None, **changes: object) -> bytes:
        return sign(document, who or self.person(), self.backend, self.options(**changes))

    def trust(self, standing: Standing = Standing.TEST, **window: object) -> TrustStore:
        return TrustStore((Anchor(self.root.certificate, standing, source="test", **window),))  # type: ignore[arg-type]

    def evidence(self, *lines: Line, ocsp: Iterable[bytes] = (), certificates: Iterable[Certificate] = ()) -> Evidence:
        """Return fresh lists of both authorities and what else is named."""
        return given(self.crls(*lines), ocsp, certificates)

    def judge(
        self,
        signature: bytes,
        document: Document = DOCUMENT,
        *,
        evidence: Evidence | None = None,
        at: datetime = AT,
        policy: Policy | str = "stand",
        trust: TrustStore | None = None,
    ) -> Verdict:
        return verify(
            document,
            signature,
            policy=load_policy(policy) if isinstance(policy, str) else policy,
            trust=trust or self.trust(),
            at=at,
            backend=self.backend,
            evidence=self.evidence() if evidence is None else evidence,
        )


def given(crls: Iterable[bytes] = (), ocsp: Iterable[bytes] = (), certificates: Iterable[Certificate] = ()) -> Evidence:
    files = tuple(OcspFile(der) for der in ocsp)
    return Evidence(given=Bundle(tuple(one.der for one in certificates), tuple(crls), files))


def reason_ids(verdict: Verdict) -> set[str]:
    """Return the ids of everything that was found, warnings included."""
    return {one.id for signature in verdict.signatures for one in signature.reasons} | {one.id for one in verdict.notes}


def sub_indications(verdict: Verdict) -> set[SubIndication]:
    return {one.sub_indication for signature in verdict.signatures for one in signature.reasons if one.sub_indication}


@pytest.fixture(scope="session")
def quick_backend() -> GostBackend:
    """The back-end that the stand would choose here."""
    return choose().backend


@pytest.fixture(scope="session")
def authority(quick_backend: GostBackend) -> Authority:
    """An authority with GOST keys; tests only issue from it, so it may live for the whole run."""
    return Authority(quick_backend)


@pytest.fixture(scope="session")
def rsa_authority(quick_backend: GostBackend) -> Authority:
    """Its twin with RSA keys."""
    return Authority(quick_backend, Family.RSA, "ТЕСТОВЫЙ RSA")


@pytest.fixture(scope="session", params=[Family.GOST, Family.RSA])
def each_authority(request: pytest.FixtureRequest) -> Authority:
    """Both of them in turn."""
    fixture = "authority" if request.param is Family.GOST else "rsa_authority"
    found: Authority = request.getfixturevalue(fixture)
    return found
