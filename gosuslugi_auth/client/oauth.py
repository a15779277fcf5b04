"""Where the dialect of ЕСИА meets allauth: the client that signs, and the adapter that reads tokens and the person."""

from typing import Any

from allauth.socialaccount.adapter import get_adapter
from allauth.socialaccount.models import SocialAccount, SocialLogin, SocialToken
from allauth.socialaccount.providers.oauth2.client import OAuth2Client
from allauth.socialaccount.providers.oauth2.views import OAuth2Adapter
from django.http import HttpRequest

from frmr_portal.base.clock import services as clock
from gosuslugi_auth.client import exchange, registration
from gosuslugi_auth.client.person import EsiaPerson
from gosuslugi_auth.client.tokens import Identity
from gosuslugi_auth.client.transport import Deadline
from gosuslugi_auth.wire import claims, paths

PROVIDER_ID = "esia"


class EsiaLogin(SocialLogin):
    """A person who has proved who they are, on the way to an account."""

    person: EsiaPerson
    identity: Identity


class EsiaClient(OAuth2Client):
    """Signs every request; scopes keep their order, because the order is signed."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        """Start the time that this sign-in may take."""
        super().__init__(*args, **kwargs)
        self.deadline = Deadline()

    def get_redirect_url(self, authorization_url: str, scope: list[str], extra_params: dict[str, Any]) -> str:
        """Return the signed address of ac."""
        challenge = extra_params["code_challenge"].decode("ascii")
        return exchange.authorization_url(registration.current(), state=str(self.state), code_challenge=challenge, now=clock.now())

    def get_access_token(self, code: str, pkce_code_verifier: str | None = None, extra_data: dict[str, Any] | None = None) -> dict[str, Any]:
        """Exchange the code; the tokens in the answer are already checked."""
        grant = exchange.exchange_code(registration.current(), code=code, code_verifier=pkce_code_verifier or "", now=clock.now(), deadline=self.deadline)
        return {claims.ACCESS_TOKEN: grant.access_token, "grant": grant, "deadline": self.deadline}


class EsiaAdapter(OAuth2Adapter):
    """Answers allauth's questions about the provider."""

    provider_id = PROVIDER_ID
    client_class = EsiaClient
    authorize_url = paths.AUTHORIZE_V2
    access_token_url = paths.TOKEN_V3

    def get_callback_url(self, request: HttpRequest, app: Any) -> str:
        """Return the registered address, whatever host the request came to."""
        return registration.callback_url()

    def complete_login(self, request: HttpRequest, app: Any, token: SocialToken, **kwargs: Any) -> EsiaLogin:
        """Fetch the person; nothing about them is kept in the social account except the oid."""
        grant = kwargs["response"]["grant"]
        login = EsiaLogin(
            account=SocialAccount(provider=PROVIDER_ID, uid=str(grant.identity.oid), extra_data={}),
            provider=get_adapter(request).get_provider(request, PROVIDER_ID),
        )
        login.identity = grant.identity
        login.person = exchange.fetch_person(registration.current(), grant, deadline=kwargs["response"]["deadline"])
        return login
