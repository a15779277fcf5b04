"""What the provider needs before its first request: keys, persons, the portal's registration."""

import shutil
from dataclasses import dataclass
from datetime import datetime
from urllib.parse import urlsplit

from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.serialization import Encoding
from django.conf import settings
from django.contrib.auth.hashers import make_password
from django.db import transaction

from frmr_portal.base.kit import keys
from gosuslugi_auth.idp.models import Contact, InformationSystem, Membership, Organization, Person, SystemCertificate
from gosuslugi_auth.idp.personas import loading
from gosuslugi_auth.idp.selectors import printed_password
from gosuslugi_auth.wire import params, scopes

CALLBACK_PATH = "/login/esia/callback/"
_PORTAL_REQUIRED = (scopes.OPENID, scopes.FULLNAME, scopes.SNILS, scopes.USR_ORG)
_PORTAL_OPTIONAL = (scopes.BIRTHDATE, scopes.EMAIL, scopes.MOBILE)


class RegistrationRefused(Exception):
    """A system cannot be registered; the message says why."""


def make_keys(*, now: datetime) -> None:
    """Make the provider's signing key and the portal's client key where they are absent.

    The portal gets its own copy of the provider's certificate: a real client keeps such a file, too.
    """
    keys.make_key_pair(settings.ESIA_SIGNING_KEY_FILE, settings.ESIA_SIGNING_CERTIFICATE_FILE, common_name="ТЕСТ Учебный вход: маркеры", now=now)
    keys.make_key_pair(settings.ESIA_CLIENT_KEY_FILE, settings.ESIA_CLIENT_CERTIFICATE_FILE, common_name="ТЕСТ Стенд ФРМР: запросы", now=now)
    shutil.copyfile(settings.ESIA_SIGNING_CERTIFICATE_FILE, settings.ESIA_TRUSTED_CERTIFICATE_FILE)


@transaction.atomic
def load_personas(*, now: datetime) -> int:
    """Make the test persons that are absent; return how many there are. What happened to the others stays."""
    personas = loading.read_personas()
    present = set(Person.objects.values_list("oid", flat=True))
    organizations = {
        key: Organization.objects.update_or_create(oid=fields["oid"], defaults={k: v for k, v in fields.items() if k != "oid"})[0]
        for key, fields in loading.read_organizations().items()
    }
    for persona in personas:
        if persona.oid not in present:
            _make_person(persona, organizations, now=now)
    return len(personas)


def _make_person(persona: loading.Persona, organizations: dict[str, Organization], *, now: datetime) -> None:
    person = Person.objects.create(
        oid=persona.oid,
        slug=persona.slug,
        last_name=persona.last_name,
        first_name=persona.first_name,
        middle_name=persona.middle_name,
        gender=persona.gender,
        birth_date=persona.birth_date,
        snils=persona.snils,
        level=persona.level,
        state=persona.state,
        cause=persona.cause,
        password=make_password(printed_password(persona.oid), hasher="stand_pbkdf2"),
        about=persona.about,
        to_try=list(persona.to_try),
        updated_at=now,
    )
    Contact.objects.create(
        person=person,
        kind=Contact.Kind.MOBILE,
        value=persona.mobile,
        is_verified=persona.phone_verified,
        is_reachable=persona.phone_reachable,
    )
    if persona.has_email:
        Contact.objects.create(person=person, kind=Contact.Kind.EMAIL, value=persona.email)
    for place in persona.places:
        Membership.objects.create(
            person=person,
            organization=organizations[place.organization],
            position=place.position,
            is_chief=place.is_chief,
            is_admin=place.is_admin,
        )


@transaction.atomic
def register_portal() -> InformationSystem:
    """Register the portal as a system, with its present address and certificate."""
    redirect_uri = f"{settings.PORTAL_PUBLIC_URL}{CALLBACK_PATH}"
    check_redirect_uri(redirect_uri)
    system, _made = InformationSystem.objects.update_or_create(
        mnemonic=settings.ESIA_CLIENT_ID,
        defaults={
            "name": "Стенд ФРМР, личный кабинет",
            "redirect_uris": [redirect_uri],
            "scopes": [*_PORTAL_REQUIRED, *_PORTAL_OPTIONAL],
            "required_scopes": list(_PORTAL_REQUIRED),
            "allow_rsa_raw": True,
            "require_pkce": True,
            "callback_iss": True,
            "is_active": True,
        },
    )
    add_certificate(system, settings.ESIA_CLIENT_CERTIFICATE_FILE.read_bytes())
    return system


def add_certificate(system: InformationSystem, pem: bytes) -> SystemCertificate:
    """Register a certificate (PEM) for a system; the same one twice changes nothing."""
    certificate = x509.load_pem_x509_certificate(pem)
    row, _made = SystemCertificate.objects.update_or_create(
        sha256=certificate.fingerprint(hashes.SHA256()).hex().upper(),
        defaults={
            "system": system,
            "der": certificate.public_bytes(Encoding.DER),
            "not_after": certificate.not_valid_after_utc,
            "is_active": True,
        },
    )
    return row


def check_redirect_uri(address: str) -> None:
    """EM-09: an answer goes only to loopback or to a declared host of the stand, whoever registers the system.

    Raises:
        RegistrationRefused: the address leads elsewhere or cannot be compared exactly.
    """
    host = urlsplit(address).hostname
    if host not in settings.ALLOWED_HOSTS:
        raise RegistrationRefused(f"{params.REDIRECT_URI} {address}: not an address of the stand")


@dataclass(frozen=True)
class Prepared:
    """What `prepare` left behind: number of persons and mnemonic of the portal."""

    personas: int
    mnemonic: str


def prepare(*, now: datetime) -> Prepared:
    """Make everything that is absent; a second call changes nothing.

    Raises:
        RegistrationRefused: the portal's own address is not one of the stand.
    """
    make_keys(now=now)
    return Prepared(load_personas(now=now), register_portal().mnemonic)


@transaction.atomic
def reset_personas(*, now: datetime) -> int:
    """Make all test persons anew: locks, sessions, consents and changed contacts are gone."""
    Person.objects.all().delete()
    return load_personas(now=now)
