"""Why a person was not let in: every cause has its own code and its own words (matrix D20, E1)."""

from datetime import datetime, timedelta

from django.utils.translation import gettext as _

from frmr_portal.base.kit import dates


class SignInRefused(Exception):
    """A sign-in is refused.

    Attributes:
        code: the code that a person tells support.
        reason: stable word for the journal.
        field: input that the message belongs to.
    """

    code = "E-AUTH-01"
    reason = "sign_in.refused"
    field = "login"

    @property
    def message(self) -> str:
        """What the person reads."""
        return ""


class LoginNotOfTheStand(SignInRefused):
    """The login looks like a real one; nothing of it is kept."""

    reason = "login.foreign"

    @property
    def message(self) -> str:
        """What the person reads."""
        return _("Этот логин не учебный. Не вводите здесь настоящие данные: возьмите логин тестовой персоны")


class WrongCredentials(SignInRefused):
    """Unknown login or wrong password: one text for both, so that nobody learns who exists."""

    reason = "credentials.wrong"
    field = "password"

    @property
    def message(self) -> str:
        """What the person reads."""
        return _("Неправильный логин/пароль. Большие и маленькие буквы в пароле различаются")


class AccountLocked(SignInRefused):
    """Too many wrong passwords, or a lock set by an operator (`until` is None)."""

    code = "E-AUTH-04"
    reason = "account.locked"

    def __init__(self, until: datetime | None) -> None:
        """Remember the end of the lock."""
        super().__init__()
        self.until = until

    @property
    def message(self) -> str:
        """What the person reads."""
        if self.until is None:
            return _("Учётная запись заблокирована до решения службы поддержки")
        return _("Учётная запись заблокирована до %(until)s: было слишком много неверных попыток") % {"until": dates.stamp(self.until)}


class AccountClosed(SignInRefused):
    """The account is not active or deleted; shown only after the right password."""

    code = "E-ACC"
    reason = "account.closed"

    def __init__(self, state: str, cause: str) -> None:
        """Remember the words for state and cause."""
        super().__init__()
        self.state, self.cause = state, cause

    @property
    def message(self) -> str:
        """What the person reads."""
        cause = f": {self.cause}" if self.cause else ""
        return _("Недействительная учётная запись. Она %(state)s%(cause)s") % {"state": self.state, "cause": cause}


class PhoneUnreachable(SignInRefused):
    """The phone of the profile does not work, so no code can be sent."""

    code = "E-AUTH-03"
    reason = "phone.unreachable"

    @property
    def message(self) -> str:
        """What the person reads."""
        return _("Номер телефона не действует: код отправить некуда. Номер меняют в профиле или через службу поддержки")


class CodeRefused(SignInRefused):
    """Something is wrong with the one-time code."""

    code = "E-AUTH-02"
    field = "code"


class CodeWrong(CodeRefused):
    """Another code was sent; some attempts are left."""

    reason = "code.wrong"

    def __init__(self, attempts_left: int) -> None:
        """Remember how many attempts are left."""
        super().__init__()
        self.attempts_left = attempts_left

    @property
    def message(self) -> str:
        """What the person reads."""
        return _("Код не подошёл. Осталось попыток: %(left)d") % {"left": self.attempts_left}


class CodeExhausted(CodeRefused):
    """All attempts are used."""

    reason = "code.exhausted"

    @property
    def message(self) -> str:
        """What the person reads."""
        return _("Код не подошёл три раза и больше не действует. Отправьте новый код")


class CodeExpired(CodeRefused):
    """The term of the code is over, or a newer code has replaced it."""

    reason = "code.expired"

    def __init__(self, expired_at: datetime) -> None:
        """Remember the end of the term."""
        super().__init__()
        self.expired_at = expired_at

    @property
    def message(self) -> str:
        """What the person reads."""
        return _("Срок кода истёк. Отправьте новый код")


class ResendTooEarly(CodeRefused):
    """Less than a minute has passed since the last SMS."""

    reason = "code.resend_early"

    def __init__(self, wait: timedelta) -> None:
        """Remember how long to wait."""
        super().__init__()
        self.wait_seconds = int(wait.total_seconds()) + 1

    @property
    def message(self) -> str:
        """What the person reads."""
        return _("Новый код можно отправить через %(seconds)d с") % {"seconds": self.wait_seconds}
