"""Addresses that both sides have."""

from django.urls import path

from frmr_portal.base.kit import views

app_name = "kit"
urlpatterns = [
    path("view/", views.set_view, name="set_view"),
    path("about/", views.about, name="about"),
    path("accessibility/", views.accessibility, name="accessibility"),
    path("components/", views.components, name="components"),
    path("components/errors/<str:code>/", views.component_error, name="component_error"),
    path("robots.txt", views.robots, name="robots"),
    path("favicon.ico", views.favicon, name="favicon"),
]
