"""Start page of the portal and the control panel of a signed-in person."""

from typing import Final

from django.contrib.auth.decorators import login_not_required
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from cabinet.home import selectors, services
from cabinet.home.audience import GROUPS
from cabinet.notifications import selectors as notifications
from frmr_portal.base.clock import services as clock
from frmr_portal.base.kit import text
from frmr_portal.base.kit.values import CabinetRequest, DoorRequest

# rows of a card
_SHOWN: Final = 5
_SNILS_ONCE: Final = "home_snils_once"


@login_not_required
@require_safe
def index(request: DoorRequest) -> HttpResponse:
    """Show the start page to a visitor and the control panel to a signed-in person (A1, A10)."""
    account, portal = request.user, request.portal
    if portal is None or not account.is_authenticated:
        return _start(request)
    context = {
        "now": clock.now(),
        "account": account,
        "email_masked": text.mask_email(account.email),
        "mobile_masked": text.mask_phone(account.mobile),
        "notifications": notifications.recent(portal.account_id, _SHOWN),
        "sign_ins": selectors.recent_sign_ins(portal.account_id, limit=_SHOWN),
        "snils_open": _SNILS_ONCE in request.session and request.session.pop(_SNILS_ONCE),
    }
    return render(request, "cabinet/home/index.html", context)


def _start(request: DoorRequest) -> HttpResponse:
    if request.ended:
        return redirect(reverse("session:signed_out", query={"why": request.ended}))
    return render(request, "cabinet/home/start.html", {"groups": GROUPS})


@require_POST
def show_snils(request: CabinetRequest) -> HttpResponse:
    """Let the next home page show the person's own СНИЛС, once."""
    services.show_snils(portal=request.portal, request_id=request.request_id, now=clock.now())
    request.session[_SNILS_ONCE] = True
    return redirect(reverse("home:index", fragment="account"))
