"""Pages of the notifications."""

from uuid import UUID

from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST, require_safe

from cabinet.notifications import selectors, services
from frmr_portal.base.clock import services as clock
from frmr_portal.base.kit.http import local_address
from frmr_portal.base.kit.values import CabinetRequest

PAGE_NOTIFICATIONS = 25


@require_safe
def index(request: CabinetRequest) -> HttpResponse:
    """Show everything that the person was told."""
    found = selectors.notifications_of(request.portal.account_id)
    page = Paginator(found, PAGE_NOTIFICATIONS).get_page(request.GET.get("page"))
    return render(request, "cabinet/notifications/index.html", {"page_obj": page, "now": clock.now()})


@require_POST
def mark_read(request: CabinetRequest, pk: UUID) -> HttpResponse:
    """Mark one notification as read and return to the page that the form stood on."""
    try:
        services.mark_read(recipient_id=request.portal.account_id, notification_id=pk, now=clock.now())
    except services.NotificationAbsent as error:
        raise Http404 from error
    return _back(request)


@require_POST
def mark_all_read(request: CabinetRequest) -> HttpResponse:
    """Mark everything as read and return to the page that the form stood on."""
    services.mark_all_read(recipient_id=request.portal.account_id, now=clock.now())
    return _back(request)


def _back(request: CabinetRequest) -> HttpResponse:
    given = request.POST.get("next")
    return redirect(local_address(given) if given else "notifications:index")
