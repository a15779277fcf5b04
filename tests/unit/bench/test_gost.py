"""Ratios of the GOST lines of the benchmarks."""

import pytest

from signatures.core.gost.backend import Gost
from signatures.core.gost.curves import curve_of
from tests.bench.gost import Contest, Result, SignedSample, per_second


def result(wanted: float | None, *pairs: tuple[float, float]) -> Result:
    return Result(Contest("что-то", "1/с", ours=lambda: 0.0, yardstick=lambda: 0.0, wanted=wanted), pairs)


class TestResult:
    def test_takes_the_ratio_inside_each_round(self) -> None:
        """A slow round of the machine slows both sides."""
        measured = result(0.4, (50, 100), (5, 10), (45, 100))

        assert measured.ratio == 0.5
        assert measured.speeds == (45, 100)

    @pytest.mark.parametrize(("wanted", "is_met"), [(0.4, True), (0.5, True), (0.6, False), (None, True)])
    def test_is_met_from_the_target_up(self, wanted: float | None, is_met: bool) -> None:
        assert result(wanted, (1, 2)).is_met is is_met


class TestPerSecond:
    def test_does_not_time_refusals(self) -> None:
        with pytest.raises(AssertionError, match="a good signature was refused"):
            per_second(lambda: False)

    def test_sample_is_signed_well(self, pure_gost: Gost) -> None:
        assert SignedSample(pure_gost, curve_of("1.2.643.7.1.2.1.1.2")).checked_by(pure_gost)()
