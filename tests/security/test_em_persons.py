"""EM: only invented persons, only addresses of the stand, only keys that say «ТЕСТ»."""

import pytest
from cryptography import x509
from django.db import IntegrityError, transaction
from hypothesis import given
from hypothesis import strategies as st

from frmr_portal.base.kit.text import SnilsError, check_snils, snils_check_digits
from frmr_portal.session.models import Account
from gosuslugi_auth.idp.models import Contact, Organization, Person
from gosuslugi_auth.idp.personas import loading
from gosuslugi_auth.idp.services import preparing

TABLE = [
    ("000-000-600 06", "not_applicable", "ok"),
    ("000-000-600 18", "not_applicable", "ok"),
    ("000-123-456 56", "not_applicable", "ok"),
    ("000-123-456 57", "not_applicable", "E-SNILS-CHECK"),
    ("000-029-999 00", "not_applicable", "ok"),
    ("000-039-899 01", "not_applicable", "ok"),
    ("000-999-999 88", "not_applicable", "ok"),
    ("112-233-445 95", "ok", "E-SNILS-RANGE"),
    ("112-233-445 96", "wrong", "E-SNILS-RANGE"),
    ("000-000-600", "", "E-SNILS-FORM"),
    ("000-000-600 0x", "", "E-SNILS-FORM"),
]


class TestSnilsRule:
    @pytest.mark.parametrize(("number", "public", "verdict"), TABLE)
    def test_EM_05_esia_T31_the_table_of_the_rule_holds(self, number: str, public: str, verdict: str):
        if verdict == "ok":
            assert check_snils(number).public_rule == public
            return
        with pytest.raises(SnilsError) as refused:
            check_snils(number)
        assert refused.value.code == verdict

    @given(st.integers(min_value=1, max_value=999_999).filter(lambda base: base != 600))
    def test_EM_05_esia_T31_every_generated_number_passes_and_its_neighbour_does_not(self, base: int):
        digits = f"{base:09d}"
        right = snils_check_digits(digits)
        wrong = f"{(int(right) + 1) % 100:02d}"

        assert check_snils(f"{digits}{right}").text.endswith(right)
        with pytest.raises(SnilsError):
            check_snils(f"{digits}{wrong}")

    @given(st.integers(min_value=1_000_000, max_value=999_999_999))
    def test_EM_05_no_number_of_the_real_range_passes(self, base: int):
        digits = f"{base:09d}"
        with pytest.raises(SnilsError):
            check_snils(f"{digits}{snils_check_digits(digits)}")


@pytest.mark.django_db
class TestDatabaseRefuses:
    def refuses(self, change) -> None:
        with pytest.raises(IntegrityError), transaction.atomic():
            change()

    def test_EM_05_a_real_snils_of_a_person(self, provider):
        self.refuses(lambda: Person.objects.filter(slug="doctor").update(snils="112-233-445 95"))

    def test_EM_05_a_real_snils_of_an_account(self, db):
        self.refuses(lambda: Account.objects.create(oid=1, last_name="А", first_name="Б", snils="112-233-445 95"))

    def test_EM_05_a_real_address_of_an_account(self, db):
        self.refuses(lambda: Account.objects.create(oid=1, last_name="А", first_name="Б", email="a@mail.example"))

    def test_EM_05_a_real_phone_of_an_account(self, db):
        self.refuses(lambda: Account.objects.create(oid=1, last_name="А", first_name="Б", mobile="+7(900)1234567"))

    @pytest.mark.parametrize(("kind", "value"), [("MBT", "+7(900)1234567"), ("EML", "doctor@mail.example")])
    def test_EM_05_a_real_contact(self, provider, kind: str, value: str):
        self.refuses(lambda: Contact.objects.filter(kind=kind, person__slug="doctor").update(value=value))

    def test_EM_05_a_real_organisation(self, provider):
        self.refuses(lambda: Organization.objects.update(ogrn="1027700132195"))


class TestCards:
    def test_the_fourteen_golden_personas_and_the_rest_are_good(self):
        personas = loading.read_personas()

        assert [one.number for one in personas] == list(range(1, 29))
        golden = {"doctor", "nurse", "hr", "chief", "miac", "insurer", "regulator", "expert", "patient", "patient-doctor", "locked", "standard"}
        assert golden | {"expired-qes", "inactive"} <= {one.slug for one in personas}
        assert all(one.to_try for one in personas)

    @pytest.mark.parametrize(
        ("text", "message"),
        [
            ('number = 1\nslug = "x"\nshoe_size = 40', "unknown key shoe_size"),
            ('number = 1\nslug = "x"', "is missing"),
        ],
    )
    def test_a_wrong_card_is_refused_by_name(self, tmp_path, text: str, message: str):
        (tmp_path / "01-x.toml").write_text(text, encoding="utf-8")

        with pytest.raises(loading.PersonaCardWrong, match=message):
            loading.read_personas(tmp_path)


class TestRegistration:
    @pytest.mark.parametrize("address", ["https://evil.example/cb", "https://lk.gosuslugi.ru/cb", "http://192.0.2.7/cb", "javascript:x", ""])
    def test_EM_09_an_address_outside_the_stand_is_refused(self, address: str):
        with pytest.raises(preparing.RegistrationRefused):
            preparing.check_redirect_uri(address)

    def test_EM_09_there_is_no_dynamic_registration(self, provider, client):
        for path in ("/register", "/aas/oauth2/register", "/connect/register"):
            assert client.post(path).status_code == 404

    def test_EM_10_certificates_of_the_stand_say_so_and_cannot_sign_others(self, provider, settings):
        for file in (settings.ESIA_SIGNING_CERTIFICATE_FILE, settings.ESIA_CLIENT_CERTIFICATE_FILE):
            certificate = x509.load_pem_x509_certificate(file.read_bytes())
            assert "ТЕСТ" in certificate.subject.rfc4514_string()
            assert certificate.extensions.get_extension_for_class(x509.BasicConstraints).value.ca is False

    def test_keys_are_readable_by_their_owner_only(self, provider, settings):
        assert settings.ESIA_SIGNING_KEY_FILE.stat().st_mode & 0o077 == 0
