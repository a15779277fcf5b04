"""Authorization requests, codes, tokens and consents."""

import uuid

from django.db import models
from django.utils.translation import gettext_lazy as _

from gosuslugi_auth.idp.models.persons import Person
from gosuslugi_auth.idp.models.sign_in import EsiaSession
from gosuslugi_auth.idp.models.systems import InformationSystem


class AuthorizationRequest(models.Model):
    """A checked request of a system, waiting for its person."""

    class Step(models.TextChoices):
        SIGN_IN = "sign_in", _("ждёт входа")
        CONSENT = "consent", _("ждёт согласия")
        ISSUED = "issued", _("код выдан")
        DENIED = "denied", _("отказано")

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    system = models.ForeignKey(InformationSystem, on_delete=models.CASCADE)
    redirect_uri = models.CharField(max_length=500)
    scopes = models.JSONField(default=list)
    state = models.CharField(max_length=200)
    code_challenge = models.CharField(max_length=128, blank=True, default="")
    code_challenge_method = models.CharField(max_length=10, blank=True, default="")
    person_filter = models.CharField(max_length=20, blank=True, default="")
    secret_digest = models.CharField(max_length=64)
    step = models.CharField(max_length=10, choices=Step, default=Step.SIGN_IN)
    created_at = models.DateTimeField()
    expires_at = models.DateTimeField()

    class Meta:
        verbose_name = _("запрос авторизации")
        verbose_name_plural = _("запросы авторизации")

    def __str__(self) -> str:
        return str(self.id)


class AuthCode(models.Model):
    """A single-use code; consumption is one conditional UPDATE."""

    digest = models.CharField(max_length=64, primary_key=True)
    request = models.OneToOneField(AuthorizationRequest, on_delete=models.CASCADE, related_name="issued_code")
    session = models.ForeignKey(EsiaSession, on_delete=models.CASCADE)
    scopes = models.JSONField(default=list)
    expires_at = models.DateTimeField()
    consumed_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name = _("код авторизации")
        verbose_name_plural = _("коды авторизации")

    def __str__(self) -> str:
        return self.digest[:12]


class AccessToken(models.Model):
    """A bearer token, known by its digest."""

    digest = models.CharField(max_length=64, primary_key=True)
    code = models.ForeignKey(AuthCode, on_delete=models.CASCADE, related_name="tokens")
    system = models.ForeignKey(InformationSystem, on_delete=models.CASCADE)
    session = models.ForeignKey(EsiaSession, on_delete=models.CASCADE, related_name="tokens")
    scopes = models.JSONField(default=list)
    expires_at = models.DateTimeField()
    revoked_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name = _("маркер доступа")
        verbose_name_plural = _("маркеры доступа")

    def __str__(self) -> str:
        return self.digest[:12]


class UsedSecret(models.Model):
    """OA-18: a client_secret that did its work; the same one is a replay."""

    class Endpoint(models.TextChoices):
        AC = "ac"
        TE = "te"

    system = models.ForeignKey(InformationSystem, on_delete=models.CASCADE)
    endpoint = models.CharField(max_length=2, choices=Endpoint)
    digest = models.CharField(max_length=64)
    seen_at = models.DateTimeField()

    class Meta:
        verbose_name = _("использованный client_secret")
        verbose_name_plural = _("использованные client_secret")
        constraints = [models.UniqueConstraint(fields=["system", "endpoint", "digest"], name="client_secret_is_used_once")]

    def __str__(self) -> str:
        return f"{self.endpoint} {self.digest[:12]}"


class Consent(models.Model):
    """What a person allowed a system to read; asked again when the set grows or after a year."""

    system = models.ForeignKey(InformationSystem, on_delete=models.CASCADE)
    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="consents")
    asked = models.JSONField(default=list)
    scopes = models.JSONField(default=list)
    given_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    withdrawn_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name = _("согласие")
        verbose_name_plural = _("согласия")
        constraints = [
            models.UniqueConstraint(fields=["system", "person"], condition=models.Q(withdrawn_at=None), name="one_living_consent_per_system"),
        ]

    def __str__(self) -> str:
        return f"{self.system_id}: {self.person_id}"
