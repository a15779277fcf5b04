"""Application configuration."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _

from frmr_portal.base.audit import actions
from frmr_portal.base.mailbox import owners


class EsiaMockConfig(AppConfig):
    """The mock identity provider «Учебный вход»."""

    name = "gosuslugi_auth.idp"
    label = "esia_mock"

    def ready(self) -> None:
        """Say what the provider writes to the journal, and who owns the messages of the mailbox."""
        from gosuslugi_auth.idp import selectors  # noqa: PLC0415  # models may be imported only now

        owners.name_by(selectors.names_of)
        actions.register("esia.authorization", _("Запрос авторизации"))
        actions.register("esia.sign_in", _("Вход на учебном входе"))
        actions.register("esia.consent", _("Согласие на передачу данных"))
        actions.register("esia.token", _("Выдача маркеров"))
        actions.register("esia.reading", _("Чтение данных по маркеру"))
        actions.register("esia.sign_out", _("Выход на учебном входе"))
