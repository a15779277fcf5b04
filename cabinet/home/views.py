"""Start page of the portal and the control panel of a signed-in person."""

from typing import Final, cast

from django.contrib.auth.decorators import login_not_required
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from cabinet.home import selectors, services
from frmr_portal.base.clock import services as clock
from frmr_portal.base.kit.values import CabinetRequest, DoorRequest

_SNILS_ONCE: Final = "home_snils_once"


@login_not_required
@require_safe
def index(request: DoorRequest) -> HttpResponse:
    """Show the start page to a visitor and the control panel to a signed-in person (A1, A10)."""
    if request.portal:
        return _panel(cast("CabinetRequest", request))
    if request.ended:
        return redirect(reverse("session:signed_out", query={"why": request.ended}))
    return render(request, "cabinet/home/start.html")


def _panel(request: CabinetRequest) -> HttpResponse:
    context = {
        "now": clock.now(),
        "account": request.user,
        "sign_ins": selectors.recent_sign_ins(request.portal.account_id),
        "snils_open": _SNILS_ONCE in request.session and request.session.pop(_SNILS_ONCE),
    }
    return render(request, "cabinet/home/index.html", context)


@require_POST
def show_snils(request: CabinetRequest) -> HttpResponse:
    """Let the next home page show the person's own СНИЛС, once."""
    services.show_snils(portal=request.portal, request_id=request.request_id, now=clock.now())
    request.session[_SNILS_ONCE] = True
    return redirect(reverse("home:index", fragment="account"))
