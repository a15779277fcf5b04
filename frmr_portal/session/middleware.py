"""The front door of the portal: life of a session, the typed `request.portal`, and nobody anonymous past the door."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any, Final

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse

from frmr_portal.base.clock import services as clock
from frmr_portal.base.kit.values import DoorRequest
from frmr_portal.session import lifecycle

# pages of the kit exist on both sides and are for everybody
_PUBLIC_NAMESPACES: Final = frozenset({"kit"})


class PortalSessionMiddleware:
    """Put the signed-in person on the request; lead everybody else to the sign-in.

    A view is closed unless it says `login_not_required`, so a forgotten decorator shows nothing to anybody.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: DoorRequest) -> HttpResponse:
        """Serve the request with `request.portal` set."""
        request.ended = ""
        try:
            request.portal = lifecycle.resume(request, now=clock.now())
        except lifecycle.SessionEnded as ended:
            request.portal, request.ended = None, ended.why
        return self.get_response(request)

    def process_view(self, request: DoorRequest, view: Callable[..., HttpResponse], _args: Sequence[Any], _kwargs: Mapping[str, Any]) -> HttpResponse | None:
        """Let a request through or lead it to the sign-in."""
        if request.portal or _is_public(request, view):
            return None
        ended = getattr(request, "ended", "")
        query = {"why": ended} if ended else {}
        if request.method in {"GET", "HEAD"}:
            query["next"] = request.get_full_path()
        return redirect(reverse("session:signed_out" if ended else "session:sign_in", query=query))


def _is_public(request: HttpRequest, view: Callable[..., HttpResponse]) -> bool:
    namespaces = request.resolver_match.namespaces if request.resolver_match else []
    return not getattr(view, "login_required", True) or not _PUBLIC_NAMESPACES.isdisjoint(namespaces)
