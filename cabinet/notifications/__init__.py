"""Notifications of the cabinet."""
