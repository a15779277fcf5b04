"""WSGI entry point of the portal."""

import os

from django.core.wsgi import get_wsgi_application

from frmr_portal.serving import under_own_name
from frmr_portal.stand import lifeline

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "frmr_portal.settings")
os.environ["STAND_SIDE"] = "portal"

# a web worker is a fork: the wish to die with the stand does not pass to it
lifeline.hold_on()
application = under_own_name(get_wsgi_application())
