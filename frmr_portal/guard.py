"""What the stand refuses to be: a page for phishing, or a training toy in production (EM-01, EM-02, EM-03).

The settings ask here at load time, so the web servers, the worker and `manage.py` all refuse; the
system checks in `checks.py` ask the same questions and give each answer its code.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final
from urllib.parse import urlsplit

from frmr_portal.base.kit import hosts

PROFILES: Final = ("stand", "development", "production")
# Django's own check security.W009 asks for the same; HMAC-SHA256 keys shorter than that add no safety
SECRET_CHARACTERS: Final = 50
SECRET_VARIETY: Final = 5
KNOWN_SECRETS: Final = ("django-insecure-", "changeme", "change-me", "secret", "password", "example")


class UnsafeStand(SystemExit):
    """The process ends before it serves anything; the text names every reason."""


@dataclass(frozen=True)
class Posture:
    """The settings that decide whether the stand is safe.

    Attributes:
        profile: STAND_PROFILE.
        side: portal or provider.
        debug: DEBUG.
        mock: whether the mock provider is served.
        bind: address that the web servers listen on.
        allow_remote: an explicit wish to listen outside loopback.
        portal_url: address of the portal in the browser.
        esia_url: address of the provider in the browser.
        internal_url: address of the provider for the portal's own calls.
        allowed_hosts: names that the servers answer to.
        secret_key: key that signs sessions.
    """

    profile: str
    side: str
    debug: bool
    mock: bool
    bind: str
    allow_remote: bool
    portal_url: str
    esia_url: str
    internal_url: str
    allowed_hosts: tuple[str, ...]
    secret_key: str

    @property
    def is_production(self) -> bool:
        """Tell whether real people may meet this process."""
        return self.profile == "production"


@dataclass(frozen=True)
class Refusal:
    """One reason not to start.

    Attributes:
        code: stable id, `stand.E…`.
        text: what is wrong, for the person who starts the stand.
        hint: what to change.
    """

    code: str
    text: str
    hint: str


def refuse_unsafe(posture: Posture) -> None:
    """Let the process go on only in a safe posture.

    Raises:
        UnsafeStand: at least one refusal stands.
    """
    found = list(refusals(posture))
    if found:
        reasons = "\n".join(f"  {one.code}: {one.text} {one.hint}" for one in found)
        raise UnsafeStand(f"Стенд не запускается:\n{reasons}")


def refusals(posture: Posture) -> Iterator[Refusal]:
    """Yield every reason not to start."""
    if posture.profile not in PROFILES:
        yield Refusal("stand.E001", f"Неизвестный профиль STAND_PROFILE={posture.profile}.", f"Возможны: {', '.join(PROFILES)}.")
    yield from _about_mock(posture)
    yield from _about_hosts(posture)
    yield from _about_bind(posture)
    if posture.is_production:
        yield from _about_production(posture)


def _about_mock(posture: Posture) -> Iterator[Refusal]:
    if posture.is_production and posture.mock:
        yield Refusal("stand.E002", "Учебный вход включён в боевом профиле.", "Уберите ESIA_MOCK или смените STAND_PROFILE.")
    if posture.side == "provider" and not posture.mock:
        yield Refusal("stand.E003", "Учебный вход выключен, его сервер не запускается.", "Задайте ESIA_MOCK=true вне боевого профиля.")


def _about_hosts(posture: Posture) -> Iterator[Refusal]:
    names = [*posture.allowed_hosts, *(_host(url) for url in (posture.portal_url, posture.esia_url, posture.internal_url))]
    for name in dict.fromkeys(names):
        try:
            hosts.refuse_real_host(name)
        except hosts.RealHost:
            yield Refusal("stand.E004", f"Имя {name} принадлежит настоящей службе или похоже на неё.", "Задайте другое имя.")
    public = [name for name in posture.allowed_hosts if not hosts.is_private(name)]
    if posture.mock and not posture.debug and public:
        yield Refusal("stand.E005", f"Учебный стенд отвечает на имя {public[0]} из открытой сети.", "Оставьте в ALLOWED_HOSTS частные имена.")
    if _host(posture.portal_url) == _host(posture.esia_url):
        # ports do not separate cookies, host names do (ASVS 3.5.4)
        yield Refusal("stand.E006", "У портала и учебного входа одно имя узла.", "Разведите PORTAL_PUBLIC_URL и ESIA_PUBLIC_URL.")


def _about_bind(posture: Posture) -> Iterator[Refusal]:
    if not posture.allow_remote and not hosts.is_loopback(posture.bind):
        yield Refusal("stand.E007", f"Адрес BIND={posture.bind} виден из сети.", "Если это нужно, задайте ещё STAND_ALLOW_REMOTE=1.")


def _about_production(posture: Posture) -> Iterator[Refusal]:
    if posture.debug:
        yield Refusal("stand.E008", "Отладочные страницы включены в боевом профиле.", "Выключите DEBUG.")
    if is_weak_secret(posture.secret_key):
        yield Refusal("stand.E009", "SECRET_KEY короткий или известный.", f"Нужно не меньше {SECRET_CHARACTERS} случайных знаков.")
    for name, url in (("PORTAL_PUBLIC_URL", posture.portal_url), ("ESIA_PUBLIC_URL", posture.esia_url)):
        if urlsplit(url).scheme != "https":
            yield Refusal("stand.E010", f"Адрес {name}={url} без TLS.", "В боевом профиле нужен https.")


def is_weak_secret(secret: str) -> bool:
    """Tell whether a secret is too short, too plain, or begins like a well-known placeholder."""
    return len(secret) < SECRET_CHARACTERS or len(set(secret)) < SECRET_VARIETY or secret.lower().startswith(KNOWN_SECRETS)


def _host(url: str) -> str:
    return urlsplit(url).hostname or ""
