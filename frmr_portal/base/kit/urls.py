"""Addresses that both sides have."""

from django.urls import URLPattern

urlpatterns: list[URLPattern] = []
