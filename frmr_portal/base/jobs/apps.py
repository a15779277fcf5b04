"""Application configuration."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _

from frmr_portal.base.audit import actions


class JobsConfig(AppConfig):
    """Outbox of background work: the database is the only truth, the broker only carries ids."""

    name = "frmr_portal.base.jobs"
    label = "base_jobs"

    def ready(self) -> None:
        """Register the one thing about jobs that people must notice."""
        actions.register("job.parked", _("Фоновая задача отложена после ошибок"))
