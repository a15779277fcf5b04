"""Addresses of the session layer."""

from django.urls import URLPattern

app_name = "session"
urlpatterns: list[URLPattern] = []
