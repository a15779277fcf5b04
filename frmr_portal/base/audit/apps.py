"""Application configuration."""

from django.apps import AppConfig


class AuditConfig(AppConfig):
    """Append-only, hash-chained journal of everything that happens on the stand."""

    name = "frmr_portal.base.audit"
    label = "base_audit"
