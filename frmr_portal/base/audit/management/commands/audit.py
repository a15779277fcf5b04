"""`manage.py audit verify`: is the journal whole?"""

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from frmr_portal.base.audit import services


class Command(BaseCommand):
    """Check the journal from the command line; exit code 1 and the row's number if it is broken."""

    help = "Check the whole journal (verify); exit code 1 names the first bad row"

    def add_arguments(self, parser: CommandParser) -> None:
        """Declare the action."""
        parser.add_argument("action", choices=["verify"])

    def handle(self, *_args: Any, **_options: Any) -> None:
        """Print the verdict."""
        verdict = services.verify()
        if not verdict.intact:
            raise CommandError(f"journal is broken: {verdict.fault} at seq {verdict.seq}", returncode=1)
        self.stdout.write(f"journal is whole: {verdict.checked} rows")
