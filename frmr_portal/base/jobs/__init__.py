"""Outbox of background work: the database is the only truth, the broker only carries ids."""
