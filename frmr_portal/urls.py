"""Addresses of the portal."""

from django.urls import include, path

from frmr_portal import health

urlpatterns = [
    path("health/live", health.live, name="health_live"),
    path("health/ready", health.ready, name="health_ready"),
    path("", include("frmr_portal.base.kit.urls")),
    path("", include("frmr_portal.session.urls")),
    path("", include("gosuslugi_auth.client.urls")),
    path("audit/", include("frmr_portal.base.audit.urls")),
    path("notifications/", include("cabinet.notifications.urls")),
    path("", include("cabinet.home.urls")),
]

handler400 = "frmr_portal.base.kit.errors.bad_request"
handler403 = "frmr_portal.base.kit.errors.forbidden"
handler404 = "frmr_portal.base.kit.errors.not_found"
handler500 = "frmr_portal.base.kit.errors.server_error"
