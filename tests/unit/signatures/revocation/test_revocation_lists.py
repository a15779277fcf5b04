from datetime import datetime, timedelta

import pytest

from signatures.core.asn1 import oids
from signatures.core.asn1 import writer as w
from signatures.core.build import Line
from signatures.core.build import extensions as ext
from signatures.core.certificates import KeyUsage
from signatures.core.revocation_data import RevocationReason
from signatures.core.verdict import Block, CheckKey, CheckState, Indication, SubIndication, Verdict
from signatures.core.verify import Bundle, Evidence
from tests.plugins.authority import AT, CRL_ADDRESS, Authority, given, reason_ids

DAY, SECOND = timedelta(days=1), timedelta(seconds=1)


def revocation_check(verdict: Verdict) -> CheckState:
    return next(check.state for check in verdict.signatures[0].checks if check.key is CheckKey.REVOCATION)


def scope(*parts: bytes) -> bytes:
    return ext.extension(oids.ISSUING_DISTRIBUTION_POINT, w.sequence(*parts), critical=True)


def point(address: str) -> bytes:
    return w.context(0, w.context(0, w.context_primitive(6, address.encode())))


class TestTerms:
    @pytest.mark.parametrize(
        ("this_update", "next_update", "reason"),
        [
            (AT, AT + DAY, ""),
            (AT - DAY, AT, ""),
            (AT - DAY, AT - SECOND, "XCV_CRL_STALE"),
            (AT + timedelta(seconds=60), AT + DAY, ""),
            (AT + timedelta(seconds=61), AT + DAY, "XCV_NO_REVOCATION_DATA"),
            (AT - DAY, None, "XCV_CRL_STALE"),
        ],
        ids=["first second", "last second", "over", "fast clock", "future", "no term"],
    )
    def test_are_inclusive(self, rsa_authority: Authority, this_update: datetime, next_update: datetime | None, reason: str):
        lists = (rsa_authority.crl(by=rsa_authority.root), rsa_authority.crl(this_update=this_update, next_update=next_update))

        verdict = rsa_authority.judge(rsa_authority.sign(), evidence=given(lists))

        assert (verdict.indication is Indication.PASSED) is not bool(reason)
        assert not reason or reason in reason_ids(verdict)


class TestStatus:
    def test_is_good_when_another_certificate_was_revoked(self, each_authority: Authority):
        verdict = each_authority.judge(each_authority.sign(), evidence=each_authority.evidence(Line(424242, AT - DAY)))

        assert verdict.indication is Indication.PASSED
        assert revocation_check(verdict) is CheckState.YES

    def test_holds_while_the_certificate_is_suspended(self, each_authority: Authority):
        who = each_authority.person()
        line = Line(who.certificate.serial_number, AT - DAY, RevocationReason.CERTIFICATE_HOLD)

        verdict = each_authority.judge(each_authority.sign(who=who), evidence=each_authority.evidence(line))

        assert (verdict.indication, verdict.sub_indication) == (Indication.INDETERMINATE, SubIndication.TRY_LATER)
        assert "XCV_ON_HOLD" in reason_ids(verdict)
        assert verdict.signatures[0].chain[0].revocation == "hold"

    def test_is_good_again_when_a_newer_list_leaves_the_certificate_out(self, each_authority: Authority):
        who = each_authority.person()
        suspended = each_authority.crl(Line(who.certificate.serial_number, AT - DAY, RevocationReason.CERTIFICATE_HOLD), this_update=AT - 2 * SECOND)
        lists = (*each_authority.crls(this_update=AT - SECOND), suspended)

        assert each_authority.judge(each_authority.sign(who=who), evidence=given(lists)).indication is Indication.PASSED

    def test_stays_revoked_when_a_newer_list_forgets_it(self, each_authority: Authority):
        who = each_authority.person()
        revoked = each_authority.crl(Line(who.certificate.serial_number, AT - DAY), this_update=AT - 2 * SECOND)
        lists = (*each_authority.crls(this_update=AT - SECOND), revoked)

        assert "XCV_REVOKED_NO_POE" in reason_ids(each_authority.judge(each_authority.sign(who=who), evidence=given(lists)))

    def test_is_revoked_by_a_stale_list_too(self, each_authority: Authority):
        who = each_authority.person()
        stale = each_authority.crl(Line(who.certificate.serial_number, AT - 3 * DAY), this_update=AT - 2 * DAY, next_update=AT - DAY)

        verdict = each_authority.judge(each_authority.sign(who=who), evidence=given([each_authority.crl(by=each_authority.root), stale]))

        assert "XCV_REVOKED_NO_POE" in reason_ids(verdict)

    def test_counts_a_stolen_key_from_the_day_of_the_theft(self, rsa_authority: Authority):
        who = rsa_authority.person()
        line = Line(who.certificate.serial_number, AT - DAY, RevocationReason.KEY_COMPROMISE, AT - 5 * DAY)
        stamped = rsa_authority.sign(who=who, stamp=lambda value: rsa_authority.token(value, at=AT - 3 * DAY), signing_time=None)

        assert "XCV_REVOKED_NO_POE" in reason_ids(rsa_authority.judge(stamped, evidence=rsa_authority.evidence(line)))

    def test_names_an_authority_that_was_revoked(self, each_authority: Authority):
        root_list = each_authority.crl(Line(each_authority.issuing.certificate.serial_number, AT - DAY), by=each_authority.root)

        verdict = each_authority.judge(each_authority.sign(), evidence=given([root_list, each_authority.crl()]))

        assert (verdict.indication, verdict.sub_indication) == (Indication.INDETERMINATE, SubIndication.REVOKED_CA_NO_POE)
        assert "XCV_CA_REVOKED" in reason_ids(verdict)

    def test_shows_where_it_comes_from_and_how_fresh_it_is(self, each_authority: Authority):
        """UC-02: thisUpdate and nextUpdate are in the report."""
        lines = [one for one in each_authority.judge(each_authority.sign()).signatures[0].constraints if one.block is Block.XCV and one.id == "revocation"]

        assert len(lines) == 2
        assert {"certificate", "state", "source", "this_update", "next_update"} <= dict(lines[0].data).keys()


class TestSources:
    def test_lists_inside_of_the_container_count(self, each_authority: Authority):
        inside = w.context_set(1, *each_authority.crls())
        signature = each_authority.sign()

        assert each_authority.judge(_with_lists(signature, inside), evidence=given()).indication is Indication.PASSED

    def test_stored_lists_count(self, each_authority: Authority):
        assert each_authority.judge(each_authority.sign(), evidence=Evidence(stored=Bundle(crls=each_authority.crls()))).indication is Indication.PASSED

    def test_an_unreadable_list_hides_nothing(self, each_authority: Authority):
        verdict = each_authority.judge(each_authority.sign(), evidence=given([b"\x30\x00", *each_authority.crls()]))

        assert verdict.indication is Indication.PASSED
        assert any("unreadable" in value for one in verdict.signatures[0].constraints for _, value in one.data)

    def test_an_unreadable_list_alone_is_no_evidence(self, each_authority: Authority):
        verdict = each_authority.judge(each_authority.sign(), evidence=given([b"\x30\x00"]))

        assert verdict.sub_indication is SubIndication.TRY_LATER
        assert "XCV_NO_REVOCATION_DATA" in reason_ids(verdict)


def _with_lists(signature: bytes, lists: bytes) -> bytes:
    """Put revocation lists into a container: behind its certificates."""
    from_oid = len(w.oid(oids.SIGNED_DATA))
    outer = signature[4 + from_oid :]
    body = outer[8:]
    certificates = body.index(b"\xa0\x82")
    end = certificates + 4 + int.from_bytes(body[certificates + 2 : certificates + 4])
    return w.sequence(w.oid(oids.SIGNED_DATA), w.context(0, w.sequence(body[:end], lists, body[end:])))


class TestScope:
    @pytest.mark.parametrize(
        ("extension", "is_believed"),
        [
            (scope(point(CRL_ADDRESS)), True),
            (scope(point("http://other.example.test/")), False),
            (scope(w.context_primitive(1, b"\xff")), True),
            (scope(w.context_primitive(2, b"\xff")), False),
            (scope(w.context_primitive(3, b"\x01\x40")), False),
            (scope(w.context_primitive(4, b"\xff")), False),
            (scope(w.context_primitive(5, b"\xff")), False),
            (ext.extension(oids.DELTA_CRL, w.integer(1), critical=True), False),
            (ext.extension("1.2.3.4.5", w.null(), critical=True), False),
            (ext.extension("1.2.3.4.5", w.null()), True),
        ],
        ids=[
            "own address",
            "other address",
            "people only",
            "authorities only",
            "some reasons",
            "indirect",
            "attributes",
            "delta",
            "unknown critical",
            "unknown",
        ],
    )
    def test_decides_whether_a_list_speaks_about_a_certificate(self, rsa_authority: Authority, extension: bytes, is_believed: bool):
        lists = (rsa_authority.crl(by=rsa_authority.root), rsa_authority.crl(extensions=(extension,)))

        verdict = rsa_authority.judge(rsa_authority.sign(), evidence=given(lists))

        assert (verdict.indication is Indication.PASSED) is is_believed
        assert is_believed or verdict.sub_indication is SubIndication.TRY_LATER

    def test_an_issuer_without_the_right_to_sign_lists_is_not_believed(self, rsa_authority: Authority):
        usual = (ext.basic_constraints(is_ca=True, path_length=0), ext.key_usage(KeyUsage.KEY_CERT_SIGN))
        mute = rsa_authority.issue_authority("без списков", extensions=usual)
        lists = (rsa_authority.crl(by=rsa_authority.root), rsa_authority.crl(by=mute))

        verdict = rsa_authority.judge(rsa_authority.sign(who=rsa_authority.person(by=mute), chain=(mute.certificate.der,)), evidence=given(lists))

        assert "XCV_CRL_WRONG_ISSUER" in reason_ids(verdict)
