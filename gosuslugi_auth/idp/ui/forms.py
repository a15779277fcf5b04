"""Forms of the sign-in."""

from django import forms
from django.utils.translation import gettext_lazy as _


class SignInForm(forms.Form):
    """Login and password of a test person. The password is never stripped: a space may be part of it (D17)."""

    login = forms.CharField(
        label=_("Телефон, почта или СНИЛС"),
        help_text=_("Только учебные данные: СНИЛС с 000, почта на .test, телефон +7 000"),
        max_length=100,
        widget=forms.TextInput(attrs={"autocomplete": "off", "spellcheck": "false", "autocapitalize": "none", "data-testid": "login"}),
        error_messages={"required": _("Введите логин тестовой персоны")},
    )
    password = forms.CharField(
        label=_("Пароль"),
        help_text=_("Большие и маленькие буквы различаются, пробелы в начале и в конце считаются"),
        max_length=128,
        strip=False,
        # the value comes back only for a person picked from the printed cards
        widget=forms.PasswordInput(render_value=False, attrs={"autocomplete": "off", "data-testid": "password"}),
        error_messages={"required": _("Введите пароль тестовой персоны")},
    )

    def for_persona(self) -> "SignInForm":
        """Let the printed password of a picked person stand in the field."""
        self.fields["password"].widget.render_value = True
        return self

    def warn_of_outer_space(self) -> None:
        """Say aloud what cannot be seen: a space at either end of the password counts."""
        password = str(self.cleaned_data.get("password") or self.data.get("password", ""))
        if len(password.strip()) < len(password):
            self.add_error("password", _("В пароле есть пробел в начале или в конце"))


class CodeForm(forms.Form):
    """Six digits from the SMS."""

    code = forms.CharField(
        label=_("Код подтверждения"),
        max_length=12,
        widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "one-time-code", "class": "input input--code", "data-testid": "code"}),
        error_messages={"required": _("Введите шесть цифр из SMS")},
    )

    def clean_code(self) -> str:
        """Drop the spaces that a code is shown with."""
        value: str = self.cleaned_data["code"]
        return value.replace(" ", "").replace("\u00a0", "")
