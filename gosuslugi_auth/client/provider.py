"""The allauth provider «esia»; allauth looks for it under this name in every installed application."""

import uuid
from typing import Any

from allauth.socialaccount.providers.base.provider import ProviderAccount
from allauth.socialaccount.providers.oauth2.provider import OAuth2Provider
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from frmr_portal.base.clock import services as clock
from gosuslugi_auth.client.oauth import PROVIDER_ID, EsiaAdapter


class EsiaProvider(OAuth2Provider):
    """Sign-in through «Учебный вход»."""

    id = PROVIDER_ID
    name = _("Учебный вход")  # type: ignore[assignment]  # translated when it is shown
    account_class = ProviderAccount
    oauth2_adapter_class = EsiaAdapter
    pkce_enabled_default = True

    def stash_redirect_state(
        self, request: HttpRequest, process: str, next_url: str | None = None, data: Any = None, state_id: str | None = None, **kwargs: Any
    ) -> str:
        """Keep the state under a UUID, the form ЕСИА asks for, with its age by the stand's clock."""
        stashed: str = super().stash_redirect_state(
            request, process, next_url, data, state_id or str(uuid.uuid4()), stashed_at=clock.now().timestamp(), **kwargs
        )
        return stashed


provider_classes = [EsiaProvider]
