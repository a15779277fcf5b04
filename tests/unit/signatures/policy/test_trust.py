from datetime import UTC, datetime, timedelta

import pytest

from signatures.core.trust import Accreditation, Anchor, Standing, StatusChange, TrustStore, given_anchors
from tests.plugins.authority import Authority


class TestAnchor:
    def test_counts_the_first_and_the_last_second_of_its_certificate(self, authority: Authority):
        root = authority.root.certificate
        anchor = Anchor(root, Standing.ACCREDITED)

        assert anchor.is_active_at(root.not_before)
        assert anchor.is_active_at(root.not_after)
        assert not anchor.is_active_at(root.not_before - timedelta(seconds=1))
        assert not anchor.is_active_at(root.not_after + timedelta(seconds=1))

    def test_keeps_to_its_window(self, authority: Authority):
        start, end = datetime(2026, 6, 1, tzinfo=UTC), datetime(2026, 7, 1, tzinfo=UTC)
        anchor = Anchor(authority.root.certificate, Standing.ACCREDITED, start, end)

        assert [anchor.is_active_at(moment) for moment in (start - timedelta(seconds=1), start, end, end + timedelta(seconds=1))] == [False, True, True, False]

    @pytest.mark.parametrize(
        ("month", "is_active"),
        [(3, False), (4, True), (6, False), (8, True), (10, False)],
        ids=["before the first status", "active", "ended", "active again", "annulled"],
    )
    def test_follows_the_history_of_its_accreditation(self, authority: Authority, month: int, is_active: bool):
        statuses = {4: Accreditation.ACTIVE, 6: Accreditation.ENDED, 10: Accreditation.ANNULLED, 8: Accreditation.ACTIVE}
        history = tuple(StatusChange(datetime(2026, number, 1, tzinfo=UTC), status) for number, status in statuses.items())

        assert Anchor(authority.root.certificate, Standing.ACCREDITED, history=history).is_active_at(datetime(2026, month, 2, tzinfo=UTC)) is is_active

    def test_is_test_only_when_flagged(self, authority: Authority):
        assert [one for one in Standing if Anchor(authority.root.certificate, one).is_test] == [Standing.TEST]


class TestTrustStore:
    def test_knows_its_certificates_byte_for_byte(self, authority: Authority):
        store = given_anchors([authority.root.certificate], "file")

        assert store.anchor_of(authority.root.certificate) is store.anchors[0]
        assert store.anchor_of(authority.issuing.certificate) is None

    def test_leaves_out_what_a_policy_does_not_let_count(self, authority: Authority):
        store = TrustStore((Anchor(authority.root.certificate, Standing.TEST), Anchor(authority.issuing.certificate, Standing.GIVEN)))

        limited = store.limited_to(frozenset({Standing.GIVEN}))

        assert limited.anchor_of(authority.root.certificate) is None
        assert limited.anchor_of(authority.issuing.certificate) is not None
