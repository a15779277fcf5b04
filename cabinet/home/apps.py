"""Application configuration."""

from django.apps import AppConfig


class HomeConfig(AppConfig):
    """Start page and the home page of a signed-in person."""

    name = "cabinet.home"
    label = "cabinet_home"
