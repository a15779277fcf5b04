"""Pages of the sign-in. Every step checks that the step before it was done (SE-12)."""

from datetime import datetime
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from frmr_portal.base.clock import services as clock
from frmr_portal.base.kit.text import mask_phone
from frmr_portal.base.mailbox import selectors as mailbox
from gosuslugi_auth.idp import selectors
from gosuslugi_auth.idp.models import AuthorizationRequest, OneTimeCode
from gosuslugi_auth.idp.services import authorization, refusals
from gosuslugi_auth.idp.services import sign_in as signing_in
from gosuslugi_auth.idp.services import sign_out as signing_out
from gosuslugi_auth.idp.ui import browser, responses
from gosuslugi_auth.idp.ui.forms import CodeForm, SignInForm
from gosuslugi_auth.wire import params

# as many cards stand beside the sign-in form; the rest is one click away
_PICKER = 8


def _id(request: HttpRequest) -> str:
    found: str = getattr(request, "request_id", "")
    return found


def _serves(request: HttpRequest, *, now: datetime) -> AuthorizationRequest | None:
    return browser.brought(request, request.GET.get("request", ""), now=now)


@require_GET
def start(request: HttpRequest) -> HttpResponse:
    """Say what this is and what to do next (R8)."""
    now = clock.now()
    return responses.page(request, "gosuslugi_auth/start.html", {"session": browser.session(request, now=now)})


@require_GET
def personas(request: HttpRequest) -> HttpResponse:
    """Show the cards of all test persons."""
    return responses.page(request, "gosuslugi_auth/personas.html", {"cards": selectors.persona_cards()})


@require_http_methods(["GET", "POST"])
def sign_in(request: HttpRequest) -> HttpResponse:
    """Ask for login and password, or fill them in for a picked persona."""
    now = clock.now()
    serves = _serves(request, now=now)
    if request.GET.get("request") and serves is None:
        return responses.over(request, now=now)
    if session := browser.session(request, now=now):
        return responses.go_on(request, serves, session, now=now, request_id=_id(request))
    if slug := request.POST.get("persona", ""):
        return responses.step("esia:sign_in", request.GET.get("request", ""), persona=slug)
    form, refused = _submitted_password(request, now=now)
    if form.is_valid() and refused is None and request.method == "POST":
        return responses.step("esia:sign_in_code")
    return responses.page(
        request,
        "gosuslugi_auth/sign_in.html",
        {"form": form, "refused": refused, "now": now, "cards": selectors.persona_cards(_PICKER), "query": request.GET.urlencode()},
        serves=serves,
    )


def _submitted_password(request: HttpRequest, *, now: datetime) -> tuple[SignInForm, refusals.SignInRefused | None]:
    """Check the posted form; on success the browser waits for a code."""
    if request.method != "POST":
        slug = request.GET.get("persona", "")
        return (_form_for(slug) if slug else SignInForm()), None
    form = SignInForm(request.POST)
    if not form.is_valid():
        return form, None
    try:
        code = signing_in.submit_password(**form.cleaned_data, now=now, request_id=_id(request))
    except refusals.SignInRefused as refused:
        form.add_error(refused.field, refused.message)
        form.warn_of_outer_space()
        return form, refused
    browser.wait_for_code(request, browser.Pending(code.pk, request.GET.get("request", "")))
    return form, None


def _form_for(slug: str) -> SignInForm:
    card = selectors.card_of(slug)
    if card is None:
        return SignInForm()
    return SignInForm(initial={"login": card.login, "password": card.password}).for_persona()


@require_http_methods(["GET", "POST"])
def sign_in_code(request: HttpRequest) -> HttpResponse:
    """Ask for the code from the SMS."""
    now = clock.now()
    pending = browser.pending(request)
    if pending is None:
        return responses.step("esia:sign_in", request.GET.get("request", ""))
    if "resend" in request.POST:
        return _resend(request, pending, now=now)
    form = CodeForm(request.POST or None)
    if not form.is_valid():
        return _code_page(request, pending, {"form": form, "refused": None}, now=now)
    try:
        session = signing_in.submit_code(code_id=pending.code_id, value=form.cleaned_data["code"], now=now, request_id=_id(request))
    except refusals.SignInRefused as refused:
        form.add_error("code", refused.message)
        return _code_page(request, pending, {"form": form, "refused": refused}, now=now)
    browser.signed_in(request, session)
    serves = browser.brought(request, pending.request_id, now=now)
    return responses.go_on(request, serves, session, now=now, request_id=_id(request))


def _resend(request: HttpRequest, pending: browser.Pending, *, now: datetime) -> HttpResponse:
    try:
        code = signing_in.resend_code(code_id=pending.code_id, now=now, request_id=_id(request))
    except refusals.SignInRefused as refused:
        form = CodeForm()
        return _code_page(request, pending, {"form": form, "refused": refused}, now=now)
    browser.wait_for_code(request, browser.Pending(code.pk, pending.request_id))
    return responses.step("esia:sign_in_code")


def _code_page(request: HttpRequest, pending: browser.Pending, context: dict[str, Any], *, now: datetime) -> HttpResponse:
    code = OneTimeCode.objects.select_related("person").get(pk=pending.code_id)
    return responses.page(
        request,
        "gosuslugi_auth/sign_in_code.html",
        {
            **context,
            "now": now,
            "code": code,
            "phone": mask_phone(selectors.phone_of(code.person)),
            "items": mailbox.box(str(code.person_id), now=now),
        },
        serves=browser.brought(request, pending.request_id, now=now),
    )


@require_http_methods(["GET", "POST"])
def consent(request: HttpRequest) -> HttpResponse:
    """Ask the person what the system may read."""
    now = clock.now()
    serves = _serves(request, now=now)
    if serves is None:
        return responses.over(request, now=now)
    session = browser.session(request, now=now)
    if session is None:
        return responses.step("esia:sign_in", str(serves.pk))
    items = selectors.consent_items(serves, session.person)
    if request.method == "POST":
        return _decide(request, serves, session, [item.scope for item in items if not item.is_required], now=now)
    context = {"session": session, "required": [one for one in items if one.is_required], "optional": [one for one in items if not one.is_required]}
    return responses.page(request, "gosuslugi_auth/consent.html", {**context, "now": now}, serves=serves)


def _decide(request: HttpRequest, serves: AuthorizationRequest, session: Any, optional: list[str], *, now: datetime) -> HttpResponse:
    if "deny" in request.POST:
        return responses.answered(request, authorization.deny(serves, session, now=now, request_id=_id(request)))
    # whatever else a form may carry is not a choice that was offered
    chosen = [one for one in request.POST.getlist("scope") if one in optional]
    try:
        return responses.answered(request, authorization.allow(serves, session, chosen=chosen, now=now, request_id=_id(request)))
    except authorization.RequestIsOver:
        return responses.over(request, now=now)


@require_POST
def sign_out(request: HttpRequest) -> HttpResponse:
    """End the provider's session from its own page."""
    signing_out.end_session(sid=browser.sid(request), now=clock.now(), request_id=_id(request))
    browser.forget(request)
    return responses.step("esia:signed_out")


@require_GET
def signed_out(request: HttpRequest) -> HttpResponse:
    """Say that the session has ended."""
    return responses.page(request, "gosuslugi_auth/signed_out.html", {})


@require_GET
def logout(request: HttpRequest) -> HttpResponse:
    """End the session for a system: `client_id` and, sic, `redirect_url` (esia.md 2.2)."""
    signing_out.end_session(sid=browser.sid(request), now=clock.now(), request_id=_id(request))
    browser.forget(request)
    back = signing_out.way_back(client_id=request.GET.get(params.CLIENT_ID, ""), redirect_url=request.GET.get(params.REDIRECT_URL, ""))
    return responses.SeeOther(back) if back else responses.step("esia:signed_out")
