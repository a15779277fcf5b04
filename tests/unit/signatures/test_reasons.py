"""The catalogue of reasons: complete in both languages, calm in tone, safe to fill."""

import json
import re
from copy import deepcopy
from datetime import UTC, datetime
from pathlib import Path

import pytest

from signatures.core import reasons
from signatures.core.errors import SignatureFormatError, limit
from signatures.core.reasons import schema
from signatures.core.reasons.schema import CatalogueBroken, checked_entries, checked_texts
from signatures.core.verdict import Check, CheckKey, CheckState, Indication, Qualification, Reason, ReasonKind, SubIndication

CORE = Path(reasons.__file__).parents[1]
SOURCES = [path.read_text(encoding="utf-8") for path in CORE.rglob("*.py")]
RU, EN = reasons.texts("ru"), reasons.texts("en")


def filled(reason_id: str) -> Reason:
    return reasons.reason(reason_id, **dict.fromkeys(RU.entries[reason_id].placeholders, "значение"))


class TestCatalogue:
    def test_both_languages_have_the_same_keys(self):
        assert RU.entries.keys() == EN.entries.keys()
        for section in ("words", "qualifications", "checks", "states", "lines", "terms"):
            assert getattr(RU, section).keys() == getattr(EN, section).keys(), section

    @pytest.mark.parametrize("reason_id", RU.entries)
    def test_a_reason_means_the_same_in_both(self, reason_id):
        russian, english = RU.entries[reason_id], EN.entries[reason_id]

        assert russian.kinds == english.kinds
        assert russian.sub_indications == english.sub_indications
        assert russian.placeholders == english.placeholders

    @pytest.mark.parametrize("reason_id", RU.entries)
    def test_a_reason_can_be_made_and_explained(self, reason_id):
        made = filled(reason_id)

        for texts in (RU, EN):
            assert "{" not in texts.what(made) + texts.todo(made)

    @pytest.mark.parametrize("reason_id", RU.entries)
    def test_russian_texts_are_russian_and_english_ones_english(self, reason_id):
        made = filled(reason_id)

        assert re.search("[а-яё]", RU.what(made))
        assert re.search("[а-яё]", RU.todo(made))
        assert not re.search("[а-яё]", EN.entries[reason_id].what.replace("СНИЛС", ""))

    def test_every_limit_of_the_readers_has_its_words(self):
        used = {name for source in SOURCES for name in re.findall(r'"(limit\.[a-z.]+)"', source)}

        assert used - RU.terms.keys() == set()
        assert {name for name in RU.terms if name.startswith("limit.")} - used == set()

    def test_every_reason_in_the_code_stands_in_the_catalogue(self):
        used = {name for source in SOURCES for name in re.findall(r'"((?:FC|ISC|VCI|XCV|CV|SAV|TSV|PSV|QUAL|BIZ|SYS)_[A-Z0-9_]+)"', source)}

        assert used - RU.entries.keys() == set()


class TestReason:
    def test_it_has_the_kind_and_sub_indication_of_the_catalogue(self):
        made = reasons.reason("CV_HASH_MISMATCH")

        assert made == Reason("CV_HASH_MISMATCH", ReasonKind.FAILED, SubIndication.HASH_FAILURE)
        assert RU.what(made) == "Документ изменён после подписания или выбран не тот файл"
        assert RU.todo(made) == "Запросите исходный файл"

    def test_a_kind_is_chosen_where_there_are_several(self):
        date = datetime(2026, 12, 1, tzinfo=UTC)

        assert reasons.reason("XCV_NOT_YET_VALID", date=date).kind is ReasonKind.INDETERMINATE
        assert reasons.reason("XCV_NOT_YET_VALID", kind=ReasonKind.FAILED, date=date).sub_indication is SubIndication.NOT_YET_VALID
        assert reasons.reason("QUAL_NOT_QUALIFIED").sub_indication is None
        weak = reasons.reason("SAV_OLD_GOST", sub_indication=SubIndication.CRYPTO_CONSTRAINTS_FAILURE_NO_POE)
        assert weak.sub_indication is SubIndication.CRYPTO_CONSTRAINTS_FAILURE_NO_POE

    @pytest.mark.parametrize(
        "call",
        [
            lambda: reasons.reason("FC_UNHEARD_OF"),
            lambda: reasons.reason("FC_LIMITS"),
            lambda: reasons.reason("FC_ENCODING", kind=ReasonKind.WARNING),
            lambda: reasons.reason("FC_ENCODING", sub_indication=SubIndication.REVOKED),
        ],
    )
    def test_a_mistake_of_the_program_is_not_hidden(self, call):
        with pytest.raises(reasons.ReasonMisused):
            call()

    def test_a_refusal_of_a_reader_keeps_its_data(self):
        made = reasons.from_error(limit("limit.signers", "1000 signers"))

        assert (made.id, made.sub_indication, made.detail) == ("FC_LIMITS", SubIndication.FORMAT_FAILURE, "1000 signers")
        assert RU.what(made) == "Файл подписи превышает допустимые размеры (слишком много подписей)"

    def test_a_refusal_survives_the_way_between_processes(self):
        """A copy is made of the same parts as a pickle."""
        error = deepcopy(limit("limit.signers", "1000 signers"))

        assert isinstance(error, SignatureFormatError)
        assert (error.reason_id, error.detail, error.params) == ("FC_LIMITS", "1000 signers", {"limit": "limit.signers"})


class TestTexts:
    def test_dates_are_written_for_people(self):
        made = reasons.reason("XCV_EXPIRED", date=datetime(2026, 12, 1, 21, 5, tzinfo=UTC))

        assert "02.12.2026 00:05 МСК" in RU.what(made)
        assert "2026-12-01 21:05 UTC" in EN.what(made)

    def test_terms_are_translated_and_other_values_stay(self):
        container = reasons.reason("FC_OTHER_CMS", container="cms.time-stamp")

        assert "отдельная метка времени" in RU.what(container)
        assert "a lone time-stamp" in EN.what(container)
        assert "1.2.3" in RU.what(reasons.reason("XCV_CRITICAL_EXTENSION", oid="1.2.3"))

    def test_a_value_that_looks_like_a_placeholder_stays_a_value(self):
        assert "{name} {oid}" in RU.what(reasons.reason("XCV_ISSUER_NOT_CA", name="{name} {oid}"))

    def test_the_words_of_the_answer(self):
        assert [RU.word(one) for one in Indication] == ["Подпись верна", "Подпись неверна", "Подпись не удалось подтвердить"]
        assert [RU.qualification(one) for one in Qualification] == ["КЭП", "НЭП", "тестовая", "не определена"]

    def test_a_check_has_its_own_line_or_that_of_its_state(self):
        assert RU.line(Check(CheckKey.TIMESTAMP, CheckState.NOT_APPLICABLE)) == "Метки времени в подписи нет"
        assert RU.line(Check(CheckKey.CHAIN, CheckState.NO, line="chain.not_checked")) == "Цепочка не проверялась"

    def test_there_is_no_third_language(self):
        with pytest.raises(CatalogueBroken):
            reasons.texts("de")


class TestSchema:
    @staticmethod
    def catalogue() -> dict:
        return json.loads((CORE / "reasons" / "ru.json").read_text(encoding="utf-8"))

    def test_the_files_follow_it(self):
        assert checked_entries(self.catalogue()).keys() == RU.entries.keys()

    @pytest.mark.parametrize(
        "entry",
        [
            None,
            {},
            {"kinds": [], "sub_indications": [], "what": "а", "todo": "б"},
            {"kinds": ["Z"], "sub_indications": [], "what": "а", "todo": "б"},
            {"kinds": ["F"], "sub_indications": [], "what": "а", "todo": "б"},
            {"kinds": ["W"], "sub_indications": ["REVOKED"], "what": "а", "todo": "б"},
            {"kinds": ["F"], "sub_indications": ["UNHEARD_OF"], "what": "а", "todo": "б"},
            {"kinds": ["W"], "sub_indications": [], "what": "", "todo": "б"},
            {"kinds": ["W"], "sub_indications": [], "what": "Ошибка!", "todo": "б"},
            {"kinds": ["W"], "sub_indications": [], "what": "Ошибка 0x800B010A", "todo": "б"},
            {"kinds": ["W"], "sub_indications": [], "what": "а", "todo": "б", "more": "в"},
            {"kinds": 5, "sub_indications": [], "what": "а", "todo": "б"},
        ],
    )
    def test_an_entry_of_another_shape_is_refused(self, entry):
        with pytest.raises(CatalogueBroken):
            checked_entries({"schema": schema.SCHEMA_VERSION, "reasons": {"FC_X": entry}})

    def test_a_foreign_id_or_version_is_refused(self):
        entry = self.catalogue()["reasons"]["FC_ENCODING"]
        for data in ({"schema": 1, "reasons": {"XX_FOREIGN": entry}}, {"schema": 2, "reasons": {}}, {"schema": 1, "reasons": []}):
            with pytest.raises(CatalogueBroken):
                checked_entries(data)

    def test_an_incomplete_section_is_refused(self):
        words = self.catalogue()["words"]
        for section in (None, {}, words | {"TOTAL-PASSED": ""}, {key: words[key] for key in list(words)[1:]}):
            with pytest.raises(CatalogueBroken):
                checked_texts({"words": section}, "words")
