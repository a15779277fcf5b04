"""The protocol core: values in, values out. No Django, no clock, no network, no database.

Every check of esia.md 3.7 lives here, in its fixed order, because a tester reads the order in the answer.
"""
