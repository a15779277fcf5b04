"""Addresses of the box; only the provider's side has them."""

from django.urls import path

from frmr_portal.base.mailbox import views

app_name = "mailbox"
urlpatterns = [
    path("", views.index, name="index"),
]
