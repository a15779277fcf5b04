"""Application configuration."""

from django.apps import AppConfig


class EsiaMockConfig(AppConfig):
    """The mock identity provider «Учебный вход»."""

    name = "gosuslugi_auth.idp"
    label = "esia_mock"
