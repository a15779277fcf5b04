"""How the portal is registered at the provider: the settings and key files of this installation."""

from dataclasses import dataclass
from urllib.parse import urlencode

from cryptography import x509
from cryptography.hazmat.primitives.asymmetric import rsa
from django.conf import settings
from django.urls import reverse

from frmr_portal.base.kit import keys
from gosuslugi_auth.client import failures, tokens
from gosuslugi_auth.wire import params, paths


@dataclass(frozen=True)
class Registration:
    """How the portal is registered at the provider, and what it knows about the provider.

    Attributes:
        client_id: mnemonic of the system.
        scope: access scopes in a stable order, separated by spaces; the order is signed.
        redirect_uri: the registered address, exact.
        key: signs requests.
        certificate: the one that the provider has registered for `key`.
        public_url: base address of the provider in the browser, no slash at the end.
        internal_url: base address of the provider for the portal's own calls.
        expectation: what is demanded of tokens.
    """

    client_id: str
    scope: str
    redirect_uri: str
    key: rsa.RSAPrivateKey
    certificate: x509.Certificate
    public_url: str
    internal_url: str
    expectation: tokens.Expectation


def current() -> Registration:
    """Return the registration of this installation.

    Raises:
        ClientNotReady: a key or certificate file is absent or broken.
    """
    try:
        key = keys.read_private_key(settings.ESIA_CLIENT_KEY_FILE)
        certificate = keys.read_certificate(settings.ESIA_CLIENT_CERTIFICATE_FILE)
        trusted = keys.read_certificate(settings.ESIA_TRUSTED_CERTIFICATE_FILE)
    except keys.KeyNotUsable as error:
        raise failures.ClientNotReady from error
    return Registration(
        client_id=settings.ESIA_CLIENT_ID,
        scope=" ".join(settings.ESIA_SCOPE),
        redirect_uri=callback_url(),
        key=key,
        certificate=certificate,
        public_url=settings.ESIA_PUBLIC_URL,
        internal_url=settings.ESIA_INTERNAL_URL,
        expectation=tokens.Expectation(certificate=trusted, issuer=issuer(), client_id=settings.ESIA_CLIENT_ID, production=settings.PRODUCTION),
    )


def issuer() -> str:
    """Return the name under which the provider signs tokens and callbacks."""
    return f"{settings.ESIA_PUBLIC_URL}/"


def callback_url() -> str:
    """Return the registered redirect address; it never follows the Host header of a request."""
    return f"{settings.PORTAL_PUBLIC_URL}{reverse('esia_callback')}"


def sign_out_url(*, redirect_url: str) -> str:
    """Return the address that ends the session of the provider and then leads to `redirect_url`."""
    query = {params.CLIENT_ID: settings.ESIA_CLIENT_ID, params.REDIRECT_URL: redirect_url}
    return f"{settings.ESIA_PUBLIC_URL}{paths.LOGOUT}?{urlencode(query)}"
