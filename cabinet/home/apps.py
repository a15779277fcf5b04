"""Application configuration."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _

from frmr_portal.base.audit import actions
from frmr_portal.base.kit import nav


class HomeConfig(AppConfig):
    """Start page and the home page of a signed-in person."""

    name = "cabinet.home"
    label = "cabinet_home"

    def ready(self) -> None:
        """Register the section and what is journalled."""
        nav.register(key="home", label=_("Главная"), icon="house", url_name="home:index", order=10)
        actions.register("snils.shown", _("Просмотр своего СНИЛС целиком"))
