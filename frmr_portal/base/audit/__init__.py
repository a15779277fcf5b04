"""Append-only, hash-chained journal of everything that happens on the stand."""
