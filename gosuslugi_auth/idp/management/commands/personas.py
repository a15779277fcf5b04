"""`manage.py personas list | check | reset`: test persons from the command line."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from frmr_portal.base.clock import services as clock
from gosuslugi_auth.idp import selectors
from gosuslugi_auth.idp.personas import loading
from gosuslugi_auth.idp.services import preparing


class Command(BaseCommand):
    """List the persons, check their cards, or give them back their first state."""

    help = "List the test persons (list), check their cards (check), or undo locks and changes (reset)"

    def add_arguments(self, parser: CommandParser) -> None:
        """Declare the action."""
        parser.add_argument("action", choices=["list", "check", "reset"])

    def handle(self, *_args: Any, action: str, **_options: Any) -> None:
        """Do the action."""
        try:
            getattr(self, f"_{action}")()
        except loading.PersonaCardWrong as error:
            raise CommandError(str(error)) from error

    def _list(self) -> None:
        for card in selectors.persona_cards():
            self.stdout.write(f"{card.login}  {card.password}  {card.slug:16}{card.full_name}: {card.about}")

    def _check(self) -> None:
        self.stdout.write(f"{len(loading.read_personas())} cards are good")

    def _reset(self) -> None:
        self.stdout.write(f"{preparing.reset_personas(now=clock.now())} persons are as on their cards")
