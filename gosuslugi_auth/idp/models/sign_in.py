"""Sessions of the provider and one-time codes."""

import uuid

from django.db import models
from django.utils.translation import gettext_lazy as _

from gosuslugi_auth.idp.models.persons import Person


class EsiaSession(models.Model):
    """A sign-in of a person at the provider; several systems may live in one session (SSO)."""

    class Method(models.TextChoices):
        PASSWORD = "PWD", _("пароль и код")
        SIGNATURE = "DS", _("электронная подпись")

    sid = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="sessions")
    method = models.CharField(_("способ"), max_length=3, choices=Method, default=Method.PASSWORD)
    auth_time = models.DateTimeField(_("вход"))
    seen_at = models.DateTimeField(_("последнее действие"))
    ended_at = models.DateTimeField(_("завершён"), null=True, blank=True)

    class Meta:
        verbose_name = _("сеанс")
        verbose_name_plural = _("сеансы")

    def __str__(self) -> str:
        return str(self.sid)


class OneTimeCode(models.Model):
    """A code sent by SMS: six digits, 300 seconds, three attempts, one use."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="codes")
    digest = models.CharField(max_length=64)
    attempts_left = models.PositiveSmallIntegerField()
    sent_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    closed_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name = _("одноразовый код")
        verbose_name_plural = _("одноразовые коды")
        constraints = [models.CheckConstraint(condition=models.Q(attempts_left__lte=3), name="one_time_code_has_at_most_three_attempts")]

    def __str__(self) -> str:
        return str(self.id)
