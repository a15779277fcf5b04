"""Application of the session layer."""

from django.apps import AppConfig


class SessionConfig(AppConfig):
    """Accounts, the way in and the life of a session."""

    name = "frmr_portal.session"
    label = "portal_session"
