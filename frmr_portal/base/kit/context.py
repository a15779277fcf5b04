"""What every template of the stand may use."""

from typing import Any

from django.conf import settings
from django.http import HttpRequest


def stand(request: HttpRequest) -> dict[str, Any]:
    """Return the side of the stand and the id of the request."""
    return {"side": settings.STAND_SIDE, "request_id": getattr(request, "request_id", "")}
