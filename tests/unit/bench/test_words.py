"""Numbers in Russian."""

import pytest

from tests.bench import words


class TestNumber:
    @pytest.mark.parametrize(
        ("value", "digits", "expected"),
        [(0.5, 2, "0,50"), (1234.56, 1, "1\u00a0234,6"), (8700, 0, "8\u00a0700"), (0, 0, "0"), (1_000_000, 0, "1\u00a0000\u00a0000")],
    )
    def test_has_a_comma_and_thousands_apart(self, value, digits, expected):
        assert words.number(value, digits) == expected


class TestSignificant:
    @pytest.mark.parametrize(("value", "expected"), [(0.238, "0,24"), (5.31, "5,3"), (64.29, "64,3"), (335.4, "335"), (4185.59, "4\u00a0186")])
    def test_keeps_the_digits_that_mean_something(self, value, expected):
        assert words.significant(value) == expected


class TestUnits:
    def test_megabytes_are_binary_and_whole(self):
        assert words.megabytes(600 * 1024 * 1024) == "600"

    def test_a_share_is_a_percentage(self):
        assert words.percent(0.217) == "22\u00a0%"
