"""Rounds and what they give together."""

import pytest

from tests.bench.samples import Page, Sample, percentile


def sample(requests: int, *, cpu_seconds: float = 1.0, seconds: float = 4.0) -> Sample:
    return Sample(requests, seconds, cpu_seconds, foreign_share=0.0, p50_ms=1.0, p95_ms=2.0, p99_ms=3.0)


def page(*samples: Sample) -> Page:
    return Page("page", "страница", 5, 100, samples)


class TestSample:
    def test_counts_requests_a_second_and_processor_time_a_request(self):
        one = sample(200, cpu_seconds=2.0)

        assert one.per_second == 50
        assert one.cpu_ms == 10
        assert one.server_share == 0.5


class TestPage:
    def test_the_middle_of_the_rounds_is_their_median(self):
        assert page(sample(400), sample(4), sample(800)).middle(lambda one: one.per_second) == 100

    def test_a_ratio_compares_within_a_round_so_that_a_slow_round_does_not_count_twice(self):
        floor = page(sample(1000), sample(100), sample(1000))
        mine = page(sample(500), sample(50), sample(400))

        assert mine.ratio_to(floor) == 0.5

    def test_a_ratio_to_a_floor_with_other_rounds_is_an_error(self):
        with pytest.raises(ValueError, match="longer"):
            page(sample(1)).ratio_to(page(sample(1), sample(1)))


class TestPercentile:
    @pytest.mark.parametrize(("percent", "expected"), [(50, 5.0), (95, 10.0), (99, 10.0), (10, 1.0), (0, 1.0)])
    def test_is_one_of_the_values(self, percent, expected):
        assert percentile([10.0, 1.0, 2.0, 3.0, 4.0, 5.0, 6.0, 7.0, 8.0, 9.0], percent) == expected

    def test_of_one_value_is_that_value(self):
        assert percentile([7.0], 95) == 7.0
