"""Answers of the provider's pages."""

from datetime import datetime
from typing import Any
from urllib.parse import urlencode, urlsplit

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.csp import CSP, build_policy

from gosuslugi_auth.idp.models import AuthorizationRequest, EsiaSession
from gosuslugi_auth.idp.protocol.values import Refusal
from gosuslugi_auth.idp.services import authorization


class SeeOther(HttpResponseRedirect):
    """OA-29: credentials go by POST and are answered 303, so that they can never be sent on."""

    status_code = 303


def step(name: str, request_id: str = "", **query: str) -> SeeOther:
    """Lead to a step of the sign-in, with the authorization request that it serves."""
    given = {"request": request_id, **query}
    encoded = urlencode({key: value for key, value in given.items() if value})
    return SeeOther(f"{reverse(name)}?{encoded}" if encoded else reverse(name))


def page(request: HttpRequest, template: str, context: dict[str, Any], *, serves: AuthorizationRequest | None = None, status: int = 200) -> HttpResponse:
    """Render a page; its forms may lead to the origin of the one address that the sign-in serves.

    Without that origin in `form-action` a browser blocks the redirect that follows the form.
    """
    response = render(request, template, {"serves": serves, **context}, status=status)
    if serves:
        parts = urlsplit(serves.redirect_uri)
        policy = {**settings.SECURE_CSP, "form-action": [CSP.SELF, f"{parts.scheme}://{parts.netloc}"]}
        response.headers[str(CSP.HEADER_ENFORCE)] = build_policy(policy)
    return response


def refused(request: HttpRequest, refusal: Refusal, *, client_id: str, now: datetime) -> HttpResponse:
    """Answer a refused authorization request: a redirect once the address is trusted, a page of our own before."""
    if refusal.redirect_uri:
        return HttpResponseRedirect(authorization.refusal_redirect(refusal, client_id=client_id).url)
    return page(request, "gosuslugi_auth/refusal.html", {"refusal": refusal, "now": now}, status=400)


def answered(request: HttpRequest, outcome: authorization.ConsentNeeded | authorization.Redirect) -> HttpResponse:
    """Go where the request leads: to the consent page or back to the system."""
    if isinstance(outcome, authorization.ConsentNeeded):
        return step("esia:consent", str(outcome.request.pk))
    return SeeOther(outcome.url) if request.method == "POST" else HttpResponseRedirect(outcome.url)


def go_on(request: HttpRequest, serves: AuthorizationRequest | None, session: EsiaSession, *, now: datetime, request_id: str) -> HttpResponse:
    """After the sign-in: back to the system, or to the provider's own start page."""
    if serves is None:
        return step("esia:start")
    try:
        return answered(request, authorization.proceed(serves, session, now=now, request_id=request_id))
    except authorization.RequestIsOver:
        return over(request, now=now)


def over(request: HttpRequest, *, now: datetime) -> HttpResponse:
    """Say that the authorization request has ended; the sign-in begins again at the system."""
    return page(request, "gosuslugi_auth/request_over.html", {"now": now}, status=400)
