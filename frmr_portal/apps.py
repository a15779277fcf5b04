"""The project package as an application: it owns the commands of the stand."""

from django.apps import AppConfig
from django.core.checks import Tags, register

from frmr_portal.checks import check_posture


class FrmrPortalConfig(AppConfig):
    """Roof of the house."""

    name = "frmr_portal"

    def ready(self) -> None:
        """Let `manage.py check` repeat the questions of the guard."""
        register(check_posture, Tags.security)
