"""`python -m tests.bench.floor.fill`: make the table of the floor and its rows in the database that FLOOR_DATABASE names."""

import os
from datetime import date, timedelta
from typing import Final

import django
from django.apps import apps
from django.db import connection

# more than a page shows, so that the page reads a part of the table
ROWS: Final = 1000


def main() -> None:
    """Fill an empty database."""
    worker = apps.get_app_config("floor").get_model("Worker")
    with connection.schema_editor() as editor:
        editor.create_model(worker)
    worker._default_manager.bulk_create(
        worker(
            full_name=f"Тестов Иван Петрович {number}",
            snils=f"000-000-{number % 1000:03d} 00",
            position="врач-терапевт участковый",
            organization=f"ГБУЗ «Учебная поликлиника № {number % 7}»",
            hired_date=date(2020, 1, 1) + timedelta(days=number),
            is_active=number % 9 > 0,
        )
        for number in range(ROWS)
    )


if __name__ == "__main__":
    os.environ["DJANGO_SETTINGS_MODULE"] = "tests.bench.floor.settings"
    django.setup()
    main()
