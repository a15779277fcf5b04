"""The project package as an application: it owns the commands of the stand."""

from django.apps import AppConfig


class FrmrPortalConfig(AppConfig):
    """Roof of the house."""

    name = "frmr_portal"
