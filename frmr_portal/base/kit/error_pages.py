"""What the error pages say: what happened, what is safe, what to do."""

from dataclasses import dataclass, field
from typing import Final

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

Text = str | Promise


@dataclass(frozen=True)
class ErrorPage:
    """The words of one error page.

    Attributes:
        status: HTTP status.
        code: what people tell support; stable.
        title: the state, the heading of the page.
        happened: one or two sentences about the cause.
        safe: what did not suffer.
        steps: what to do, in this order.
        can_retry: whether opening the same address again makes sense.
    """

    status: int
    code: str
    title: Text
    happened: Text
    safe: Text
    steps: tuple[Text, ...] = field(default_factory=tuple)
    can_retry: bool = False


_NOTHING_CHANGED = _("Данные не изменились: стенд ничего не записал.")
_TELL_SUPPORT = _("Если не помогло, сообщите поддержке время, код и номер запроса с этой страницы.")

BAD_REQUEST: Final = ErrorPage(
    400,
    "E-400",
    _("Запрос не удалось прочитать"),
    _("Адрес, заголовок или поле формы записаны не так, как ждёт стенд."),
    _NOTHING_CHANGED,
    (_("Вернитесь на прошлую страницу и повторите действие."), _("Если вы вставляли текст или адрес, наберите его заново."), _TELL_SUPPORT),
)
FORBIDDEN: Final = ErrorPage(
    403,
    "E-403",
    _("Эта страница вам не открыта"),
    _("У роли, с которой вы вошли, нет права на эту страницу или действие."),
    _("Ваш вход продолжает действовать, данные не изменились."),
    (
        _("Вернитесь на главную и выберите раздел, который вам доступен."),
        _("Если страница нужна для работы, попросите доступ у администратора."),
        _TELL_SUPPORT,
    ),
)
FORM_EXPIRED: Final = ErrorPage(
    403,
    "E-403-FORM",
    _("Форма устарела"),
    _("Страница была открыта слишком давно, вы вошли заново или браузер не прислал cookie."),
    _("Отправленное не принято, поэтому ничего не изменилось и ничего не сделано дважды."),
    (_("Откройте страницу заново и отправьте форму ещё раз."), _("Проверьте, что браузеру разрешены cookie этого сайта."), _TELL_SUPPORT),
    can_retry=True,
)
NOT_FOUND: Final = ErrorPage(
    404,
    "E-404",
    _("Такой страницы нет"),
    _("В адресе опечатка, страницу убрали или её видит только тот, кому она принадлежит."),
    _NOTHING_CHANGED,
    (_("Проверьте адрес."), _("Найдите нужное с главной страницы."), _TELL_SUPPORT),
)
NOT_ALLOWED: Final = ErrorPage(
    405,
    "E-405",
    _("Этот адрес открывают иначе"),
    _("По этому адресу отправляют форму. Просто открыть его нельзя."),
    _NOTHING_CHANGED,
    (_("Вернитесь на главную и повторите действие кнопкой на странице."), _TELL_SUPPORT),
)
TOO_LARGE: Final = ErrorPage(
    413,
    "E-413",
    _("Отправлено слишком много данных"),
    _("Форма или файл больше, чем принимает эта страница."),
    _("Отправленное не принято, данные не изменились."),
    (_("Уменьшите файл или разделите его на части."), _("Отправьте форму ещё раз."), _TELL_SUPPORT),
)
TOO_MANY: Final = ErrorPage(
    429,
    "E-429",
    _("Слишком много попыток"),
    _("За короткое время от вас пришло больше запросов, чем нужно одному человеку."),
    _("Учётная запись и данные не пострадали. Последний запрос не выполнен."),
    (_("Подождите и повторите действие один раз."), _TELL_SUPPORT),
    can_retry=True,
)
SERVER_ERROR: Final = ErrorPage(
    500,
    "E-500",
    _("Ошибка на нашей стороне"),
    _("Стенд не справился с этим запросом. Это наша ошибка, не ваша."),
    _("Незаконченное действие отменено целиком, сохранённое раньше на месте."),
    (_("Повторите действие через минуту."), _TELL_SUPPORT),
    can_retry=True,
)
# the four steps are those of the user's own article (matrix row E8)
UNAVAILABLE: Final = ErrorPage(
    503,
    "E-503",
    _("Служба временно недоступна"),
    _("Часть стенда, без которой эта страница не работает, сейчас не отвечает."),
    _("Сохранённое на месте. Последний запрос не выполнен."),
    (
        _("Очистите кэш и cookie этого сайта."),
        _("Перезапустите браузер или откройте страницу в режиме инкогнито."),
        _("Посмотрите состояние служб: возможно, о неполадке уже известно."),
        _("Напишите в поддержку и укажите точное время, код и номер запроса."),
    ),
    can_retry=True,
)
ALL: Final = (BAD_REQUEST, FORBIDDEN, FORM_EXPIRED, NOT_FOUND, NOT_ALLOWED, TOO_LARGE, TOO_MANY, SERVER_ERROR, UNAVAILABLE)
