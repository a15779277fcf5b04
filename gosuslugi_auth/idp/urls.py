"""Addresses of the mock provider."""

from django.urls import URLPattern

app_name = "esia"
urlpatterns: list[URLPattern] = []
