"""The guard's questions as Django system checks, asked of the settings in force."""

from typing import Any

from django.conf import settings
from django.core.checks import CheckMessage, Error

from frmr_portal import guard


def check_posture(**_context: Any) -> list[CheckMessage]:
    """Return one error for each reason not to start."""
    posture = guard.Posture(
        profile=settings.STAND_PROFILE,
        side=settings.STAND_SIDE,
        debug=settings.DEBUG,
        mock=settings.ESIA_MOCK,
        bind=settings.BIND,
        allow_remote=settings.STAND_ALLOW_REMOTE,
        portal_url=settings.PORTAL_PUBLIC_URL,
        esia_url=settings.ESIA_PUBLIC_URL,
        internal_url=settings.ESIA_INTERNAL_URL,
        allowed_hosts=tuple(settings.ALLOWED_HOSTS),
        secret_key=settings.SECRET_KEY,
    )
    return [Error(one.text, hint=one.hint, id=one.code) for one in guard.refusals(posture)]
