from collections.abc import Callable

import pytest

from signatures.core.asn1 import oids
from signatures.core.asn1 import writer as w
from signatures.core.build import extensions as ext
from signatures.core.build import name
from signatures.core.certificates import IssuerSignTool
from signatures.core.profile795 import profile_findings
from signatures.core.trust import Standing
from signatures.core.verdict import CheckKey, CheckState, Indication, Qualification
from tests.plugins.authority import Authority, person_extensions, person_name, reason_ids

Q = Qualification


class TestWorth:
    @pytest.mark.parametrize(
        ("policy", "standing", "marked", "worth"),
        [
            ("stand", Standing.TEST, True, (Q.TEST, Q.QUALIFIED)),
            ("stand", Standing.GIVEN, True, (Q.UNDEFINED, Q.QUALIFIED)),
            ("kep-ru", Standing.ACCREDITED, True, (Q.QUALIFIED, Q.QUALIFIED)),
            ("unep", Standing.ACCREDITED, False, (Q.ADVANCED, Q.ADVANCED)),
            ("unep", Standing.LISTED, True, (Q.ADVANCED, Q.ADVANCED)),
            ("unep", Standing.GIVEN, False, (Q.UNDEFINED, Q.ADVANCED)),
        ],
    )
    def test_depends_on_marks_and_anchor(self, authority: Authority, policy: str, standing: Standing, marked: bool, worth: tuple[Q, Q]):
        who = authority.person(person_extensions(is_qualified=marked))

        verdict = authority.judge(authority.sign(who=who), policy=policy, trust=authority.trust(standing))

        assert verdict.indication is Indication.PASSED
        assert (verdict.qualification, verdict.level) == worth

    def test_is_unknown_without_a_path(self, authority: Authority, rsa_authority: Authority):
        verdict = authority.judge(rsa_authority.sign())

        assert (verdict.qualification, verdict.level) == (Q.UNDEFINED, Q.UNDEFINED)

    def test_is_named_test_also_when_the_signature_failed(self, authority: Authority):
        verdict = authority.judge(authority.sign(), b"another")

        assert verdict.qualification is Q.TEST
        assert "QUAL_TEST" in reason_ids(verdict)

    def test_only_warns_where_marks_are_not_required(self, authority: Authority):
        verdict = authority.judge(
            authority.sign(who=authority.person(person_extensions(is_qualified=False))), policy="unep", trust=authority.trust(Standing.LISTED)
        )

        assert verdict.indication is Indication.PASSED
        assert "QUAL_NOT_QUALIFIED" in reason_ids(verdict)

    @pytest.mark.parametrize("standing", [Standing.TEST, Standing.LISTED])
    def test_kep_ru_does_not_trust_other_anchors(self, authority: Authority, standing: Standing):
        verdict = authority.judge(authority.sign(), policy="kep-ru", trust=authority.trust(standing))

        assert "XCV_NO_CHAIN" in reason_ids(verdict)


def without(oid: str) -> list[bytes]:
    return [one for one in person_extensions() if w.oid(oid) not in one]


SUBJECT = {
    oids.COUNTRY: "RU",
    oids.COMMON_NAME: "Тестов Тест",
    oids.SURNAME: "Тестов",
    oids.GIVEN_NAME: "Тест",
    oids.SNILS: "00000000001",
    oids.INN: "000000000000",
}


def subject(**changes: str) -> bytes:
    """Return the usual name with values replaced or, when empty, left out."""
    values = {**SUBJECT, **{getattr(oids, key): value for key, value in changes.items()}}
    return name(*((oid, value) for oid, value in values.items() if value))


class TestProfile:
    def test_finds_nothing_in_the_certificates_of_the_test_authority(self, authority: Authority):
        assert profile_findings(authority.person().certificate) == ()

    @pytest.mark.parametrize(
        ("changes", "field"),
        [
            ({"COMMON_NAME": ""}, "field.common-name"),
            ({"SURNAME": ""}, "field.surname"),
            ({"GIVEN_NAME": ""}, "field.given-name"),
            ({"SNILS": ""}, "field.snils"),
            ({"SNILS": "0000000000"}, "field.snils"),
            ({"INN": ""}, "field.inn"),
            ({"INN": "0000000000"}, "field.inn"),
            ({"COUNTRY": "KZ"}, "field.country"),
            ({"STATE": "Москва"}, "field.state"),
            ({"OGRNIP": "1"}, "field.ogrnip"),
        ],
    )
    def test_names_a_wrong_part_of_the_name(self, rsa_authority: Authority, changes: dict[str, str], field: str):
        who = rsa_authority.issue(subject(**changes), person_extensions())

        assert profile_findings(who.certificate) == (field,)

    @pytest.mark.parametrize(
        ("changes", "fields"),
        [
            ({"ORGANIZATION": "ТЕСТОВАЯ организация", "STATE": "77 Москва", "OGRN": "0000000000000", "INN_LE": "0000000000"}, ()),
            ({"OGRN": "0000000000000", "INN_LE": "0000000000"}, ("field.organization", "field.state")),
            ({"ORGANIZATION": "ТЕСТОВАЯ", "STATE": "77 Москва", "OGRN": "1", "INN": ""}, ("field.inn-le", "field.ogrn")),
        ],
    )
    def test_knows_organisations(self, rsa_authority: Authority, changes: dict[str, str], fields: tuple[str, ...]):
        assert profile_findings(rsa_authority.issue(subject(**changes), person_extensions()).certificate) == fields

    @pytest.mark.parametrize(
        ("extensions", "field"),
        [
            (without(oids.KEY_USAGE), "field.key-usage"),
            (without(oids.CERTIFICATE_POLICIES), "field.tool-class"),
            (without(oids.SUBJECT_SIGN_TOOL), "field.subject-sign-tool"),
            (without(oids.ISSUER_SIGN_TOOL), "field.issuer-sign-tool"),
            ([*without(oids.ISSUER_SIGN_TOOL), ext.issuer_sign_tool(IssuerSignTool("", "a", "b", "c"))], "field.issuer-sign-tool"),
            (without(oids.IDENTIFICATION_KIND), "field.identification-kind"),
            ([*without(oids.IDENTIFICATION_KIND), ext.identification_kind(4)], "field.identification-kind"),
            (without(oids.CRL_DISTRIBUTION_POINTS), "field.revocation-address"),
        ],
    )
    def test_names_a_missing_extension(self, rsa_authority: Authority, extensions: list[bytes], field: str):
        assert profile_findings(rsa_authority.issue(person_name(), extensions).certificate) == (field,)

    def test_wants_the_key_of_the_authority_named(self, rsa_authority: Authority):
        assert profile_findings(rsa_authority.person(identifiers=False).certificate) == ("field.authority-key-id",)

    def test_knows_version_1(self, rsa_authority: Authority):
        assert "field.version" in profile_findings(rsa_authority.issue(person_name(), (), identifiers=False).certificate)

    def test_wants_numbers_in_numeric_strings(self, rsa_authority: Authority, retyped: Callable[[bytes], bytes]):
        who = rsa_authority.issue(retyped(person_name()), person_extensions())

        assert profile_findings(who.certificate) == ("field.snils",)

    def test_never_changes_the_answer(self, authority: Authority):
        verdict = authority.judge(authority.sign(who=authority.person(without(oids.ISSUER_SIGN_TOOL))))

        assert verdict.indication is Indication.PASSED
        assert {check.key: check.state for check in verdict.signatures[0].checks}[CheckKey.PROFILE_795] is CheckState.NO

    @pytest.fixture
    def retyped(self) -> Callable[[bytes], bytes]:
        """Write the СНИЛС as PrintableString."""
        return lambda given: given.replace(w.numeric("00000000001"), w.printable("00000000001"))
