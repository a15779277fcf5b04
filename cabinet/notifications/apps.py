"""Application configuration."""

from django.apps import AppConfig


class NotificationsConfig(AppConfig):
    """Notifications of the cabinet."""

    name = "cabinet.notifications"
    label = "cabinet_notifications"
