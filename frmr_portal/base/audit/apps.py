"""Application configuration."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _

from frmr_portal.base.audit import actions


class AuditConfig(AppConfig):
    """Append-only, hash-chained journal of everything that happens on the stand."""

    name = "frmr_portal.base.audit"
    label = "base_audit"

    def ready(self) -> None:
        """Register the journal's own action."""
        actions.register("journal.verified", _("Проверка журнала"))
