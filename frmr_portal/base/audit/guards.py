"""Triggers that make the journal append-only, for both databases.

Both refuse UPDATE and DELETE, and an INSERT that does not continue the chain. On SQLite the last one
also stops `INSERT OR REPLACE`, which with `recursive_triggers` off would delete a row without firing
its DELETE trigger. Whoever owns the database can drop a trigger: the verifier finds what follows.

A migration that alters the tables on SQLite rebuilds them and loses the triggers: it must end with
`install` again (a test compares the triggers that exist with the ones named here).
"""

from typing import Final

from django.db.backends.base.base import BaseDatabaseWrapper

_SQLITE: Final = {
    "audit_event_no_update": "BEFORE UPDATE ON base_audit_event BEGIN SELECT RAISE(ABORT, 'the journal is append-only'); END",
    "audit_event_no_delete": "BEFORE DELETE ON base_audit_event BEGIN SELECT RAISE(ABORT, 'the journal is append-only'); END",
    "audit_event_link": """BEFORE INSERT ON base_audit_event
        WHEN NOT EXISTS (SELECT 1 FROM base_audit_head WHERE NEW.seq = seq + 1 AND NEW.prev_hash = hash)
        BEGIN SELECT RAISE(ABORT, 'the journal is append-only: the row does not continue the chain'); END""",
    "audit_head_no_delete": "BEFORE DELETE ON base_audit_head BEGIN SELECT RAISE(ABORT, 'the journal is append-only'); END",
    "audit_head_forward": """BEFORE UPDATE ON base_audit_head
        WHEN NOT EXISTS (
            SELECT 1 FROM base_audit_event
            WHERE seq = NEW.seq AND hash = NEW.hash AND seq = OLD.seq + 1 AND prev_hash = OLD.hash
        )
        BEGIN SELECT RAISE(ABORT, 'the journal is append-only: the head moves one row at a time'); END""",
}

_POSTGRES_FUNCTIONS: Final = {
    "audit_refuse": "BEGIN RAISE EXCEPTION 'the journal is append-only' USING ERRCODE = 'integrity_constraint_violation'; END",
    "audit_check_link": """BEGIN
        IF NOT EXISTS (SELECT 1 FROM base_audit_head WHERE NEW.seq = seq + 1 AND NEW.prev_hash = hash) THEN
            RAISE EXCEPTION 'the journal is append-only: the row does not continue the chain' USING ERRCODE = 'integrity_constraint_violation';
        END IF;
        RETURN NEW;
    END""",
    "audit_check_head": """BEGIN
        IF NOT EXISTS (
            SELECT 1 FROM base_audit_event
            WHERE seq = NEW.seq AND hash = NEW.hash AND seq = OLD.seq + 1 AND prev_hash = OLD.hash
        ) THEN
            RAISE EXCEPTION 'the journal is append-only: the head moves one row at a time' USING ERRCODE = 'integrity_constraint_violation';
        END IF;
        RETURN NEW;
    END""",
}
_POSTGRES: Final = {
    "audit_event_fixed": "BEFORE UPDATE OR DELETE ON base_audit_event FOR EACH ROW EXECUTE FUNCTION audit_refuse()",
    "audit_event_no_truncate": "BEFORE TRUNCATE ON base_audit_event EXECUTE FUNCTION audit_refuse()",
    "audit_event_link": "BEFORE INSERT ON base_audit_event FOR EACH ROW EXECUTE FUNCTION audit_check_link()",
    "audit_head_no_delete": "BEFORE DELETE ON base_audit_head FOR EACH ROW EXECUTE FUNCTION audit_refuse()",
    "audit_head_no_truncate": "BEFORE TRUNCATE ON base_audit_head EXECUTE FUNCTION audit_refuse()",
    "audit_head_forward": "BEFORE UPDATE ON base_audit_head FOR EACH ROW EXECUTE FUNCTION audit_check_head()",
}


def triggers(connection: BaseDatabaseWrapper) -> dict[str, str]:
    """Return the triggers of this database: name → definition."""
    return _POSTGRES if connection.vendor == "postgresql" else _SQLITE


def install(connection: BaseDatabaseWrapper) -> None:
    """Create the triggers; existing ones are replaced."""
    remove(connection)
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            for name, body in _POSTGRES_FUNCTIONS.items():
                cursor.execute(f"CREATE OR REPLACE FUNCTION {name}() RETURNS trigger LANGUAGE plpgsql AS $$ {body} $$")
        for name, definition in triggers(connection).items():
            cursor.execute(f"CREATE TRIGGER {name} {definition}")


def remove(connection: BaseDatabaseWrapper) -> None:
    """Drop the triggers: for the reverse of the migration and for emptying a test database."""
    with connection.cursor() as cursor:
        for name, definition in triggers(connection).items():
            table = definition.split(" ON ")[1].split()[0]
            cursor.execute(f"DROP TRIGGER IF EXISTS {name} ON {table}" if connection.vendor == "postgresql" else f"DROP TRIGGER IF EXISTS {name}")
