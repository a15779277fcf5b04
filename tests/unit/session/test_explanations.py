import inspect

import pytest

from frmr_portal.session import endings, refusals
from frmr_portal.session.lifecycle import Ended
from gosuslugi_auth.client import failures

ALL = [
    kind
    for module in (failures, refusals)
    for kind in vars(module).values()
    if inspect.isclass(kind) and issubclass(kind, failures.SignInFailed) and kind is not failures.SignInFailed
]


class TestRefusals:
    @pytest.mark.parametrize("kind", ALL, ids=lambda kind: kind.__name__)
    def test_every_refusal_has_its_reason(self, kind):
        assert kind.reason != failures.SignInFailed.reason

    def test_reasons_tell_refusals_apart(self):
        assert len({kind.reason for kind in ALL}) == len(set(ALL))

    @pytest.mark.parametrize("kind", [kind for kind in ALL if kind not in {failures.Unconfirmed, failures.ProviderRefused}], ids=lambda kind: kind.__name__)
    def test_every_refusal_has_words_of_its_own(self, kind):
        assert refusals.explain(kind.reason) is not refusals.explain("unknown")

    def test_an_unknown_reason_gets_neutral_words(self):
        assert str(refusals.explain("something new").title) == "Войти не получилось"

    @pytest.mark.parametrize("page", {*refusals.BY_REASON.values()}, ids=lambda page: str(page.title))
    def test_says_what_to_do_and_is_never_a_500(self, page):
        assert page.steps
        assert page.status in {400, 403, 409, 503}


class TestEndings:
    def test_every_ending_has_words_of_its_own(self):
        assert len({str(endings.explain(why).title) for why in ["", *Ended]}) == len(Ended) + 1

    def test_an_invented_cause_says_no_more_than_that_the_person_left(self):
        assert endings.explain("<b>") is endings.explain("")
