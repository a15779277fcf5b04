"""Addresses of the sign-in; their names are the ones that allauth expects of a provider."""

from django.urls import path

from gosuslugi_auth.client import views

urlpatterns = [
    path("login/esia/", views.login, name="esia_login"),
    path("login/esia/callback/", views.callback, name="esia_callback"),
]
