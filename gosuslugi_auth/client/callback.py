"""What comes back from ac: the parameters of the callback, checked in a fixed order before the code is used."""

from datetime import datetime
from typing import Any, Final

from allauth.socialaccount.models import SocialToken
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest

from gosuslugi_auth.client import failures, registration
from gosuslugi_auth.client.oauth import EsiaLogin
from gosuslugi_auth.client.provider import EsiaProvider
from gosuslugi_auth.wire import claims, params

STATE_SECONDS: Final = 600


def login_from(request: HttpRequest, provider: EsiaProvider, *, now: datetime) -> EsiaLogin:
    """Turn a callback into a person who has proved who they are.

    Raises:
        SignInFailed: anything is wrong; the code has not been exchanged unless every parameter was right.
    """
    state = _used_state(request, provider, now)
    if request.GET.getlist(params.ISSUER) != [registration.issuer()]:
        raise failures.IssuerWrong
    if params.ERROR in request.GET:
        raise failures.refused(_only(request, params.ERROR), request.GET.get(params.ERROR_DESCRIPTION, ""))
    code = _only(request, params.CODE)
    adapter = provider.get_oauth2_adapter(request)
    response = adapter.get_client(request, provider.app).get_access_token(code, pkce_code_verifier=state["pkce_code_verifier"])
    login: EsiaLogin = adapter.complete_login(request, provider.app, SocialToken(token=response[claims.ACCESS_TOKEN]), response=response)
    login.state = state
    return login


def _used_state(request: HttpRequest, provider: EsiaProvider, now: datetime) -> dict[str, Any]:
    # OA-14: looked up in this very session and forgotten at once
    try:
        state: dict[str, Any] = provider.unstash_redirect_state(request, _only(request, params.STATE))
    except (PermissionDenied, failures.CallbackIncomplete) as error:
        raise failures.StateUnknown from error
    if now.timestamp() - state["stashed_at"] > STATE_SECONDS:
        raise failures.StateUnknown
    return state


def _only(request: HttpRequest, name: str) -> str:
    # OA-02: of a repeated parameter neither the first nor the last wins
    found = request.GET.getlist(name)
    if len(found) != 1 or not found[0]:
        raise failures.CallbackIncomplete(name)
    return found[0]
