"""Application configuration."""

from django.apps import AppConfig


class JobsConfig(AppConfig):
    """Outbox of background work: the database is the only truth, the broker only carries ids."""

    name = "frmr_portal.base.jobs"
    label = "base_jobs"
