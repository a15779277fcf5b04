"""Vocabulary of the protocol: paths, scopes, claims, error codes. No logic; every constant with its source."""
