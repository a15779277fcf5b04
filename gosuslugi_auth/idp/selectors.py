"""What the provider reads: systems for the protocol core, persons for pages and answers."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from django.conf import settings
from django.db.models import QuerySet
from django.utils.translation import gettext as _

from frmr_portal.base.kit import dates
from frmr_portal.base.kit.text import short_name
from gosuslugi_auth.idp.models import AccessToken, AuthorizationRequest, Consent, Contact, EsiaSession, InformationSystem, Person, SystemCertificate
from gosuslugi_auth.idp.protocol.resources import ContactValue, PersonValue, RoleValue
from gosuslugi_auth.idp.protocol.values import RegisteredCertificate, RegisteredSystem, Subject
from gosuslugi_auth.wire import claims, scopes

_LEVELS = {Person.Level.CONFIRMED: claims.LEVEL_CONFIRMED, Person.Level.CHILD: claims.LEVEL_KID}


@dataclass(frozen=True)
class ConsentItem:
    """One scope on the consent page: what it is called, what it is for and what would be handed over."""

    scope: str
    label: str
    value: str
    is_required: bool


@dataclass(frozen=True)
class PersonaCard:
    """A test person as the picker, the terminal and the tests show it."""

    slug: str
    oid: int
    full_name: str
    initials: str
    login: str
    password: str
    about: str
    to_try: tuple[str, ...]


def registered_system(mnemonic: str) -> RegisteredSystem | None:
    """Return an active system for the protocol core; None is the core's own word for «unknown»."""
    row = InformationSystem.objects.filter(mnemonic=mnemonic, is_active=True).prefetch_related("certificates").first()
    if row is None:
        return None
    return RegisteredSystem(
        mnemonic=row.mnemonic,
        name=row.name,
        redirect_uris=frozenset(row.redirect_uris),
        scopes=frozenset(row.scopes),
        certificates=tuple(RegisteredCertificate(one.sha256, bytes(one.der), one.not_after, is_active=one.is_active) for one in row.certificates.all()),
        is_strict=row.profile == InformationSystem.Profile.STRICT,
        allow_rsa_raw=row.allow_rsa_raw,
        require_pkce=row.require_pkce,
    )


def owner_of_digest(digest: str) -> str:
    """Return the mnemonic of the system that a certificate digest is registered for, or an empty string."""
    return SystemCertificate.objects.filter(sha256=digest).values_list("system__mnemonic", flat=True).first() or ""


def issuer_of(system: InformationSystem) -> str:
    """Return the claim `iss`: the system's own, else the provider's address with a slash, as the real one writes it."""
    return system.token_issuer or f"{settings.ESIA_PUBLIC_URL}/"


def subject_of(person: Person) -> Subject:
    """Return what tokens say about a person."""
    return Subject(person.oid, person.is_trusted, _LEVELS.get(Person.Level(person.level), claims.LEVEL_PLAIN))


def person_value(person: Person) -> PersonValue:
    """Return a person with contacts and places of work for /rs."""
    return PersonValue(
        oid=person.oid,
        last_name=person.last_name,
        first_name=person.first_name,
        middle_name=person.middle_name,
        gender=person.gender,
        birth_date=person.birth_date,
        # a simplified account has no confirmed number yet
        snils="" if person.level == Person.Level.SIMPLIFIED else person.snils,
        is_trusted=person.is_trusted,
        is_deleted=person.state == Person.State.DELETED,
        updated_at=person.updated_at,
        contacts=tuple(ContactValue(one.pk, one.kind, one.value, one.is_verified) for one in person.contacts.order_by("pk")),
        roles=tuple(
            RoleValue(
                organization_oid=one.organization_id,
                full_name=one.organization.full_name,
                short_name=one.organization.short_name,
                ogrn=one.organization.ogrn,
                kind=one.organization.kind,
                is_chief=one.is_chief,
                is_admin=one.is_admin,
            )
            for one in person.memberships.select_related("organization").order_by("organization_id")
        ),
    )


def living_session(sid: str, *, now: datetime) -> EsiaSession | None:
    """Return a session that is neither ended nor idle nor too old; None means «nobody is signed in»."""
    try:
        key = UUID(sid)
    except ValueError:
        return None
    return living_sessions(now=now).filter(sid=key).select_related("person").first()


def living_sessions(*, now: datetime) -> QuerySet[EsiaSession]:
    """Return sessions of active persons inside the idle and total limits."""
    return EsiaSession.objects.filter(
        ended_at=None,
        seen_at__gt=now - timedelta(seconds=settings.SESSION_IDLE_SECONDS),
        auth_time__gt=now - timedelta(seconds=settings.SESSION_TOTAL_SECONDS),
        person__state=Person.State.ACTIVE,
    )


def open_request(request_id: str, *, now: datetime) -> AuthorizationRequest | None:
    """Return an authorization request that still waits for its person; None if it is over or unknown."""
    try:
        key = UUID(request_id)
    except ValueError:
        return None
    waiting = (AuthorizationRequest.Step.SIGN_IN, AuthorizationRequest.Step.CONSENT)
    return AuthorizationRequest.objects.filter(pk=key, step__in=waiting, expires_at__gt=now).select_related("system").first()


def consent_of(system: InformationSystem, person: Person, *, now: datetime) -> Consent | None:
    """Return the living consent of a person to a system; None means that it has to be asked."""
    return Consent.objects.filter(system=system, person=person, withdrawn_at=None, expires_at__gt=now).first()


def token_by_digest(digest: str) -> AccessToken | None:
    """Return a token with its session and person; None for a string that the provider never issued."""
    return AccessToken.objects.filter(digest=digest).select_related("session__person").first()


def persona_cards(limit: int | None = None) -> list[PersonaCard]:
    """Return the cards of test persons in the order of their numbers: all of them, or the first `limit`."""
    return [persona_card(person) for person in Person.objects.order_by("oid")[:limit]]


def persona_card(person: Person) -> PersonaCard:
    """Return the card of one person; the printed password is the one that personas are made with."""
    return PersonaCard(
        slug=person.slug,
        oid=person.oid,
        full_name=person.full_name,
        initials=person.initials,
        login=person.snils,
        password=printed_password(person.oid),
        about=person.about,
        to_try=tuple(person.to_try),
    )


def printed_password(oid: int) -> str:
    """Return the password printed on a persona card: `Stand-07` for the person number 7."""
    return f"Stand-{oid % 100:02d}"


def card_of(slug: str) -> PersonaCard | None:
    """Return the card of a persona by its short name; None for another word."""
    person = Person.objects.filter(slug=slug).first()
    return persona_card(person) if person else None


def phone_of(person: Person) -> str:
    """Return the phone that codes are sent to, in the form of the wire, or an empty string."""
    return person.contacts.filter(kind=Contact.Kind.MOBILE).values_list("value", flat=True).first() or ""


def consent_items(request: AuthorizationRequest, person: Person) -> list[ConsentItem]:
    """Return what a system asks for, in words, with the values of this person; `openid` is not a datum."""
    value = person_value(person)
    contact = {one.kind: one.value for one in value.contacts}
    words = {
        scopes.FULLNAME: (_("Фамилия, имя, отчество"), person.full_name),
        scopes.SNILS: (_("СНИЛС"), value.snils),
        scopes.USR_ORG: (_("Организации"), "; ".join(one.short_name for one in value.roles)),
        scopes.BIRTHDATE: (_("Дата рождения"), dates.words(person.birth_date)),
        scopes.GENDER: (_("Пол"), person.get_gender_display()),
        scopes.EMAIL: (_("Электронная почта"), contact.get(Contact.Kind.EMAIL, "")),
        scopes.MOBILE: (_("Телефон"), contact.get(Contact.Kind.MOBILE, "")),
    }
    asked = [one for one in request.scopes if one != scopes.OPENID]
    found = [(one, *words.get(one, (one, ""))) for one in asked]
    return [ConsentItem(scope, label, text, is_required=scope in request.system.required_scopes) for scope, label, text in found]


def names_of(owners: Iterable[str]) -> dict[str, str]:
    """Return oid → «Тестова А. С.» for the mailbox of the stand."""
    found = Person.objects.filter(oid__in=[int(owner) for owner in owners if owner.isdecimal()])
    return {str(person.oid): short_name(person.last_name, person.first_name, person.middle_name) for person in found}
