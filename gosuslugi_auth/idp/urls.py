"""Addresses of the mock provider."""

from django.urls import path, re_path

from gosuslugi_auth.idp.api import views as api
from gosuslugi_auth.idp.ui import views as ui
from gosuslugi_auth.wire import paths

app_name = "esia"

_PERSON = r"^rs/prns/(?P<oid>\d{1,18})"

urlpatterns = [
    path("", ui.start, name="start"),
    path("login/", ui.sign_in, name="sign_in"),
    path("login/code/", ui.sign_in_code, name="sign_in_code"),
    path("consent/", ui.consent, name="consent"),
    path("personas/", ui.personas, name="personas"),
    path("logout/", ui.sign_out, name="sign_out"),
    path("signed-out/", ui.signed_out, name="signed_out"),
    # --- the wire ---
    path(paths.AUTHORIZE_V2.lstrip("/"), api.authorize, name="authorize"),
    path(paths.TOKEN_V3.lstrip("/"), api.token, name="token"),
    path(paths.LOGOUT.lstrip("/"), ui.logout, name="logout"),
    # clients add a trailing or a double slash (esia.md 5.1)
    re_path(_PERSON + r"/*$", api.person, name="person"),
    re_path(_PERSON + rf"/+{paths.CONTACTS}/*$", api.contacts, name="contacts"),
    re_path(_PERSON + rf"/+{paths.CONTACTS}/(?P<element_id>\d{{1,18}})/*$", api.contact, name="contact"),
    re_path(_PERSON + rf"/+{paths.ROLES}/*$", api.roles, name="roles"),
    re_path(r"^(?:rs|aas|esia-rs|digital)/", api.unknown, name="not_emulated"),
    path(paths.TOKEN_CERTIFICATE.lstrip("/"), api.certificate, name="certificate"),
]
