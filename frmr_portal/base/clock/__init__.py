"""The stand's one clock.

Views, tasks and commands ask `clock.services.now()` once and pass `now` on; services never ask. Both
processes share the offset through the database, so a tester moves the portal and the provider together.
"""
