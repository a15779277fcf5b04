"""Application configuration."""

from django.apps import AppConfig


class EsiaClientConfig(AppConfig):
    """The portal's side of the sign-in: the allauth provider «esia»."""

    name = "gosuslugi_auth.client"
    label = "esia_client"
