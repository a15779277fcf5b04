"""Addresses of the session layer."""

from django.urls import path

from frmr_portal.session import views

app_name = "session"
urlpatterns = [
    path("login/", views.sign_in, name="sign_in"),
    path("login/refused/", views.refused, name="refused"),
    path("logout/", views.sign_out, name="sign_out"),
    path("signed-out/", views.signed_out, name="signed_out"),
    path("access/need-confirmed/", views.need_confirmed, name="need_confirmed"),
]
