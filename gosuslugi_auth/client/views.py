"""The two addresses of the sign-in: the way out to the provider and the way back."""

from allauth.socialaccount.adapter import get_adapter
from allauth.socialaccount.helpers import complete_social_login, render_authentication_error
from allauth.socialaccount.providers.base.constants import AuthProcess
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_GET, require_POST

from frmr_portal.base.clock import services as clock
from frmr_portal.base.kit.http import local_address
from gosuslugi_auth.client import callback as callbacks
from gosuslugi_auth.client.failures import SignInFailed
from gosuslugi_auth.client.oauth import PROVIDER_ID


@login_not_required
@require_POST
def login(request: HttpRequest) -> HttpResponse:
    """Send the person to the provider with a signed request; nothing in the form changes that request."""
    provider = get_adapter(request).get_provider(request, PROVIDER_ID)
    next_path = local_address(request.POST.get("next", ""))
    response: HttpResponse = provider.redirect(request, AuthProcess.LOGIN, next_url=next_path)
    return response


@login_not_required
@require_GET
def callback(request: HttpRequest) -> HttpResponse:
    """Take the person back; every outcome is a redirect to an address without code and state (OA-30)."""
    provider = get_adapter(request).get_provider(request, PROVIDER_ID)
    try:
        found = callbacks.login_from(request, provider, now=clock.now())
    except SignInFailed as failure:
        failed: HttpResponse = render_authentication_error(request, provider, exception=failure)
        return failed
    response: HttpResponse = complete_social_login(request, found)
    return response
