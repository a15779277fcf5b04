"""How far the stand's time is from the wall time."""

from django.db import models


class ClockSetting(models.Model):
    """The one row that shifts the time of the whole stand; absent means wall time."""

    id = models.PositiveSmallIntegerField(primary_key=True, default=1)
    offset_seconds = models.BigIntegerField(default=0)

    class Meta:
        constraints = [models.CheckConstraint(condition=models.Q(id=1), name="clock_setting_is_one_row")]

    def __str__(self) -> str:
        return f"{self.offset_seconds:+d} s"
