"""`manage.py env_example`: write `.env.example` from the table of settings."""

from typing import Any

from django.core.management import BaseCommand

from frmr_portal import env


class Command(BaseCommand):
    """Render the table; a test compares the committed file with it."""

    help = "Записывает .env.example по таблице настроек"

    def handle(self, **_options: Any) -> None:
        """Write the file."""
        path = env.BASE_DIR / ".env.example"
        path.write_text(env.example(), encoding="utf-8")
        self.stdout.write(str(path))
