#!/usr/bin/env python
"""Command line of the stand: `python manage.py help` lists what it can do."""

import os
import sys

from django.core.management import execute_from_command_line

if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "frmr_portal.settings")
    # nobody waits for a page here: a migration may take longer
    os.environ.setdefault("DATABASE_STATEMENT_SECONDS", "120")
    execute_from_command_line(sys.argv)
