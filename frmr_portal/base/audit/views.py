"""Pages of the journal."""

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from frmr_portal.base.audit import selectors
from frmr_portal.base.kit.values import CabinetRequest

PAGE_EVENTS = 25


@require_safe
def my_events(request: CabinetRequest) -> HttpResponse:
    """Show the person everything that was done in their name (A17)."""
    events = selectors.events_of(request.portal.account_id)
    page = Paginator(events, PAGE_EVENTS).get_page(request.GET.get("page"))
    return render(request, "audit/my_events.html", {"page_obj": page})
