from datetime import date

import pytest

from gosuslugi_auth.client.failures import PersonRefused
from gosuslugi_auth.client.person import EsiaOrganization, parse

PERSON = {"lastName": "Тестова", "firstName": "Анна", "middleName": "Сергеевна", "snils": "00000060001", "birthDate": "14.03.1985", "trusted": True}
ROLE = {"oid": "1000800003", "prnOid": "7", "shortName": "ГБУЗ", "fullName": "ГБУЗ полностью", "chief": True, "active": True}


def read(person=None, contacts=(), roles=(), **changes):
    found = {**PERSON, **(person or {}), **changes}
    return parse(7, {name: value for name, value in found.items() if value is not None}, {"elements": list(contacts)}, {"elements": list(roles)})


def contact(kind, value, verification="VERIFIED"):
    return {"type": kind, "value": value, "vrfStu": verification}


class TestPerson:
    def test_names_date_and_number_are_taken_over(self):
        person = read()

        assert (person.oid, person.last_name, person.first_name, person.middle_name) == (7, "Тестова", "Анна", "Сергеевна")
        assert (person.snils, person.birth_date, person.trusted) == ("000-000-600 01", date(1985, 3, 14), True)

    def test_fields_of_scopes_that_were_not_granted_are_absent(self):
        person = read(middleName=None, snils=None, birthDate=None)

        assert (person.middle_name, person.snils, person.birth_date, person.email, person.organizations) == ("", "", None, "", ())

    @pytest.mark.parametrize("value", [None, False, "true", 1])
    def test_only_true_is_trusted(self, value):
        assert read(trusted=value).trusted is False

    @pytest.mark.parametrize(
        ("field", "value"),
        [
            ("lastName", None),
            ("lastName", "  "),
            ("firstName", 5),
            ("firstName", "x" * 151),
            ("snils", "112-233-445 95"),
            ("snils", "000-123-456 57"),
            ("snils", "garbage"),
            ("snils", 60001),
            ("birthDate", "1985-03-14"),
            ("birthDate", "31.02.1985"),
            ("birthDate", 0),
        ],
    )
    def test_EM_05_what_is_not_of_a_test_person_is_refused(self, field, value):
        with pytest.raises(PersonRefused) as caught:
            read({field: value})

        assert caught.value.check == field
        assert str(value) not in str(caught.value) or value is None


class TestContacts:
    def test_verified_ones_are_taken(self):
        person = read(contacts=[contact("EML", "a@example.test"), contact("MBT", "+7(000)0000601"), contact("PHN", "+7(495)1234567")])

        assert (person.email, person.mobile) == ("a@example.test", "+7(000)0000601")

    def test_a_pending_one_is_not(self):
        assert read(contacts=[contact("MBT", "+7(000)0000601", "NOT_VERIFIED")]).mobile == ""

    @pytest.mark.parametrize("value", ["a@gmail.com", "a@b@example.test", "example.test", "a b@example.test", "x" * 300 + "@example.test", 5])
    def test_EM_05_mail_outside_test_is_refused(self, value):
        with pytest.raises(PersonRefused):
            read(contacts=[contact("EML", value)])

    @pytest.mark.parametrize("value", ["+7(926)2464800", "+7 000 000 06 01", "+7(000)0000601 ", "+7(000)000060١"])
    def test_EM_05_a_phone_that_may_exist_is_refused(self, value):
        with pytest.raises(PersonRefused):
            read(contacts=[contact("MBT", value)])

    @pytest.mark.parametrize("elements", ["text", [1], {"a": 1}, ["http://localhost:8001/rs/prns/7/ctts/1"]])
    def test_elements_must_be_objects(self, elements):
        with pytest.raises(PersonRefused):
            parse(7, PERSON, {"elements": elements}, {})


class TestOrganizations:
    def test_active_ones_are_taken(self):
        person = read(roles=[ROLE, {**ROLE, "oid": 1, "active": False}])

        assert person.organizations == (EsiaOrganization(1_000_800_003, "ГБУЗ", chief=True),)

    def test_the_full_name_stands_in_for_the_short_one(self):
        assert read(roles=[{**ROLE, "shortName": None}]).organizations[0].name == "ГБУЗ полностью"

    @pytest.mark.parametrize("changes", [{"oid": None}, {"oid": "x"}, {"oid": True}, {"shortName": None, "fullName": None}, {"shortName": "x" * 501}])
    def test_a_malformed_one_is_refused(self, changes):
        with pytest.raises(PersonRefused):
            read(roles=[{**ROLE, **changes}])

    def test_OA_21_one_of_another_person_is_refused(self):
        with pytest.raises(PersonRefused, match="prnOid"):
            read(roles=[{**ROLE, "prnOid": 8}])
