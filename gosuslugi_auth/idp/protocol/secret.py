"""The `client_secret` of v2/v3: its string, its decoding and its verification.

The real service takes a raw GOST signature. The raw RSA-SHA256 form is a documented extra of the emulator
(esia.md 3.5), switched on per system, so that people without GOST tools can start.
"""

import base64
import binascii
import hashlib
import hmac
from datetime import datetime

from cryptography import x509
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import padding, rsa

from gosuslugi_auth.idp.protocol.values import Diagnosis, Refusal, RegisteredCertificate, RegisteredSystem
from gosuslugi_auth.wire import errors

_GOST_BYTES = 64
_RSA_BYTES = 256
_SHA1_HEX = 40
_DER_SEQUENCE = 0x30


def signed_string(*, client_id: str, scope: str, scope_org: str, timestamp: str, state: str, redirect_uri: str, code: str = "") -> str:
    """Return the string that v2/ac and v3/te sign: parts without separators, a missing part is empty (esia.md 3.3)."""
    return client_id + scope + scope_org + timestamp + state + redirect_uri + code


def find_certificate(system: RegisteredSystem, digest: str, *, owner: str, now: datetime) -> RegisteredCertificate:
    """Return the certificate that a request names by `client_certificate_hash`.

    Args:
        system: who asks.
        digest: value of the parameter; case does not matter.
        owner: mnemonic of the system that the digest is registered for, empty if it is unknown.
        now: stand time.

    Raises:
        Refusal: 007005 without any active certificate, 007002 for a certificate of another system,
            007053 for an unknown, disabled or expired one.
    """
    if not any(one.is_active for one in system.certificates):
        raise Refusal(errors.CLIENT_NOT_ALLOWED, "certificate.none", Diagnosis("У системы нет ни одного действующего сертификата."))
    for one in system.certificates:
        if hmac.compare_digest(one.sha256, digest.upper()):
            return _usable(one, now=now)
    if owner:
        raise Refusal(errors.CERTIFICATE_NOT_OWNED, "certificate.foreign", Diagnosis("Этот сертификат зарегистрирован за другой системой."))
    raise _wrong("certificate.unknown", "Хеш сертификата не совпал ни с одним зарегистрированным.", _about_digest(digest))


def _usable(one: RegisteredCertificate, *, now: datetime) -> RegisteredCertificate:
    if not one.is_active:
        raise _wrong("certificate.disabled", "Сертификат системы выключен.")
    if one.not_after < now:
        raise _wrong("certificate.expired", f"Срок сертификата истёк {one.not_after:%d.%m.%Y}.", "Зарегистрируйте новый.")
    return one


def _about_digest(digest: str) -> str:
    if len(digest) == _SHA1_HEX:
        return "Похоже на SHA-1 (40 знаков). Нужен хеш DER-представления, 64 шестнадцатеричных знака."
    return "Хеш считают от DER, не от текста PEM. Для ключа RSA это SHA-256, для ГОСТ — Стрибог-256."


def verify(value: str, expected: str, certificate: RegisteredCertificate, system: RegisteredSystem) -> str:
    """Verify a secret over the string that the server rebuilt; return the SHA-256 of the signature, hex.

    Raises:
        Refusal: 007053; the diagnosis names the form of the value and shows the expected string.
    """
    signature = _decode(value)
    _refuse_other_forms(signature, system)
    key = x509.load_der_x509_certificate(certificate.der).public_key()
    if not isinstance(key, rsa.RSAPublicKey):
        raise _wrong("secret.algorithm", "Подпись RSA, а ключ сертификата другой.")
    try:
        key.verify(signature, expected.encode(), padding.PKCS1v15(), hashes.SHA256())
    except InvalidSignature as error:
        raise _wrong("secret.signature", "Подпись не сходится с ожидаемой строкой.", "Сравните свою строку с ожидаемой побайтно.", expected) from error
    return hashlib.sha256(signature).hexdigest()


def _decode(value: str) -> bytes:
    """Take urlsafe or standard base64, with, without or with partly stripped padding (esia.md 3.4, step 1)."""
    if value.startswith("-----BEGIN"):
        raise _wrong("secret.pem", "Передан текст PEM, а нужна подпись в base64url.")
    plain = value.replace(" ", "+").replace("-", "+").replace("_", "/").replace("=", "")
    try:
        return base64.b64decode(plain + "=" * (-len(plain) % 4), validate=True)
    except binascii.Error as error:
        raise _wrong("secret.base64", "client_secret не читается как base64url.") from error


def _refuse_other_forms(signature: bytes, system: RegisteredSystem) -> None:
    if len(signature) == _RSA_BYTES and system.allow_rsa_raw:
        return
    if len(signature) == _RSA_BYTES:
        raise _wrong("secret.rsa_not_allowed", "Подпись RSA этой системе не разрешена.", "Её включают в карточке системы.")
    if len(signature) == _GOST_BYTES:
        raise _wrong("secret.gost", "Похоже на подпись ГОСТ (64 байта). Эта версия стенда проверяет на этом адресе только RSA-SHA256.")
    if signature[:1] == bytes([_DER_SEQUENCE]):
        raise _wrong("secret.container", "Передан контейнер CMS вместо подписи.", "На адресах v2 и v3 нужна сама подпись.")
    raise _wrong("secret.size", f"Подпись занимает {len(signature)} байт. Ожидается 256 (RSA-2048).")


def _wrong(reason: str, what: str, mend: str = "", expected: str = "") -> Refusal:
    return Refusal(errors.CLIENT_SECRET_WRONG, reason, Diagnosis(what, mend, expected))
