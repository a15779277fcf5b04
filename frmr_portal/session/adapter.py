"""Joins the identity provider and the cabinet: a person becomes an account.

allauth keeps its flow (session rotation, signals, stages); everything of it that could make an account in
another way — a form, an e-mail, a password — is closed here.
"""

from typing import Any, NoReturn, cast

from allauth.account.adapter import DefaultAccountAdapter
from allauth.core.exceptions import ImmediateHttpResponse
from allauth.socialaccount.adapter import DefaultSocialAccountAdapter
from allauth.socialaccount.models import SocialLogin
from django.contrib.auth.base_user import AbstractBaseUser
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect

from frmr_portal.base.clock import services as clock
from frmr_portal.base.kit.values import DoorRequest
from frmr_portal.session import marks, services
from gosuslugi_auth.client.failures import SignInFailed, Unconfirmed
from gosuslugi_auth.client.oauth import EsiaLogin


class AccountAdapter(DefaultAccountAdapter):
    """What the portal wants from accounts."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        """C6: nobody registers; an account comes with the first sign-in."""
        return False

    def post_login(self, request: HttpRequest, user: AbstractBaseUser, **kwargs: Any) -> HttpResponse:
        """Start the life of the session that Django has just rotated (SE-01)."""
        marks.begin(request.session, kwargs["signal_kwargs"]["sociallogin"].identity, now=clock.now())
        response: HttpResponse = super().post_login(request, user, **kwargs)
        return response

    def add_message(self, *args: Any, **kwargs: Any) -> None:
        """Stay silent: the home page says what happened, allauth's own sentences are not needed."""


class SocialAccountAdapter(DefaultSocialAccountAdapter):
    """What the portal wants from persons of the provider."""

    def is_open_for_signup(self, request: HttpRequest, sociallogin: SocialLogin) -> bool:
        """C6: the registration form of allauth can never be reached."""
        return False

    def authenticate_by_email(self, sociallogin: SocialLogin) -> None:
        """OA-24: an e-mail address is never a key."""

    def pre_social_login(self, request: HttpRequest, sociallogin: SocialLogin) -> None:
        """Bind the person to an account, so that allauth finds an existing user and has nothing to ask."""
        door, login = cast("DoorRequest", request), cast("EsiaLogin", sociallogin)
        try:
            login.user = services.open_session(
                person=login.person,
                identity=login.identity,
                request_id=door.request_id,
                now=clock.now(),
                replaces=door.portal.account_id if door.portal else None,
            )
        except SignInFailed as failure:
            refuse(door, failure)

    def on_authentication_error(
        self, request: HttpRequest, provider: Any, error: Any = None, exception: Exception | None = None, extra_context: Any = None
    ) -> None:
        """Explain a sign-in that failed before there was a person."""
        refuse(cast("DoorRequest", request), exception if isinstance(exception, SignInFailed) else SignInFailed())


def refuse(request: DoorRequest, failure: SignInFailed) -> NoReturn:
    """Record a refusal and lead the browser to the page that explains it, away from code and state (OA-30).

    Raises:
        ImmediateHttpResponse: always; it is how allauth's flow is left.
    """
    now = clock.now()
    services.refuse_sign_in(failure=failure, request_id=request.request_id, now=now)
    marks.keep_refusal(request.session, marks.Refusal(failure.reason, failure.code, request.request_id, now.isoformat()))
    page = "session:need_confirmed" if isinstance(failure, Unconfirmed) else "session:refused"
    raise ImmediateHttpResponse(redirect(page)) from failure
