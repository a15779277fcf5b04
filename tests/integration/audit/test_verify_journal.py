import logging

import pytest
from django.db import connection

from frmr_portal.base.audit import actions, guards, services
from frmr_portal.base.audit.models import Event
from frmr_portal.base.audit.tasks import verify_journal
from frmr_portal.base.kit.values import ANONYMOUS


@pytest.fixture(autouse=True)
def journal(db, now) -> None:
    actions.register("test.happened", "Проба")
    for _number in range(3):
        services.record("test.happened", actor=ANONYMOUS, now=now)


class TestVerifyJournal:
    def test_A16_the_nightly_check_writes_that_the_journal_is_whole(self):
        """A16: the report «журнал цел» is itself a row of the journal."""
        verify_journal()

        result = Event.objects.get(action="journal.verified")
        assert (result.outcome, result.reason, result.data) == ("done", "", {"checked": 3, "seq": 0})
        assert services.verify().intact

    def test_A16_the_nightly_check_names_the_broken_row(self, caplog):
        guards.remove(connection)
        Event.objects.filter(seq=2).update(reason="forged")
        guards.install(connection)

        with caplog.at_level(logging.ERROR):
            verify_journal()

        result = Event.objects.get(action="journal.verified")
        assert (result.outcome, result.reason, result.data) == ("refused", "bad_hash", {"checked": 1, "seq": 2})
        assert "bad_hash at row 2" in caplog.text

    def test_an_unregistered_action_is_refused(self, now):
        with pytest.raises(actions.UnknownAction):
            services.record("test.never_registered", actor=ANONYMOUS, now=now)

    @pytest.mark.parametrize("rows", [0, 2000])
    def test_the_check_reads_in_batches(self, rows, now, django_assert_num_queries):
        for _number in range(rows):
            services.record("test.happened", actor=ANONYMOUS, now=now)

        with django_assert_num_queries(3):
            assert services.verify().checked == rows + 3
