"""Application of the stand clock."""

from django.apps import AppConfig


class ClockConfig(AppConfig):
    """The lowest floor: everything that needs the time stands on it."""

    name = "frmr_portal.base.clock"
    label = "base_clock"
