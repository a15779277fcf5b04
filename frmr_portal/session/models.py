"""Accounts of the portal: a person of the identity provider, known by its oid."""

import uuid
from typing import Any, ClassVar

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.contrib.auth.models import PermissionsMixin
from django.db import models
from django.utils.translation import gettext_lazy as _

from frmr_portal.base.kit import text


class AccountManager(BaseUserManager["Account"]):
    """Accounts are made by the first sign-in, never by a registration form."""

    def create_user(self, oid: int, **fields: Any) -> "Account":
        """Make an account without a password: the only door is the identity provider."""
        account = self.model(oid=oid, **fields)
        account.set_unusable_password()
        account.save(using=self._db)
        return account

    def create_superuser(self, oid: int, **fields: Any) -> "Account":
        """Make an account with all rights for the person with this oid."""
        return self.create_user(oid, is_staff=True, is_superuser=True, **fields)


class Account(AbstractBaseUser, PermissionsMixin):
    """A person who signed in at least once; the key is the oid, СНИЛС and names are never keys."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    oid = models.BigIntegerField(_("идентификатор в учебном входе"), unique=True)
    last_name = models.CharField(_("фамилия"), max_length=150)
    first_name = models.CharField(_("имя"), max_length=150)
    middle_name = models.CharField(_("отчество"), max_length=150, blank=True, default="")
    snils = models.CharField(_("СНИЛС"), max_length=14, blank=True, default="")
    birth_date = models.DateField(_("дата рождения"), null=True, blank=True)
    email = models.EmailField(_("электронная почта"), blank=True, default="")
    mobile = models.CharField(_("телефон"), max_length=20, blank=True, default="")
    # what the provider says about organisations: [{"oid", "name", "chief"}]
    organizations = models.JSONField(_("организации"), default=list, blank=True)
    refreshed_at = models.DateTimeField(_("данные получены"), null=True, blank=True)
    is_active = models.BooleanField(_("действует"), default=True)
    is_staff = models.BooleanField(_("доступ к администрированию"), default=False)

    USERNAME_FIELD = "oid"
    REQUIRED_FIELDS: ClassVar[list[str]] = []
    objects = AccountManager()

    class Meta:
        verbose_name = _("учётная запись")
        verbose_name_plural = _("учётные записи")
        constraints = [
            # one person has one account; the service refuses first and explains
            models.UniqueConstraint(fields=["snils"], condition=~models.Q(snils=""), name="account_snils_is_unique"),
            # EM-05: no real number can be stored, whatever path it came by
            models.CheckConstraint(condition=models.Q(snils="") | models.Q(snils__startswith="000-"), name="account_snils_is_a_test_number"),
            models.CheckConstraint(condition=models.Q(email="") | models.Q(email__endswith=".test"), name="account_email_is_a_test_address"),
            models.CheckConstraint(condition=models.Q(mobile="") | models.Q(mobile__startswith="+7(000)"), name="account_mobile_is_a_test_number"),
        ]

    def __str__(self) -> str:
        return self.short_name

    @property
    def full_name(self) -> str:
        """Surname, name and patronymic."""
        return " ".join(part for part in (self.last_name, self.first_name, self.middle_name) if part)

    @property
    def short_name(self) -> str:
        """«Тестова А. С.»."""
        return text.short_name(self.last_name, self.first_name, self.middle_name)
