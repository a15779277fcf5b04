"""Writers of certificates, revocation data, time-stamps and containers: the stand's own authority and the tests use them."""

from signatures.core.build.certificates import CertificateSpec, certificate, name, request
from signatures.core.build.cms import Container, Signatory
from signatures.core.build.keys import EcKey, Ed25519Key, GostKey, RsaKey, SigningKey
from signatures.core.build.revocation import Answer, Line, ListSpec, Responder, certificate_id, ocsp_error, ocsp_response, revocation_list
from signatures.core.build.timestamp import StampSpec, granted, time_stamp_token

__all__ = [
    "Answer",
    "CertificateSpec",
    "Container",
    "EcKey",
    "Ed25519Key",
    "GostKey",
    "Line",
    "ListSpec",
    "Responder",
    "RsaKey",
    "Signatory",
    "SigningKey",
    "StampSpec",
    "certificate",
    "certificate_id",
    "granted",
    "name",
    "ocsp_error",
    "ocsp_response",
    "request",
    "revocation_list",
    "time_stamp_token",
]
