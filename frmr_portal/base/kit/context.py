"""What every template of the stand may use."""

import functools
from typing import Any, cast

from django.conf import settings
from django.http import HttpRequest

from frmr_portal.base.kit import nav, view_mode
from frmr_portal.base.kit.hosts import is_loopback
from frmr_portal.base.kit.stand_time import stand_time
from frmr_portal.base.kit.values import PortalSession


def frame(request: HttpRequest) -> dict[str, Any]:
    """Return what the frame of any page needs; touches neither the session nor the database's tables of rooms.

    `stand_time` is a callable, so a page that does not show the banner does not ask for the time.
    """
    return {
        "side": settings.STAND_SIDE,
        "request_id": getattr(request, "request_id", ""),
        "view_mode": view_mode.of_request(request),
        "view_back": request.get_full_path(),
        "stand_time": functools.cache(stand_time),
        "is_remote": not is_loopback(settings.BIND),
        "portal_url": settings.PORTAL_PUBLIC_URL,
        "esia_url": settings.ESIA_PUBLIC_URL,
    }


def stand(request: HttpRequest) -> dict[str, Any]:
    """Return the frame and, for somebody who is signed in, who they are and where they may go.

    `nav` and `bell` are callables: a page whose layout has no navigation costs no query for the counters.
    """
    me = cast("PortalSession | None", getattr(request, "portal", None))
    entries = functools.cache(lambda: nav.entries(request) if me else [])
    return {
        **frame(request),
        "me": me,
        "nav": entries,
        "bell": lambda: next((entry for entry in entries() if entry.key == nav.BELL), None),
    }
