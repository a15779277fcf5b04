"""Containers of signatures: the strict front parser and its values."""
