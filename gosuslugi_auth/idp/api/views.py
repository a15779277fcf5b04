"""ac, te and rs: they read raw parameters, because Django would repair what the protocol must refuse."""

from datetime import datetime
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.views.decorators.csrf import csrf_exempt

from frmr_portal.base.clock import services as clock
from frmr_portal.base.kit.http import reads_raw_parameters
from gosuslugi_auth.idp.protocol import resources
from gosuslugi_auth.idp.protocol.parameters import RawRequest
from gosuslugi_auth.idp.protocol.values import Refusal
from gosuslugi_auth.idp.services import authorization, exchange, reading
from gosuslugi_auth.idp.ui import browser, responses
from gosuslugi_auth.wire import errors, params, paths, scopes

_JSON = "application/json;charset=UTF-8"
_UNICODE = {"ensure_ascii": False}


def _id(request: HttpRequest) -> str:
    found: str = getattr(request, "request_id", "")
    return found


def _raw(request: HttpRequest) -> RawRequest:
    """Return a request as it came; WSGI hands the bytes of the query over as Latin-1 (PEP 3333)."""
    query = str(request.META.get("QUERY_STRING", "")).encode("latin-1", errors="replace")
    content_type = (request.content_type or "").lower() if request.method == "POST" else ""
    # Django has parsed a multipart body already, and the protocol refuses it whatever it holds
    is_multipart = content_type == "multipart/form-data"
    return RawRequest(query, b"" if is_multipart else request.body, content_type)


@csrf_exempt  # a system's browser redirect carries no token of ours; the signed request is its own proof
@reads_raw_parameters
def authorize(request: HttpRequest) -> HttpResponse:
    """`/aas/oauth2/v2/ac`: check a signed request, then lead the person through sign-in and consent."""
    if request.method not in {"GET", "POST"}:
        return _method_not_allowed("GET, POST")
    now = clock.now()
    try:
        serves = authorization.begin(_raw(request), now=now, request_id=_id(request))
    except Refusal as refusal:
        return responses.refused(request, refusal, client_id=_client_id(request), now=now)
    browser.bring(request, serves)
    session = browser.session(request, now=now)
    if session is None:
        return responses.step("esia:sign_in", str(serves.pk))
    return responses.go_on(request, serves, session, now=now, request_id=_id(request))


def _client_id(request: HttpRequest) -> str:
    return request.GET.get(params.CLIENT_ID, "") or request.POST.get(params.CLIENT_ID, "")


@csrf_exempt  # called by systems, not by browsers
@reads_raw_parameters
def token(request: HttpRequest) -> HttpResponse:
    """`/aas/oauth2/v3/te`: exchange a code for tokens; every refusal is 400 with a code."""
    if request.method != "POST":
        return _method_not_allowed("POST")
    try:
        answer = exchange.exchange(_raw(request), now=clock.now(), request_id=_id(request))
    except Refusal as refusal:
        body = {params.ERROR_DESCRIPTION: refusal.description, params.STATE: refusal.state, params.ERROR: str(refusal.error.oauth)}
        return JsonResponse(body, status=400, content_type=_JSON, json_dumps_params=_UNICODE)
    return JsonResponse(answer.body, content_type=_JSON, json_dumps_params=_UNICODE)


def person(request: HttpRequest, oid: str) -> HttpResponse:
    """`/rs/prns/{oid}`: the person as far as the scopes of the token allow."""
    return _answer(request, oid, lambda read: resources.person(read.person, read.granted), model="prn/Person-3")


def contacts(request: HttpRequest, oid: str) -> HttpResponse:
    """`/rs/prns/{oid}/ctts`: addresses of the contacts, or the contacts themselves with `embed=(elements)`."""

    def body(read: reading.Reading) -> dict[str, Any]:
        found = resources.visible_contacts(read.person, read.granted)
        if "elements" in request.GET.get("embed", ""):
            return resources.collection(resources.contact(one) for one in found)
        return resources.collection(request.build_absolute_uri(f"/rs/prns/{oid}/{paths.CONTACTS}/{one.id}") for one in found)

    needs = frozenset({scopes.EMAIL, scopes.MOBILE, scopes.CONTACTS})
    return _answer(request, oid, body, needs=needs, model="ctts/Contacts-1")


def contact(request: HttpRequest, oid: str, element_id: str) -> HttpResponse:
    """`/rs/prns/{oid}/ctts/{id}`: one contact."""

    def body(read: reading.Reading) -> dict[str, Any]:
        for one in resources.visible_contacts(read.person, read.granted):
            if one.id == int(element_id):
                return resources.contact(one)
        raise reading.ReadingRefused(errors.RESOURCE_UNKNOWN)

    needs = frozenset({scopes.EMAIL, scopes.MOBILE, scopes.CONTACTS})
    return _answer(request, oid, body, needs=needs, model="ctts/Contact-1")


def roles(request: HttpRequest, oid: str) -> HttpResponse:
    """`/rs/prns/{oid}/roles`: places of work, always objects."""
    return _answer(request, oid, lambda read: resources.roles(read.person), needs=frozenset({scopes.USR_ORG}), model="prn/Roles-1")


def unknown(_request: HttpRequest, **_rest: Any) -> HttpResponse:
    """Say plainly that the stand does not emulate an address (esia.md 2.5)."""
    return _refused(errors.RESOURCE_UNKNOWN)


def certificate(_request: HttpRequest) -> HttpResponse:
    """`/emulator/esia.crt`: the certificate that verifies tokens; the real service has no JWKS either."""
    return HttpResponse(settings.ESIA_SIGNING_CERTIFICATE_FILE.read_bytes(), content_type="application/x-pem-file")


def _answer(request: HttpRequest, oid: str, body: Any, *, model: str, needs: resources.Granted = frozenset(), now: datetime | None = None) -> HttpResponse:
    if request.method not in {"GET", "HEAD"}:
        return _refused(errors.METHOD_NOT_ALLOWED, allow="GET")
    scheme, _, bearer = request.headers.get("Authorization", "").partition(" ")
    token_text = bearer.strip() if scheme.lower() == "bearer" else ""
    try:
        read = reading.read_person(bearer=token_text, oid=int(oid), needs=needs, now=now or clock.now(), request_id=_id(request))
        content = body(read)
    except reading.ReadingRefused as refused:
        return _refused(refused.error)
    schema = request.build_absolute_uri(f"/rs/model/{model}")
    response = JsonResponse(content, content_type=f'application/json; schema="{schema}"', json_dumps_params=_UNICODE)
    if "eTag" in content:
        response["ETag"] = content["eTag"]
    return response


def _refused(error: errors.ResourceError, *, allow: str = "") -> HttpResponse:
    response = JsonResponse({"code": error.code, "message": error.message}, status=error.status)
    if allow:
        response["Allow"] = allow
    return response


def _method_not_allowed(allow: str) -> HttpResponse:
    return _refused(errors.METHOD_NOT_ALLOWED, allow=allow)
