"""`manage.py esia_prepare`: everything the provider needs before its first request; safe to repeat."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError

from frmr_portal.base.clock import services as clock
from gosuslugi_auth.idp.services import preparing


class Command(BaseCommand):
    """Make keys, load test persons, register the portal."""

    help = "Make keys, load the test persons and register the portal at the mock provider; safe to repeat"

    def handle(self, *_args: Any, **_options: Any) -> None:
        """Prepare and say what there is."""
        try:
            prepared = preparing.prepare(now=clock.now())
        except preparing.RegistrationRefused as error:
            raise CommandError(str(error)) from error
        self.stdout.write(f"{prepared.personas} personas, system {prepared.mnemonic}")
