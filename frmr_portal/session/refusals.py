"""Why somebody did not get in: refusals of the portal itself, and what the page says about each refusal."""

from dataclasses import dataclass
from typing import Final

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from gosuslugi_auth.client import failures


class AccountBlocked(failures.SignInFailed):
    """The account of the portal was switched off."""

    reason = "account_blocked"
    code = "E-ACC"


class SnilsConflict(failures.SignInFailed):
    """The СНИЛС of this person belongs to another account, or is not the one that the account has had."""

    reason = "snils_conflict"
    code = "STAND-CONFLICT"


@dataclass(frozen=True)
class Explanation:
    """What a page says about a refusal.

    Attributes:
        title: heading, states what happened.
        lead: one sentence below it.
        steps: what the person can do, in order.
        status: HTTP status of the page.
        can_retry: whether the page offers to sign in again.
    """

    title: str | Promise
    lead: str | Promise
    steps: tuple[str | Promise, ...]
    status: int = 403
    can_retry: bool = True


_UNAVAILABLE: Final = Explanation(
    _("Сервис авторизации недоступен"),
    _("Учебный вход не ответил вовремя или ответил не так, как обещал. Вы не вошли, данные кабинета не изменились."),
    (_("Подождите полминуты и войдите снова."), _("Если не помогло, сообщите код и номер запроса тому, кто запустил стенд.")),
    status=503,
)
_UNKNOWN: Final = Explanation(
    _("Войти не получилось"),
    _("Учебный вход вернул отказ. Вы не вошли, данные кабинета не изменились."),
    (_("Войдите снова."), _("Если отказ повторится, найдите его код в журнале учебного входа: там записана причина.")),
)
_EXPIRED: Final = Explanation(
    _("Вход устарел"),
    _("Ответ учебного входа не относится к началу входа в этом браузере: прошло больше 10 минут, страница открыта из истории или вход начат в другом окне."),
    (_("Начните вход заново."), _("Не открывайте ссылки для входа, которые прислали другие люди.")),
    status=400,
)

BY_REASON: Final = {
    failures.Cancelled.reason: Explanation(
        _("Вы отменили вход"),
        _("На странице учебного входа вы не разрешили передать данные, поэтому кабинет закрыт."),
        (_("Чтобы войти, начните снова и нажмите «Разрешить и войти»."), _("Кабинет получит только то, что перечислено на странице согласия.")),
    ),
    failures.StateUnknown.reason: _EXPIRED,
    failures.CallbackIncomplete.reason: _EXPIRED,
    failures.ProviderUnavailable.reason: _UNAVAILABLE,
    failures.AnswerUnusable.reason: _UNAVAILABLE,
    failures.ProviderResting.reason: _UNAVAILABLE,
    failures.ClientNotReady.reason: _UNAVAILABLE,
    failures.IssuerWrong.reason: Explanation(
        _("Ответ пришёл не от учебного входа"),
        _("Отправитель ответа не назван или назван другой, поэтому мы его не приняли. Вы не вошли."),
        (_("Начните вход заново с этой страницы."), _("Если отказ повторится, сообщите код и номер запроса тому, кто запустил стенд.")),
        status=400,
    ),
    failures.TokenRefused.reason: Explanation(
        _("Ответ учебного входа не прошёл проверку"),
        _("Подпись, срок или получатель ответа не сошлись. Вы не вошли, данные кабинета не изменились."),
        (_("Войдите снова."), _("Если отказ повторится, сверьте часы и сертификат стенда: причина записана в журнале событий.")),
    ),
    failures.PersonRefused.reason: Explanation(
        _("Эти данные не учебные"),
        _("Стенд принимает только придуманных людей: СНИЛС начинается с 000, почта кончается на .test, телефон начинается с +7 000."),
        (_("Войдите под одним из учебных людей."), _("Если вы завели своего человека, исправьте его данные в учебном входе.")),
    ),
    AccountBlocked.reason: Explanation(
        _("Учётная запись закрыта"),
        _("Администратор стенда закрыл вам вход в кабинет."),
        (_("Спросите администратора стенда о причине и назовите номер запроса."), _("Когда вход откроют, войдите как обычно.")),
        can_retry=False,
    ),
    SnilsConflict.reason: Explanation(
        _("СНИЛС уже связан с другой учётной записью"),
        _("Учебный вход назвал СНИЛС, который в кабинете принадлежит другому человеку, или ваш СНИЛС изменился. Сами мы записи не объединяем."),
        (_("Сверьте СНИЛС в профиле учебного входа."), _("Если он верный, попросите администратора стенда разобрать совпадение и назовите номер запроса.")),
        status=409,
    ),
}


def explain(reason: str) -> Explanation:
    """Return what to say; a reason without words of its own gets neutral ones (OA-25)."""
    return BY_REASON.get(reason, _UNKNOWN)
