"""The verdict as JSON: fixed keys, two languages, a masked СНИЛС."""

import json
from datetime import UTC, datetime, timedelta, timezone

import pytest

from signatures.core.reasons import reason
from signatures.core.verdict import (
    BackendRef,
    ChainLink,
    Check,
    CheckKey,
    CheckState,
    Indication,
    PolicyRef,
    Qualification,
    SignatureVerdict,
    Signer,
    SubIndication,
    Times,
    Verdict,
)
from signatures.core.verdict_json import masked_snils, to_json

AT = datetime(2026, 12, 1, 3, 0, tzinfo=timezone(timedelta(hours=3)))
SIGNATURE = SignatureVerdict(
    format="CAdES",
    format_level="BES",
    indication=Indication.FAILED,
    sub_indication=SubIndication.HASH_FAILURE,
    signer=Signer(name="Тестов Тест Тестович", snils="00000000001"),
    times=Times(None, AT),
    checks=tuple(Check(key, CheckState.NOT_CHECKED) for key in CheckKey),
    reasons=(reason("CV_HASH_MISMATCH"),),
    chain=(ChainLink("CN=a", "CN=b", "03", AT, AT, "00", "gost2012-256"),),
)
VERDICT = Verdict(
    indication=Indication.FAILED,
    sub_indication=SubIndication.HASH_FAILURE,
    qualification=Qualification.TEST,
    level=Qualification.QUALIFIED,
    policy=PolicyRef("stand", "1", "ab"),
    validation_time=AT,
    signatures=(SIGNATURE,),
    backend=BackendRef("pure", "pure"),
    notes=(reason("FC_BER_NOTE"),),
    report_id="000001",
)


class TestToJson:
    def test_the_keys_are_fixed(self):
        found = to_json(VERDICT)

        assert list(found) == [
            *("indication", "sub_indication", "word", "qualification", "level", "policy", "validation_time"),
            *("signatures", "notes", "backend", "report_id"),
        ]
        assert list(found["policy"]) == ["name", "version", "sha256"]
        assert list(found["backend"]) == ["curve", "hash"]
        assert list(found["signatures"][0]) == [
            *("format", "format_level", "indication", "sub_indication", "signer", "times", "checks", "reasons", "chain"),
        ]
        assert list(found["signatures"][0]["times"]) == ["claimed", "best"]
        assert list(found["signatures"][0]["reasons"][0]) == list(found["notes"][0]) == ["id", "sub_indication", "what", "todo"]
        assert list(found["signatures"][0]["checks"]) == ["integrity", "validity", "revocation", "chain", "timestamp", "profile_795", "authority"]

    def test_it_is_json(self):
        found = json.loads(json.dumps(to_json(VERDICT)))

        assert found["indication"] == "TOTAL-FAILED"
        assert found["signatures"][0]["sub_indication"] == "HASH_FAILURE"
        assert found["validation_time"] == found["signatures"][0]["times"]["best"] == "2026-12-01T00:00:00Z"
        assert found["signatures"][0]["times"]["claimed"] is None
        assert found["notes"][0] == {"id": "FC_BER_NOTE", "sub_indication": None, "what": "Контейнер в BER, приведён к DER", "todo": "Ничего"}

    def test_words_are_translated_and_identifiers_are_not(self):
        russian, english = to_json(VERDICT), to_json(VERDICT, "en")

        assert (russian["word"], english["word"]) == ("Подпись неверна", "The signature is not valid")
        assert (russian["qualification"], russian["level"]) == (english["qualification"], english["level"]) == ("тестовая", "КЭП")
        assert russian["signatures"][0]["reasons"][0]["id"] == english["signatures"][0]["reasons"][0]["id"] == "CV_HASH_MISMATCH"

    def test_only_the_owner_sees_the_whole_snils(self):
        assert to_json(VERDICT)["signatures"][0]["signer"]["snils"] == "000-***-*** 01"
        assert to_json(VERDICT, shows_snils=True)["signatures"][0]["signer"]["snils"] == "00000000001"

    @pytest.mark.parametrize(("snils", "expected"), [("", ""), ("0000000000", "***"), ("00000000001", "000-***-*** 01"), ("0" * 500, "***")])
    def test_a_number_of_another_length_is_hidden_whole(self, snils, expected):
        assert masked_snils(snils) == expected

    def test_a_claimed_time_is_written(self):
        claimed = Times(datetime(2026, 11, 22, 23, 48, 42, tzinfo=UTC), AT)
        one = SignatureVerdict("CMS", "", Indication.PASSED, None, Signer(), claimed, (), ())
        verdict = Verdict(Indication.PASSED, None, Qualification.UNDEFINED, Qualification.UNDEFINED, VERDICT.policy, AT, (one,), VERDICT.backend)

        assert to_json(verdict)["signatures"][0]["times"]["claimed"] == "2026-11-22T23:48:42Z"
