"""Registered information systems: the clients of the provider."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class InformationSystem(models.Model):
    """A client that may ask for persons; there is no dynamic registration (EM-09)."""

    class Profile(models.TextChoices):
        DEFAULT = "default", _("обычный: допуск времени 300 секунд")
        STRICT = "strict", _("строгий: допуск 60 секунд, state только UUID, подпись только ГОСТ")

    mnemonic = models.CharField(_("мнемоника"), max_length=64, unique=True)
    name = models.CharField(_("название"), max_length=200)
    redirect_uris = models.JSONField(_("адреса возврата"), default=list)
    scopes = models.JSONField(_("разрешённые области доступа"), default=list)
    required_scopes = models.JSONField(_("обязательные области доступа"), default=list)
    token_issuer = models.CharField(_("издатель маркеров"), max_length=200, blank=True, default="")
    profile = models.CharField(_("профиль проверок"), max_length=10, choices=Profile, default=Profile.DEFAULT)
    allow_rsa_raw = models.BooleanField(_("принимать подпись RSA без контейнера"), default=False)
    require_pkce = models.BooleanField(_("требовать PKCE"), default=False)
    callback_iss = models.BooleanField(_("добавлять iss к ответу"), default=False)
    is_active = models.BooleanField(_("включена"), default=True)

    class Meta:
        verbose_name = _("информационная система")
        verbose_name_plural = _("информационные системы")
        constraints = [
            models.CheckConstraint(condition=~models.Q(profile="strict", allow_rsa_raw=True), name="strict_system_takes_no_raw_rsa"),
        ]

    def __str__(self) -> str:
        return self.mnemonic


class SystemCertificate(models.Model):
    """A certificate registered for a system; a request names it by its digest."""

    system = models.ForeignKey(InformationSystem, on_delete=models.CASCADE, related_name="certificates")
    der = models.BinaryField(_("сертификат, DER"))
    sha256 = models.CharField(_("SHA-256 от DER"), max_length=64)
    not_after = models.DateTimeField(_("действует до"))
    is_active = models.BooleanField(_("включён"), default=True)

    class Meta:
        verbose_name = _("сертификат системы")
        verbose_name_plural = _("сертификаты систем")
        constraints = [models.UniqueConstraint(fields=["sha256"], name="certificate_belongs_to_one_system")]

    def __str__(self) -> str:
        return self.sha256[:16]
