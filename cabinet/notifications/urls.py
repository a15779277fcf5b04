"""Addresses of the room."""

from django.urls import path

from cabinet.notifications import views

app_name = "notifications"
urlpatterns = [
    path("", views.index, name="index"),
    path("read/", views.mark_all_read, name="mark_all_read"),
    path("<uuid:pk>/read/", views.mark_read, name="mark_read"),
]
