"""WSGI entry point of the mock provider, a process of its own."""

import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "frmr_portal.settings")
os.environ["STAND_SIDE"] = "provider"

application = get_wsgi_application()
