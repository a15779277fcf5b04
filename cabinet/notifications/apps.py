"""Application configuration."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _

from frmr_portal.base.kit import nav


class NotificationsConfig(AppConfig):
    """Notifications of the cabinet."""

    name = "cabinet.notifications"
    label = "cabinet_notifications"

    def ready(self) -> None:
        """Register the section with its counter, and the kinds that no room of the cabinet owns."""
        from cabinet.notifications import kinds, selectors  # noqa: PLC0415  # models may be imported only now

        nav.register(key=nav.BELL, label=_("Уведомления"), icon="bell", url_name="notifications:index", order=20, count=selectors.bell_count)
        kinds.register("session.opened", kinds.SIGNED_IN)
