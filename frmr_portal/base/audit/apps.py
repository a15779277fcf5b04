"""Application configuration."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _

from frmr_portal.base.audit import actions
from frmr_portal.base.kit import nav


class AuditConfig(AppConfig):
    """Append-only, hash-chained journal of everything that happens on the stand."""

    name = "frmr_portal.base.audit"
    label = "base_audit"

    def ready(self) -> None:
        """Register the journal's own action and its section."""
        actions.register("journal.verified", _("Проверка журнала"))
        nav.register(key="journal", label=_("Журнал"), icon="history", url_name="audit:my_events", order=90)
