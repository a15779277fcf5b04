"""Rules of RFC 5280 about paths, by the families of x509-limbo: nc, pathlen, aki and ski, validity, pathological."""

from datetime import timedelta

import pytest

from signatures.core.asn1 import oids
from signatures.core.asn1 import writer as w
from signatures.core.build import GostKey, RsaKey, name
from signatures.core.build import extensions as ext
from signatures.core.context import Context
from signatures.core.path import build, find_chains
from signatures.core.policy import load_policy
from signatures.core.trust import Anchor, Standing, TrustStore
from signatures.core.verdict import Indication, Verdict
from tests.plugins.authority import AT, AUTHORITY_USAGE, Authority, Family, given, person_extensions, person_name, reason_ids, rsa_key

DAY = timedelta(days=1)
CA = (ext.basic_constraints(is_ca=True, path_length=0), ext.key_usage(*AUTHORITY_USAGE))


def below(authority: Authority, *limits: bytes, subject: bytes | None = None, extensions: tuple[bytes, ...] = ()) -> Verdict:
    """Judge a person below an authority with these extensions."""
    by = authority.issue_authority("с условием", extensions=(*CA, *limits))
    who = authority.issue(subject or person_name(), (*person_extensions(), *extensions), by=by)
    lists = (authority.crl(by=authority.root), authority.crl(by=by))
    return authority.judge(authority.sign(who=who, chain=(by.certificate.der,)), evidence=given(lists))


def general(tag: int, content: bytes) -> bytes:
    return w.sequence(w.context_primitive(tag, content))


def constraints(*, permitted: tuple[bytes, ...] = (), excluded: tuple[bytes, ...] = ()) -> bytes:
    lists = [(0, permitted), (1, excluded)]
    return ext.extension(oids.NAME_CONSTRAINTS, w.sequence(*(w.context(number, *found) for number, found in lists if found)), critical=True)


def alternative(tag: int, content: bytes) -> bytes:
    return ext.extension(oids.SUBJECT_ALTERNATIVE_NAME, w.sequence(w.context_primitive(tag, content)))


EMAIL, DNS, URI, IP = 1, 2, 6, 7


class TestNameConstraints:
    def test_permitted_country(self, rsa_authority: Authority):
        assert below(rsa_authority, ext.name_constraints(permitted=[name((oids.COUNTRY, "RU"))])).indication is Indication.PASSED

    def test_excluded_country(self, rsa_authority: Authority):
        assert "XCV_NAME_CONSTRAINTS" in reason_ids(below(rsa_authority, ext.name_constraints(excluded=[name((oids.COUNTRY, "RU"))])))

    @pytest.mark.parametrize(
        ("tag", "base", "value", "is_within"),
        [
            (EMAIL, b"example.test", b"a@example.test", True),
            (EMAIL, b"example.test", b"a@sub.example.test", False),
            (EMAIL, b".example.test", b"a@sub.example.test", True),
            (EMAIL, b"a@example.test", b"a@EXAMPLE.test", True),
            (EMAIL, b"a@example.test", b"b@example.test", False),
            (DNS, b"example.test", b"sub.example.test", True),
            (DNS, b"example.test", b"notexample.test", False),
            (DNS, b"", b"any.test", True),
            (URI, b"example.test", b"http://example.test/a", True),
            (URI, b".example.test", b"http://sub.example.test/a", True),
            (URI, b"example.test", b"http://sub.example.test/a", False),
            (URI, b"example.test", b"urn:nothing", False),
            (URI, b"example.test", b"http://[broken", False),
            (IP, bytes([10, 0, 0, 0, 255, 0, 0, 0]), bytes([10, 1, 2, 3]), True),
            (IP, bytes([10, 0, 0, 0, 255, 0, 0, 0]), bytes([11, 1, 2, 3]), False),
            (IP, bytes([10, 0, 0, 0]), bytes([10, 0, 0, 0]), False),
        ],
    )
    def test_of_each_form(self, rsa_authority: Authority, tag: int, base: bytes, value: bytes, is_within: bool):
        subject = name((oids.COMMON_NAME, "Без почты"))

        verdict = below(rsa_authority, constraints(permitted=(general(tag, base),)), subject=subject, extensions=(alternative(tag, value),))

        assert ("XCV_NAME_CONSTRAINTS" in reason_ids(verdict)) is not is_within

    def test_hold_for_mail_inside_of_the_subject(self, rsa_authority: Authority):
        assert "XCV_NAME_CONSTRAINTS" in reason_ids(below(rsa_authority, constraints(excluded=(general(EMAIL, b"example.test"),))))

    def test_of_a_form_that_is_not_understood_are_broken_by_any_such_name(self, rsa_authority: Authority):
        registered = w.oid("1.2.3")[2:]
        verdict = below(rsa_authority, constraints(permitted=(general(8, registered),)), extensions=(alternative(8, registered),))

        assert "XCV_NAME_CONSTRAINTS" in reason_ids(verdict)

    def test_of_another_form_do_not_matter(self, rsa_authority: Authority):
        assert below(rsa_authority, constraints(permitted=(general(DNS, b"example.test"),))).indication is Indication.PASSED


class TestPolicies:
    REQUIRED = ext.extension(oids.POLICY_CONSTRAINTS, w.sequence(w.context_primitive(0, b"\x00")), critical=True)

    def test_shared_policy_satisfies_the_requirement(self, rsa_authority: Authority):
        assert below(rsa_authority, self.REQUIRED, ext.policies("1.2.643.100.113.1")).indication is Indication.PASSED

    def test_any_policy_satisfies_it_too(self, rsa_authority: Authority):
        assert below(rsa_authority, self.REQUIRED, ext.policies("2.5.29.32.0")).indication is Indication.PASSED

    @pytest.mark.parametrize("limits", [(ext.policies("1.2.3"),), ()], ids=["another policy", "no policy"])
    def test_without_a_shared_policy_the_path_is_refused(self, rsa_authority: Authority, limits: tuple[bytes, ...]):
        assert "XCV_CRITICAL_EXTENSION" in reason_ids(below(rsa_authority, self.REQUIRED, *limits))

    def test_any_policy_may_be_forbidden(self, rsa_authority: Authority):
        forbidden = ext.extension(oids.INHIBIT_ANY_POLICY, w.integer(0), critical=True)
        above = (ext.basic_constraints(is_ca=True), ext.key_usage(*AUTHORITY_USAGE), forbidden, self.REQUIRED, ext.policies("2.5.29.32.0"))
        upper = rsa_authority.issue_authority("верхний", extensions=above)
        lower = rsa_authority.issue_authority("с любой политикой", by=upper, extensions=(*CA, ext.policies("2.5.29.32.0")))
        who = rsa_authority.person(by=lower)
        lists = (rsa_authority.crl(by=rsa_authority.root), rsa_authority.crl(by=upper), rsa_authority.crl(by=lower))
        chain = (upper.certificate.der, lower.certificate.der)

        assert "XCV_CRITICAL_EXTENSION" in reason_ids(rsa_authority.judge(rsa_authority.sign(who=who, chain=chain), evidence=given(lists)))


class TestKeyPeriods:
    def test_signer_after_the_end_of_its_key(self, each_authority: Authority):
        who = each_authority.person([*person_extensions(), ext.key_period(AT - 90 * DAY, AT - DAY)])

        verdict = each_authority.judge(each_authority.sign(who=who, signing_time=None))

        assert "XCV_KEY_PERIOD" in reason_ids(verdict)
        assert verdict.indication is Indication.INDETERMINATE

    def test_signer_within_the_period(self, each_authority: Authority):
        who = each_authority.person([*person_extensions(), ext.key_period(AT - 90 * DAY, AT)])

        assert each_authority.judge(each_authority.sign(who=who)).indication is Indication.PASSED

    def test_authority_that_issued_after_the_end_of_its_key(self, rsa_authority: Authority):
        assert "XCV_KEY_PERIOD" in reason_ids(below(rsa_authority, ext.key_period(AT - 200 * DAY, AT - 150 * DAY)))


class TestAnchors:
    def test_outside_of_its_window(self, each_authority: Authority):
        verdict = each_authority.judge(each_authority.sign(), trust=each_authority.trust(not_after=AT - DAY))

        assert "XCV_ANCHOR_AT_TIME" in reason_ids(verdict)

    def test_may_be_the_issuing_authority_itself(self, each_authority: Authority):
        store = TrustStore((Anchor(each_authority.issuing.certificate, Standing.TEST),))

        verdict = each_authority.judge(each_authority.sign(chain=()), trust=store, evidence=given([each_authority.crl()]))

        assert verdict.indication is Indication.PASSED
        assert len(verdict.signatures[0].chain) == 2

    def test_may_not_be_the_signer_itself(self, each_authority: Authority):
        who = each_authority.person()
        store = TrustStore((Anchor(who.certificate, Standing.GIVEN),))

        assert "XCV_ISSUER_NOT_CA" in reason_ids(each_authority.judge(each_authority.sign(who=who), trust=store))

    @pytest.mark.parametrize(("standing", "is_accepted"), [(Standing.GIVEN, True), (Standing.TEST, False)])
    def test_of_version_1_only_when_given_explicitly(self, rsa_authority: Authority, standing: Standing, is_accepted: bool):
        first = rsa_authority.issue_authority("версии 1", extensions=(), identifiers=False)
        who = rsa_authority.person(by=first)
        store = TrustStore((Anchor(first.certificate, standing),))

        verdict = rsa_authority.judge(rsa_authority.sign(who=who, chain=()), trust=store, evidence=given([rsa_authority.crl(by=first)]))

        assert first.certificate.version == 1
        assert (verdict.indication is Indication.PASSED) is is_accepted


class TestSearch:
    def context(self, authority: Authority) -> Context:
        return Context(load_policy("stand"), authority.trust(), authority.backend, AT)

    def test_takes_a_longer_way_when_the_short_one_is_bad(self, rsa_authority: Authority):
        """Two certificates of one authority: the expired one stands first in the container."""
        old = rsa_authority.issue_authority("двойной", key=rsa_key("double"), not_after=AT - DAY)
        new = rsa_authority.issue_authority("двойной", key=rsa_key("double"))
        lists = (rsa_authority.crl(by=rsa_authority.root), rsa_authority.crl(by=new))

        verdict = rsa_authority.judge(
            rsa_authority.sign(who=rsa_authority.person(by=new), chain=(old.certificate.der, new.certificate.der)), evidence=given(lists)
        )

        assert verdict.indication is Indication.PASSED

    def test_passes_by_a_namesake_with_another_key(self, rsa_authority: Authority):
        namesake = rsa_authority.issue_authority(key=rsa_key("namesake"))

        verdict = rsa_authority.judge(rsa_authority.sign(chain=(namesake.certificate.der, *rsa_authority.chain)))

        assert verdict.indication is Indication.PASSED

    def test_ends_in_a_thicket_of_cross_certificates(self, rsa_authority: Authority, monkeypatch: pytest.MonkeyPatch):
        """Eight authorities that all certify each other, none of them trusted: the number of steps is bounded."""
        keys = [rsa_key(f"thicket {number}") for number in range(3)] * 3
        titles = [f"чаща {number}" for number in range(8)]
        roots = [rsa_authority.issue_authority(title, key=key, path_length=None) for title, key in zip(titles, keys, strict=False)]
        pool = [
            rsa_authority.issue_authority(title, by=by, key=key, path_length=None).certificate
            for by in roots
            for title, key in zip(titles, keys, strict=False)
            if title not in by.certificate.subject.first(oids.COMMON_NAME)
        ]
        monkeypatch.setattr(build, "MAX_STEPS", 50)
        who = rsa_authority.person(by=roots[0])

        found = find_chains(who.certificate, pool, self.context(rsa_authority))

        assert found.chains == ()
        assert found.reasons[0].id == "XCV_CHAIN_LIMIT"

    def test_prefers_the_anchor(self, rsa_authority: Authority):
        chains = find_chains(rsa_authority.issuing.certificate, [rsa_authority.root.certificate], self.context(rsa_authority)).chains

        assert [one.certificates for one in chains] == [(rsa_authority.issuing.certificate, rsa_authority.root.certificate)]


class TestMixedChains:
    """The root of one family may certify an authority of another."""

    @pytest.mark.parametrize("family", list(Family))
    def test_of_every_family_pass(self, authority: Authority, family: Family):
        other = Authority(authority.backend, family, f"СМЕШАННЫЙ {family}")
        who = authority.person(key=other.key("person"))

        assert authority.judge(authority.sign(who=who)).indication is Indication.PASSED

    def test_of_rsa_pss_pass(self, rsa_authority: Authority):
        key = RsaKey(rsa_key("pss").private, is_pss=True)
        by = rsa_authority.issue_authority("PSS", key=key)
        who = rsa_authority.person(by=by, key=key)
        lists = (rsa_authority.crl(by=rsa_authority.root), rsa_authority.crl(by=by))

        assert rsa_authority.judge(rsa_authority.sign(who=who, chain=(by.certificate.der,)), evidence=given(lists)).indication is Indication.PASSED

    @pytest.mark.parametrize(
        "curve",
        [
            "1.2.643.2.2.35.1",
            "1.2.643.2.2.35.2",
            "1.2.643.2.2.35.3",
            "1.2.643.2.2.36.0",
            "1.2.643.2.2.36.1",
            "1.2.643.7.1.2.1.1.1",
            "1.2.643.7.1.2.1.1.2",
            "1.2.643.7.1.2.1.1.3",
            "1.2.643.7.1.2.1.1.4",
            "1.2.643.7.1.2.1.2.1",
            "1.2.643.7.1.2.1.2.2",
            "1.2.643.7.1.2.1.2.3",
        ],
    )
    def test_on_every_working_curve_pass(self, authority: Authority, curve: str):
        who = authority.person(key=GostKey(authority.backend.keygen(curve), authority.backend))

        assert authority.judge(authority.sign(who=who)).indication is Indication.PASSED
