"""WSGI entry point of the floor."""

import os

from django.core.wsgi import get_wsgi_application

from frmr_portal.stand import lifeline

os.environ["DJANGO_SETTINGS_MODULE"] = "tests.bench.floor.settings"

lifeline.hold_on()
application = get_wsgi_application()
