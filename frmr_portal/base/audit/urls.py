"""Addresses of the journal."""

from django.urls import path

from frmr_portal.base.audit import views

app_name = "audit"
urlpatterns = [
    path("me/", views.my_events, name="my_events"),
]
