"""Pages around the sign-in: the door, the refusals and the end."""

from django.conf import settings
from django.contrib.auth import logout
from django.contrib.auth.decorators import login_not_required
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from frmr_portal.base.clock import services as clock
from frmr_portal.base.kit.http import HOME, local_address
from frmr_portal.base.kit.values import DoorRequest
from frmr_portal.session import endings, marks, refusals, services
from gosuslugi_auth.client.registration import sign_out_url


@login_not_required
@require_safe
def sign_in(request: DoorRequest) -> HttpResponse:
    """Explain the one door and offer its one button (D6)."""
    next_path = local_address(request.GET.get("next", ""))
    if request.portal:
        return redirect(next_path)
    return render(request, "session/sign_in.html", {"next": next_path, "leads_further": next_path != HOME})


@login_not_required
@require_safe
def refused(request: DoorRequest) -> HttpResponse:
    """Explain the last refused sign-in of this browser."""
    refusal = marks.refusal_of(request.session)
    if refusal is None:
        return redirect("session:sign_in")
    page = refusals.explain(refusal.reason)
    return render(request, "session/refused.html", {"refusal": refusal, "page": page}, status=page.status)


@login_not_required
@require_safe
def need_confirmed(request: DoorRequest) -> HttpResponse:
    """C1: say how an account is confirmed; the next sign-in after that passes."""
    refusal = marks.refusal_of(request.session)
    return render(request, "session/need_confirmed.html", {"refusal": refusal}, status=403 if refusal else 200)


@login_not_required
@require_POST
def sign_out(request: DoorRequest) -> HttpResponse:
    """End the session here, then send the browser to end the one of the provider."""
    if request.portal:
        services.close_session(account_id=request.portal.account_id, why="signed_out", request_id=request.request_id, now=clock.now())
    logout(request)
    response = redirect(sign_out_url(redirect_url=settings.PORTAL_PUBLIC_URL + reverse("session:signed_out")))
    response["Clear-Site-Data"] = '"cache", "storage"'
    return response


@login_not_required
@require_safe
def signed_out(request: DoorRequest) -> HttpResponse:
    """Say that the session is over, and why if the person did not end it."""
    next_path = local_address(request.GET.get("next", ""))
    if request.portal:
        return redirect(next_path)
    page = endings.explain(request.GET.get("why", ""))
    back = reverse("session:sign_in", query={"next": next_path} if next_path != HOME else None)
    return render(request, "session/signed_out.html", {"page": page, "back": back})
