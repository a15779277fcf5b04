"""Test persons, their contacts and organisations. EM-05: the database itself refuses real identifiers."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from frmr_portal.base.kit import text


class Person(models.Model):
    """A test person of the provider; never a `auth.User`."""

    class Level(models.TextChoices):
        SIMPLIFIED = "simplified", _("упрощённая")
        STANDARD = "standard", _("стандартная")
        CONFIRMED = "confirmed", _("подтверждённая")
        CHILD = "child", _("детская")

    class State(models.TextChoices):
        ACTIVE = "active", _("активна")
        INACTIVE = "inactive", _("не активна")
        LOCKED = "locked", _("заблокирована")
        DELETED = "deleted", _("удалена")

    class Cause(models.TextChoices):
        NONE = "", ""
        EXPIRED = "expired", _("истёк срок учётных данных")
        DEACTIVATED = "deactivated", _("учётную запись деактивировали")
        BY_USER = "deleted_by_user", _("владелец удалил учётную запись")
        BY_SUPPORT = "deleted_by_support", _("служба поддержки удалила учётную запись")

    class Gender(models.TextChoices):
        MALE = "M", _("мужской")
        FEMALE = "F", _("женский")

    oid = models.BigIntegerField(_("идентификатор (OID)"), primary_key=True)
    slug = models.SlugField(_("короткое имя"), unique=True)
    last_name = models.CharField(_("фамилия"), max_length=150)
    first_name = models.CharField(_("имя"), max_length=150)
    middle_name = models.CharField(_("отчество"), max_length=150, blank=True, default="")
    gender = models.CharField(_("пол"), max_length=1, choices=Gender)
    birth_date = models.DateField(_("дата рождения"))
    snils = models.CharField(_("СНИЛС"), max_length=14, unique=True)
    level = models.CharField(_("уровень"), max_length=12, choices=Level, default=Level.CONFIRMED)
    state = models.CharField(_("состояние"), max_length=10, choices=State, default=State.ACTIVE)
    cause = models.CharField(_("причина"), max_length=20, choices=Cause, blank=True, default="")
    password = models.CharField(_("пароль (хеш)"), max_length=128)
    about = models.CharField(_("кто это"), max_length=200)
    to_try = models.JSONField(_("что попробовать"), default=list, blank=True)
    failed_attempts = models.PositiveSmallIntegerField(_("неверных попыток подряд"), default=0)
    locked_until = models.DateTimeField(_("вход закрыт до"), null=True, blank=True)
    lock_count = models.PositiveSmallIntegerField(_("сколько раз закрывали"), default=0)
    updated_at = models.DateTimeField(_("изменён"))

    class Meta:
        verbose_name = _("тестовая персона")
        verbose_name_plural = _("тестовые персоны")
        constraints = [models.CheckConstraint(condition=models.Q(snils__startswith="000-"), name="person_snils_is_a_test_number")]

    def __str__(self) -> str:
        return self.full_name

    @property
    def full_name(self) -> str:
        """Surname, name and patronymic."""
        return " ".join(part for part in (self.last_name, self.first_name, self.middle_name) if part)

    @property
    def initials(self) -> str:
        """Two capital letters for an avatar."""
        return text.initials(self.last_name, self.first_name)

    @property
    def is_trusted(self) -> bool:
        """Whether the account is confirmed; only such accounts enter the cabinet."""
        return self.level == self.Level.CONFIRMED


class Contact(models.Model):
    """A phone or an address of a person, in the form of the wire."""

    class Kind(models.TextChoices):
        MOBILE = "MBT", _("мобильный телефон")
        EMAIL = "EML", _("электронная почта")

    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="contacts")
    kind = models.CharField(_("вид"), max_length=3, choices=Kind)
    value = models.CharField(_("значение"), max_length=100)
    is_verified = models.BooleanField(_("подтверждён"), default=True)
    is_reachable = models.BooleanField(_("действует"), default=True)

    class Meta:
        verbose_name = _("контакт")
        verbose_name_plural = _("контакты")
        constraints = [
            models.UniqueConstraint(fields=["kind", "value"], name="contact_belongs_to_one_person"),
            models.CheckConstraint(
                condition=models.Q(kind="MBT", value__startswith="+7(000)") | models.Q(kind="EML", value__endswith=".test"),
                name="contact_is_a_test_one",
            ),
        ]

    def __str__(self) -> str:
        return self.value


class Organization(models.Model):
    """An invented organisation that persons work for."""

    class Kind(models.TextChoices):
        LEGAL = "LEGAL", _("юридическое лицо")
        AGENCY = "AGENCY", _("орган власти")

    oid = models.BigIntegerField(_("идентификатор (OID)"), primary_key=True)
    kind = models.CharField(_("вид"), max_length=8, choices=Kind, default=Kind.LEGAL)
    full_name = models.CharField(_("полное название"), max_length=300)
    short_name = models.CharField(_("краткое название"), max_length=150)
    ogrn = models.CharField(_("ОГРН"), max_length=13)
    inn = models.CharField(_("ИНН"), max_length=10)

    class Meta:
        verbose_name = _("организация")
        verbose_name_plural = _("организации")
        constraints = [
            models.CheckConstraint(condition=models.Q(ogrn__startswith="000"), name="organization_ogrn_is_a_test_number"),
            models.CheckConstraint(condition=models.Q(inn__startswith="00"), name="organization_inn_is_a_test_number"),
        ]

    def __str__(self) -> str:
        return self.short_name


class Membership(models.Model):
    """A person's place in an organisation."""

    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="memberships")
    organization = models.ForeignKey(Organization, on_delete=models.CASCADE, related_name="memberships")
    position = models.CharField(_("должность"), max_length=150)
    is_chief = models.BooleanField(_("руководитель"), default=False)
    is_admin = models.BooleanField(_("администратор профиля организации"), default=False)

    class Meta:
        verbose_name = _("место работы")
        verbose_name_plural = _("места работы")
        constraints = [models.UniqueConstraint(fields=["person", "organization"], name="one_membership_per_organization")]

    def __str__(self) -> str:
        return f"{self.position}, {self.organization}"
