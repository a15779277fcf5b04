"""Addresses of the room."""

from django.urls import path

from cabinet.home import views

app_name = "home"
urlpatterns = [
    path("", views.index, name="index"),
    path("account/snils/", views.show_snils, name="show_snils"),
]
