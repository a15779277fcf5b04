"""Everything that the stand «sends»: it stays here and is shown to the tester."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Kind(models.TextChoices):
    """How a message travels."""

    SMS = "sms", _("SMS")
    EMAIL = "email", _("Письмо на почту")
    PUSH = "push", _("Push-уведомление")
    LETTER = "letter", _("Бумажное письмо")


_PHONE = models.Q(to__startswith="+7(000)")
_TEST_DOMAIN = models.Q(to__endswith=".test")
_TO_PHONE = models.Q(kind="sms") & _PHONE
_TO_MAILBOX = models.Q(kind="email") & _TEST_DOMAIN
_TO_EITHER = models.Q(kind__in=["push", "letter"]) & (_PHONE | _TEST_DOMAIN)


class Message(models.Model):
    """One message of the stand to one address.

    `owner` is the oid of the person as text: both processes write messages, and they share no table
    of persons.
    """

    kind = models.CharField(max_length=8, choices=Kind.choices)
    owner = models.CharField(max_length=32, blank=True)
    to = models.CharField(max_length=254)
    subject = models.CharField(max_length=200, blank=True)
    text = models.TextField(max_length=10_000)
    purpose = models.CharField(max_length=64)
    # what the person has to type; kept readable because this box stands in for the telephone
    code = models.CharField(max_length=16, blank=True)
    valid_until = models.DateTimeField(null=True)
    created_at = models.DateTimeField()

    class Meta:
        constraints = [
            # EM-05: no real telephone and no real mailbox can be stored, whatever path it came by
            models.CheckConstraint(condition=_TO_PHONE | _TO_MAILBOX | _TO_EITHER, name="mailbox_address_is_a_test_one"),
        ]
        indexes = [
            models.Index(models.F("created_at").desc(), models.F("id").desc(), name="mailbox_newest"),
            models.Index("owner", models.F("created_at").desc(), models.F("id").desc(), name="mailbox_newest_of_owner"),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.purpose}"

    @property
    def icon(self) -> str:
        """Name of the icon of the kind."""
        return _ICONS[Kind(self.kind)]


_ICONS = {Kind.SMS: "message-square-text", Kind.EMAIL: "mail", Kind.PUSH: "smartphone", Kind.LETTER: "file-text"}
