from datetime import timedelta

import pytest
from django.core import mail
from django.db import IntegrityError, transaction

from frmr_portal import settings as stand_settings
from frmr_portal.base.mailbox import owners, selectors, services
from frmr_portal.base.mailbox.models import Kind, Message

OWNER = "1000600001"


@pytest.fixture
def send(db, now):
    def make(**changes) -> Message:
        about = {"kind": Kind.SMS, "owner": OWNER, "to": "+7(000)1234567", "text": "Код входа", "purpose": "sign_in", "now": now} | changes
        return services.send(**about)

    return make


class TestAddresses:
    REAL = ("+7(916)1234567", "+79161234567", "+7(000)123", "doctor@example.com", "doctor@test", "a@evil.com,b@x.test", "a@evil.com b@x.test", "")

    @pytest.mark.parametrize("kind", Kind)
    @pytest.mark.parametrize("to", REAL)
    def test_EM_05_a_real_address_is_refused_and_not_quoted(self, send, kind, to):
        with pytest.raises(services.RealAddress) as caught:
            send(kind=kind, to=to)

        assert not to or to not in str(caught.value)
        assert not Message.objects.exists()

    @pytest.mark.parametrize("kind", Kind)
    def test_EM_05_the_database_refuses_a_real_address_too(self, db, now, kind):
        for to in ("+7(916)1234567", "doctor@example.com"):
            with pytest.raises(IntegrityError), transaction.atomic():
                Message.objects.create(kind=kind, to=to, text="x", purpose="sign_in", created_at=now)

    @pytest.mark.parametrize(("kind", "to"), [(Kind.SMS, "doctor@example.test"), (Kind.EMAIL, "+7(000)1234567")])
    def test_an_address_of_the_other_kind_is_refused(self, send, kind, to):
        with pytest.raises(services.RealAddress):
            send(kind=kind, to=to)

    @pytest.mark.parametrize(
        ("kind", "to"),
        [(Kind.SMS, "+7(000)1234567"), (Kind.EMAIL, "d.o-c@mail.example.test"), (Kind.PUSH, "+7(000)1234567"), (Kind.LETTER, "doctor@example.test")],
    )
    def test_a_test_address_is_taken(self, send, kind, to):
        assert send(kind=kind, to=to).to == to


class TestBox:
    def test_D11_the_code_stands_in_the_box_of_its_owner(self, send, now):
        """D11, D18: what «went» to the telephone is read here."""
        send(code="482915", valid_until=now + timedelta(seconds=300))
        send(owner="1000600002", code="117306")

        box = selectors.box(OWNER, now=now)

        assert [item.message.code for item in box] == ["482915"]

    def test_the_newest_message_comes_first(self, send, now):
        for number in range(7):
            send(text=str(number), now=now + timedelta(seconds=number))

        assert [item.message.text for item in selectors.box(OWNER, now=now)] == ["6", "5", "4", "3", "2"]
        assert [message.text for message in selectors.newest(2)] == ["6", "5"]

    def test_messages_of_the_same_moment_keep_their_order(self, send):
        first, second = send(), send()

        assert list(selectors.messages_of(OWNER)) == [second, first]

    @pytest.mark.parametrize(("seconds", "minutes_left", "has_expired"), [(0, 5, False), (241, 1, False), (299, 1, False), (300, 0, True), (3600, 0, True)])
    def test_D18_a_code_says_how_long_it_is_taken(self, send, now, seconds, minutes_left, has_expired):
        message = send(code="482915", valid_until=now + timedelta(seconds=300))

        item = selectors.item(message, now=now + timedelta(seconds=seconds))

        assert (item.minutes_left, item.has_expired) == (minutes_left, has_expired)

    def test_a_message_without_a_code_never_expires(self, send, now):
        item = selectors.item(send(), now=now + timedelta(days=365))

        assert (item.minutes_left, item.has_expired) == (0, False)


class TestOwners:
    def test_a_person_whom_nobody_knows_is_called_by_the_oid(self, monkeypatch):
        monkeypatch.setattr(owners, "_slot", [owners._nobody])

        assert owners.names_of(["1000600001"]) == {"1000600001": "1000600001"}

    def test_the_application_that_knows_the_persons_gives_names(self, monkeypatch):
        monkeypatch.setattr(owners, "_slot", [owners._nobody])
        owners.name_by(lambda _owners: {"1000600001": "Тестова А. С."})

        assert owners.names_of(["1000600001", "7"]) == {"1000600001": "Тестова А. С.", "7": "7"}


class TestDjangoMail:
    @pytest.fixture(autouse=True)
    def stand_mailers(self, settings) -> None:
        """The test runner replaces the mailers by its own; take those of the stand."""
        settings.MAILERS = stand_settings.MAILERS

    def test_a_message_of_django_lands_in_the_box(self, db, now):
        sent = mail.EmailMessage("Тема", "Текст", "stand@example.test", ["a@example.test"], cc=["b@example.test"], bcc=["c@example.test"]).send()

        assert sent == 1
        assert {message.to for message in Message.objects.all()} == {"a@example.test", "b@example.test", "c@example.test"}
        assert {(message.kind, message.subject, message.text, message.created_at) for message in Message.objects.all()} == {("email", "Тема", "Текст", now)}

    def test_EM_05_one_real_recipient_stops_the_whole_message(self, db):
        with pytest.raises(services.RealAddress):
            mail.EmailMessage("Тема", "Текст", "stand@example.test", ["a@example.test", "real@example.com"]).send()

        assert not Message.objects.exists()
