"""`manage.py clock show | travel --days 30 | reset`: the stand's time from the command line."""

from datetime import timedelta
from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from frmr_portal.base.clock import services


class Command(BaseCommand):
    """Show the stand's time or move it for both processes."""

    help = "Show the stand's time, move it (travel --days 30 --seconds 61) or return to wall time (reset)"

    def add_arguments(self, parser: CommandParser) -> None:
        """Declare the action and the distance."""
        parser.add_argument("action", choices=["show", "travel", "reset"])
        parser.add_argument("--days", type=int, default=0)
        parser.add_argument("--seconds", type=int, default=0)

    def handle(self, *_args: Any, action: str, days: int, seconds: int, **_options: Any) -> None:
        """Do the action and print the stand's time."""
        if action == "travel":
            services.travel(timedelta(days=days, seconds=seconds))
        elif action == "reset":
            services.back_to_now()
        self.stdout.write(f"{services.now().isoformat()} (offset {services.offset()})")
