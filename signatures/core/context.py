"""Everything that stays the same during one verification."""

from dataclasses import dataclass, field
from datetime import datetime

from signatures.core import algorithms
from signatures.core.algorithms import Proof
from signatures.core.certificates.values import Certificate, PublicKeyInfo
from signatures.core.cms.values import AlgorithmIdentifier
from signatures.core.gost.interfaces import GostBackend
from signatures.core.memo import Memo
from signatures.core.policy.values import Policy
from signatures.core.trust import TrustStore


@dataclass(frozen=True, slots=True)
class Context:
    """Rules, trust and tools of one verification.

    Attributes:
        policy: what a signature must fulfil.
        trust: anchors that count under the policy.
        backend: arithmetic of Russian signatures.
        at: the validation time, UTC.
        memo: results that do not depend on time; its lifetime is the caller's.
    """

    policy: Policy
    trust: TrustStore
    backend: GostBackend
    at: datetime
    memo: Memo = field(default_factory=Memo)

    def prove_object(self, kind: str, der: bytes, tbs: bytes, algorithm: AlgorithmIdentifier, signature: bytes, key: PublicKeyInfo) -> Proof:
        """Check the signature of a certificate, a CRL or an OCSP response; the answer is remembered (signatures.md 10.4)."""
        return self.memo.recall(kind, (der, key.der), lambda: algorithms.prove(key, algorithm, "", tbs, signature, self.backend))

    def prove_certificate(self, certificate: Certificate, issuer: Certificate) -> Proof:
        """Check whether the key of `issuer` made the signature of `certificate`."""
        one = certificate
        return self.prove_object("certificate", one.der, one.tbs, one.signature_algorithm, one.signature, issuer.public_key)

    def is_signed_by(self, certificate: Certificate, issuer: Certificate) -> bool:
        """Return whether the key of `issuer` made the signature of `certificate`."""
        return self.prove_certificate(certificate, issuer).holds
