"""The one table of the floor: a short line of a register."""

from typing import ClassVar

from django.db import models


class Worker(models.Model):
    """A person, as a list of a register shows one."""

    objects: ClassVar[models.Manager["Worker"]] = models.Manager()

    full_name = models.CharField(max_length=100)
    snils = models.CharField(max_length=14)
    position = models.CharField(max_length=100)
    organization = models.CharField(max_length=200)
    hired_date = models.DateField()
    is_active = models.BooleanField()

    def __str__(self) -> str:
        return self.full_name
