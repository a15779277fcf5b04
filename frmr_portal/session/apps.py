"""Application of the session layer."""

from django.apps import AppConfig
from django.contrib.auth.signals import user_logged_in
from django.utils.translation import gettext_lazy as _

from frmr_portal.base.audit import actions


class SessionConfig(AppConfig):
    """Accounts, the way in and the life of a session."""

    name = "frmr_portal.session"
    label = "portal_session"

    def ready(self) -> None:
        """Register what is journalled; `last_login` is written by the sign-in service in stand time."""
        user_logged_in.disconnect(dispatch_uid="update_last_login")
        actions.register("session.opened", _("Вход в кабинет"))
        actions.register("session.refused", _("Отказ во входе в кабинет"))
        actions.register("session.closed", _("Конец сеанса в кабинете"))
