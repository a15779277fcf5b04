"""Application of the kit: template tags, form rendering, error pages."""

from django.apps import AppConfig


class KitConfig(AppConfig):
    """Everything that all pages share."""

    name = "frmr_portal.base.kit"
    label = "base_kit"
