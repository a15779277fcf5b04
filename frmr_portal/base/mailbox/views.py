"""The box of the tester."""

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from frmr_portal.base.clock import services as clock
from frmr_portal.base.mailbox import owners, selectors

PAGE_MESSAGES = 25


@require_safe
def index(request: HttpRequest) -> HttpResponse:
    """Show what the stand has sent, to everybody or to one person."""
    known = selectors.owners()
    owner = request.GET.get("owner", "")
    found = selectors.messages_of(owner) if owner in known else selectors.all_messages()
    page = Paginator(found, PAGE_MESSAGES).get_page(request.GET.get("page"))
    names, now = owners.names_of(known), clock.now()
    rows = [(selectors.item(message, now=now), names.get(message.owner, "")) for message in page]
    return render(request, "mailbox/index.html", {"page_obj": page, "rows": rows, "owner": owner, "owners": names, "now": now})
