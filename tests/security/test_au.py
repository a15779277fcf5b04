"""Group AU of the security programme: nobody rewrites the journal unnoticed, and it holds no secrets."""

import re
from io import StringIO
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.db import IntegrityError, connection, transaction

from frmr_portal.base.audit import actions, chain, cleaning, guards, services
from frmr_portal.base.audit.models import GENESIS, Event, Head, Outcome
from frmr_portal.base.audit.services import Fault
from frmr_portal.base.kit.values import ANONYMOUS, Actor

DOCTOR = Actor("account", "6f3c3f0e-8a51-4c8e-9d5b-0d8f0b9b3f10", "врач")


@pytest.fixture(autouse=True)
def test_action() -> None:
    actions.register("test.happened", "Проба")


@pytest.fixture
def journal(db, now) -> list[Event]:
    return [services.record("test.happened", actor=DOCTOR, now=now, data={"number": number}) for number in range(5)]


def without_guards(statement: str, *parameters: Any) -> None:
    """Do what only the owner of the database can do."""
    guards.remove(connection)
    with connection.cursor() as cursor:
        cursor.execute(statement, parameters)
    guards.install(connection)


class TestAU01AppendOnly:
    @pytest.mark.parametrize(
        "statement",
        [
            "UPDATE base_audit_event SET outcome = 'refused' WHERE seq = 2",
            "UPDATE base_audit_event SET outcome = 'refused'",
            "DELETE FROM base_audit_event WHERE seq = 2",
            "DELETE FROM base_audit_event",
            "UPDATE base_audit_head SET seq = 3",
            "UPDATE base_audit_head SET seq = 6, hash = 'invented'",
            "DELETE FROM base_audit_head",
        ],
    )
    def test_AU_01_a_written_row_cannot_be_changed_or_removed(self, journal, statement):
        with pytest.raises(IntegrityError, match="append-only"), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(statement)

        assert services.verify().intact

    def test_AU_01_a_row_cannot_be_replaced_by_insert(self, journal):
        columns = "seq, at_microseconds, action, outcome, actor_kind, actor_key, actor_role, target, reason, request_id, data, prev_hash, hash"
        verb = "INSERT OR REPLACE INTO" if connection.vendor == "sqlite" else "INSERT INTO"
        copy = f"{verb} base_audit_event ({columns}) SELECT {columns.replace('action', chr(39) + 'forged' + chr(39))} FROM base_audit_event WHERE seq = 2"

        with pytest.raises(IntegrityError, match="append-only"), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(copy)

        assert services.verify().intact

    def test_AU_01_the_head_cannot_be_replaced_by_insert(self, journal):
        replace = {
            "sqlite": "INSERT OR REPLACE INTO base_audit_head (id, seq, hash) VALUES (1, 2, 'forged')",
            "postgresql": "INSERT INTO base_audit_head (id, seq, hash) VALUES (1, 2, 'forged') ON CONFLICT (id) DO UPDATE SET seq = 2, hash = 'forged'",
        }
        with pytest.raises(IntegrityError, match="append-only"), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(replace[connection.vendor])

    @pytest.mark.parametrize("table", ["base_audit_event", "base_audit_head"])
    def test_AU_01_a_table_cannot_be_emptied_at_once(self, journal, table):
        empty = {"sqlite": f"DELETE FROM {table}", "postgresql": f"TRUNCATE {table} CASCADE"}

        with pytest.raises(IntegrityError, match="append-only"), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(empty[connection.vendor])

    def test_AU_01_a_row_that_does_not_continue_the_chain_is_refused(self, journal):
        stray = Event(seq=9, at_microseconds=0, action="test.happened", outcome=Outcome.DONE, actor_kind="worker", data={}, prev_hash=GENESIS)
        stray.hash = chain.digest(stray)

        with pytest.raises(IntegrityError, match="append-only"), transaction.atomic():
            stray.save(force_insert=True)

    @pytest.mark.django_db
    def test_AU_01_the_migrations_leave_every_trigger_in_place(self):
        source = "sqlite_master WHERE type = 'trigger'" if connection.vendor == "sqlite" else "pg_trigger WHERE NOT tgisinternal"
        column = "name" if connection.vendor == "sqlite" else "tgname"
        with connection.cursor() as cursor:
            cursor.execute(f"SELECT {column} FROM {source} AND {column} LIKE 'audit%'")
            found = {name for (name,) in cursor.fetchall()}

        assert found == set(guards.triggers(connection))


class TestVerifier:
    def test_a_whole_journal_is_called_whole(self, journal):
        verdict = services.verify()

        assert verdict.intact
        assert verdict.checked == 5

    @pytest.mark.django_db
    def test_an_empty_journal_is_whole(self):
        assert services.verify() == services.Verdict(checked=0)

    @pytest.mark.parametrize(
        "column", ["at_microseconds", "action", "outcome", "actor_kind", "actor_key", "actor_role", "target", "reason", "request_id", "data"]
    )
    def test_AU_02_an_edited_row_is_named(self, journal, column):
        forged = {"at_microseconds": 1, "outcome": "refused", "data": '{"number": 99}'}.get(column, "forged")
        without_guards(f"UPDATE base_audit_event SET {column} = %s WHERE seq = 3", forged)

        verdict = services.verify()

        assert (verdict.fault, verdict.seq) == (Fault.BAD_HASH, 3)

    def test_AU_02_the_command_exits_with_1_and_names_the_row(self, journal):
        without_guards("UPDATE base_audit_event SET reason = 'forged' WHERE seq = 3")

        with pytest.raises(CommandError, match="bad_hash at seq 3") as caught:
            call_command("audit", "verify")

        assert caught.value.returncode == 1

    def test_AU_02_the_command_says_that_a_whole_journal_is_whole(self, journal):
        out = StringIO()

        call_command("audit", "verify", stdout=out)

        assert "whole: 5 rows" in out.getvalue()

    def test_AU_02_an_edited_row_with_a_new_hash_breaks_the_link_of_the_next(self, journal):
        edited = Event.objects.get(seq=3)
        edited.reason = "forged"
        without_guards("UPDATE base_audit_event SET reason = 'forged', hash = %s WHERE seq = 3", chain.digest(edited))

        verdict = services.verify()

        assert (verdict.fault, verdict.seq) == (Fault.BAD_LINK, 4)

    def test_AU_03_a_row_removed_in_the_middle_is_found(self, journal):
        without_guards("DELETE FROM base_audit_event WHERE seq = 3")

        verdict = services.verify()

        assert (verdict.fault, verdict.seq) == (Fault.MISSING, 3)

    def test_AU_04_a_cut_tail_is_found(self, journal):
        without_guards("DELETE FROM base_audit_event WHERE seq > 3")

        verdict = services.verify()

        assert (verdict.fault, verdict.seq) == (Fault.TAIL_CUT, 4)

    def test_AU_04_an_emptied_journal_is_found(self, journal):
        without_guards("DELETE FROM base_audit_event")

        assert services.verify().fault == Fault.TAIL_CUT

    @pytest.mark.parametrize("statement", ["UPDATE base_audit_head SET seq = 3", "DELETE FROM base_audit_head", "UPDATE base_audit_head SET hash = 'forged'"])
    def test_AU_04_a_head_that_was_moved_is_found(self, journal, statement):
        without_guards(statement)

        assert services.verify().fault == Fault.BAD_HEAD


class TestAU06SeveralWriters:
    def test_AU_06_the_chain_of_eight_writers_is_whole(self, in_threads, now):
        """AU-06 with 8 × 25 rows; the long run of the fault programme writes 8 × 5,000."""

        def write(writer: int) -> None:
            for number in range(25):
                services.record("test.happened", actor=DOCTOR, now=now, data={"writer": writer, "number": number})

        in_threads(8, write)

        verdict = services.verify()
        assert verdict.intact
        assert verdict.checked == 200


class TestAU07OneLine:
    @pytest.mark.parametrize(
        ("typed", "stored"),
        [
            ("curl\r\nINFO forged line", r"curl\r\nINFO forged line"),
            ("\x1b[31mred\x1b[0m", r"\x1b[31mred\x1b[0m"),
            ("%n%s%d", "%n%s%d"),
            ("a\u2028b\u2029c", r"a\u2028b\u2029c"),
            ("\u202egpj.exe", r"\u202egpj.exe"),
            ("null\x00byte", r"null\x00byte"),
            ("lone \udcff surrogate", r"lone \udcff surrogate"),
        ],
    )
    def test_AU_07_control_characters_become_visible_escapes(self, db, now, typed, stored):
        event = services.record("test.happened", actor=ANONYMOUS, now=now, reason=typed, data={"agent": typed})

        event.refresh_from_db()
        assert event.reason == stored
        assert event.data["agent"] == stored

    def test_AU_07_a_megabyte_is_cut_to_one_short_line(self, db, now):
        agent = "Mozilla\n" * 131_072

        event = services.record("test.happened", actor=Actor(agent, agent, agent), now=now, target=agent, reason=agent, request_id=agent, data={agent: agent})

        line = chain.canonical_bytes(event).decode()
        assert "\n" not in line
        assert len(line) < 2500
        assert services.verify().intact

    def test_AU_07_data_that_has_no_canonical_form_is_refused(self, db, now):
        with pytest.raises(cleaning.UnfitData):
            services.record("test.happened", actor=ANONYMOUS, now=now, data={"share": 0.1})

    def test_AU_07_more_data_than_a_row_needs_is_refused(self, db, now):
        with pytest.raises(cleaning.UnfitData):
            services.record("test.happened", actor=ANONYMOUS, now=now, data={f"key{number}": 1 for number in range(21)})


class TestAU09Rollback:
    def test_AU_09_a_refusal_survives_the_rollback_and_a_success_does_not(self, db, now):
        class Refused(Exception):
            pass

        @transaction.atomic
        def change() -> None:
            services.record("test.happened", actor=DOCTOR, now=now)
            raise Refused

        with pytest.raises(Refused):
            change()
        services.record("test.happened", actor=DOCTOR, now=now, outcome=Outcome.REFUSED, reason="not_allowed")

        assert [(event.outcome, event.reason) for event in Event.objects.all()] == [("refused", "not_allowed")]
        assert Head.objects.get().seq == 1
        assert services.verify().intact


class TestAU10NoSecrets:
    CANARIES = (
        "000-000-600 06",
        "00000060006",
        "doctor@example.test",
        "+7(000)1234567",
        "+7 000 123-45-67",
        "eyJhbGciOiJSUzI1NiJ9.eyJzdWIiOjEwMDB9.c2lnbmF0dXJl",
        "Bearer 9c1185a5c5e9fc54",
    )

    @pytest.mark.parametrize("canary", CANARIES)
    def test_AU_10_a_secret_that_slips_into_free_text_is_hidden(self, db, now, canary):
        event = services.record(
            "test.happened", actor=ANONYMOUS, now=now, target=f"client:{canary}", reason=f"unknown client {canary}", data={"given": f"({canary})"}
        )

        event.refresh_from_db()
        line = chain.canonical_bytes(event).decode()
        assert canary not in line
        assert cleaning.HIDDEN in event.reason
        assert not re.search(r"\d{3}-\d{3}-\d{3}", line)

    def test_AU_10_identifiers_are_not_mistaken_for_secrets(self, db, now):
        target = "correction:12345678-1234-1234-1234-123456789012"

        event = services.record("test.happened", actor=DOCTOR, now=now, target=target, data={"oid": 1000600001, "client": "FRMR_STAND"})

        assert event.target == target
        assert event.actor_key == DOCTOR.key
        assert event.data == {"oid": 1000600001, "client": "FRMR_STAND"}
