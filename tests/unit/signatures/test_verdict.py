"""The values of a verdict and the choice of the answer (signatures.md 8.1)."""

from datetime import UTC, datetime
from itertools import pairwise

import pytest

from signatures.core.verdict import (
    FAILED_ORDER,
    INDETERMINATE_ORDER,
    Indication,
    Reason,
    ReasonKind,
    SignatureVerdict,
    Signer,
    SubIndication,
    Times,
    conclude,
    frozen_params,
    severity,
    worst,
)


def failed(sub: SubIndication) -> Reason:
    return Reason("X", ReasonKind.FAILED, sub)


def undecided(sub: SubIndication) -> Reason:
    return Reason("X", ReasonKind.INDETERMINATE, sub)


WARNING = Reason("W", ReasonKind.WARNING)


class TestConclude:
    def test_nothing_or_warnings_alone_mean_passed(self):
        assert conclude([]) == (Indication.PASSED, None)
        assert conclude([WARNING]) == (Indication.PASSED, None)

    @pytest.mark.parametrize("order", [FAILED_ORDER, INDETERMINATE_ORDER])
    def test_the_earlier_of_two_wins_in_any_order(self, order):
        make, indication = (failed, Indication.FAILED) if order is FAILED_ORDER else (undecided, Indication.INDETERMINATE)
        for first, second in pairwise(order):
            for pair in ((first, second), (second, first)):
                assert conclude([WARNING, *map(make, pair)]) == (indication, first)

    def test_any_failure_wins_over_any_doubt(self):
        for bad in FAILED_ORDER:
            for doubt in INDETERMINATE_ORDER:
                assert conclude([undecided(doubt), failed(bad)]) == (Indication.FAILED, bad)

    def test_what_is_no_signature_never_passes(self):
        assert conclude([Reason("FC_NOT_A_SIGNATURE", ReasonKind.NOT_A_SIGNATURE)]) == (Indication.FAILED, SubIndication.FORMAT_FAILURE)

    @pytest.mark.parametrize("sub", [None, *SubIndication])
    def test_a_reason_without_a_place_in_the_order_never_passes(self, sub):
        assert conclude([failed(sub)])[0] is Indication.FAILED
        assert conclude([undecided(sub)])[0] is Indication.INDETERMINATE

    def test_every_sub_indication_has_a_place(self):
        assert set(FAILED_ORDER) | set(INDETERMINATE_ORDER) == set(SubIndication)


class TestWorst:
    @staticmethod
    def verdict(indication: Indication, sub: SubIndication | None) -> SignatureVerdict:
        return SignatureVerdict("CAdES", "BES", indication, sub, Signer(), Times(None, datetime(2026, 12, 1, tzinfo=UTC)), (), ())

    def test_the_document_has_the_worst_of_its_signatures(self):
        good = self.verdict(Indication.PASSED, None)
        doubt = self.verdict(Indication.INDETERMINATE, SubIndication.TRY_LATER)
        bad = self.verdict(Indication.FAILED, SubIndication.REVOKED)

        assert worst([good, bad, doubt]) is bad
        assert worst([good, doubt]) is doubt
        assert worst([good]) is good

    def test_without_signatures_there_is_no_answer(self):
        with pytest.raises(ValueError, match="empty"):
            worst([])

    def test_severity_grows_with_the_damage(self):
        answers = [
            (Indication.PASSED, None),
            (Indication.INDETERMINATE, SubIndication.TRY_LATER),
            (Indication.INDETERMINATE, SubIndication.SIGNED_DATA_NOT_FOUND),
        ]
        answers += [(Indication.FAILED, SubIndication.REVOKED), (Indication.FAILED, SubIndication.FORMAT_FAILURE)]

        numbers = [severity(*answer) for answer in answers]

        assert numbers == sorted(set(numbers))


class TestParams:
    def test_they_are_sorted_and_can_be_compared(self):
        assert frozen_params({"b": 1, "a": "x"}) == frozen_params({"a": "x", "b": 1}) == (("a", "x"), ("b", 1))
