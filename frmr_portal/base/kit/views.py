"""Pages that both sides have."""

from django.conf import settings
from django.core.exceptions import BadRequest
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.templatetags.static import static
from django.views.decorators.http import require_POST, require_safe

from frmr_portal.base.kit import error_pages, errors, samples, view_mode
from frmr_portal.base.kit.http import local_address

_WITH_RETRY_AFTER = (429, 503)


class SeeOther(HttpResponseRedirect):
    """303: the browser continues with GET, whatever it sent."""

    status_code = 303


@require_POST
def set_view(request: HttpRequest) -> HttpResponse:
    """Keep the choice of «версия для слабовидящих» and return to the page where it was made."""
    choices = {name: request.POST[name] for name in view_mode.CHOICES if name in request.POST}
    try:
        mode = view_mode.changed(view_mode.of_request(request), choices)
    except view_mode.ViewModeRejected as error:
        raise BadRequest("unknown view mode") from error
    response = SeeOther(local_address(request.POST.get("next", "")))
    view_mode.keep(response, mode)
    return response


@require_safe
def about(request: HttpRequest) -> HttpResponse:
    """Say what the stand is and what it never does."""
    return render(request, "kit/about.html")


@require_safe
def accessibility(request: HttpRequest) -> HttpResponse:
    """State the level of accessibility, known gaps and the date."""
    return render(request, "kit/accessibility.html")


@require_safe
def robots(_request: HttpRequest) -> HttpResponse:
    """EM-11: no robot is welcome on a page that looks like a cabinet."""
    return HttpResponse("User-agent: *\nDisallow: /\n", content_type="text/plain; charset=utf-8")


@require_safe
def favicon(_request: HttpRequest) -> HttpResponse:
    """Lead browsers that ask for the old address to the mark."""
    return HttpResponseRedirect(static("img/mark.svg"))


@require_safe
def components(request: HttpRequest) -> HttpResponse:
    """Show every component in every state; exists in the development profile only."""
    _refuse_outside_development()
    return render(request, "kit/components.html", samples.context())


@require_safe
def component_error(request: HttpRequest, code: str) -> HttpResponse:
    """Show one error page as a visitor would see it; exists in the development profile only."""
    _refuse_outside_development()
    page = next((page for page in error_pages.ALL if page.code == code), error_pages.NOT_FOUND)
    return errors.answer(request, page, retry_after_seconds=61 if page.status in _WITH_RETRY_AFTER else 0)


def _refuse_outside_development() -> None:
    if settings.STAND_PROFILE != "development":
        raise Http404
