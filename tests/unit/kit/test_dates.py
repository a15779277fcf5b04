from datetime import UTC, date, datetime

import pytest

from frmr_portal.base.kit import dates

NBSP = "\u00a0"
# half past midnight of the 21st in Moscow, still the 20th in Greenwich
LATE = datetime(2026, 11, 20, 21, 30, 5, tzinfo=UTC)


class TestDates:
    def test_shows_the_day_of_moscow(self):
        assert dates.words(LATE) == f"21{NBSP}ноября 2026"

    def test_leaves_a_plain_date_where_it_is(self):
        assert dates.words(date(2027, 3, 14)) == f"14{NBSP}марта 2027"
        assert dates.digits(date(2027, 3, 4)) == "04.03.2027"

    def test_names_the_time_zone_of_a_stamp(self):
        assert dates.stamp(LATE) == f"21.11.2026 00:30{NBSP}(МСК)"
        assert dates.stamp_seconds(LATE) == f"21.11.2026 00:30:05{NBSP}(МСК)"

    @pytest.mark.parametrize(
        ("moment", "expected"),
        [
            (datetime(2026, 11, 20, 5, 40, tzinfo=UTC), "сегодня, 08:40"),
            (datetime(2026, 11, 19, 15, 22, tzinfo=UTC), "вчера, 18:22"),
            (datetime(2026, 11, 14, 9, 0, tzinfo=UTC), f"14{NBSP}ноября, 12:00"),
            (datetime(2025, 11, 14, 9, 0, tzinfo=UTC), f"14{NBSP}ноября 2025, 12:00"),
            (datetime(2026, 11, 21, 9, 0, tzinfo=UTC), f"21{NBSP}ноября, 12:00"),
        ],
    )
    def test_calls_near_days_by_name(self, moment, expected, now):
        assert dates.feed(moment, now=now) == expected
