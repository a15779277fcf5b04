"""What the page after a session says."""

from dataclasses import dataclass
from typing import Final

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from frmr_portal.session.lifecycle import Ended


@dataclass(frozen=True)
class Ending:
    """What a page says about the end of a session.

    Attributes:
        title: heading, states what happened.
        lead: one sentence below it.
        can_return: whether the page offers to sign in again.
    """

    title: str | Promise
    lead: str | Promise
    can_return: bool = True


_SIGNED_OUT: Final = Ending(
    _("Вы вышли из кабинета"),
    _("Вместе с кабинетом закрылся и сеанс в учебном входе, если вы нажали «Выйти». Чтобы вернуться, понадобятся пароль и код."),
)
_BY_CAUSE: Final[dict[str, Ending]] = {
    Ended.IDLE: Ending(
        _("Вы молчали 15 минут, и мы вас отключили"),
        _("Так чужой человек не воспользуется оставленным компьютером. То, что вы сохранили, на месте."),
    ),
    Ended.TOTAL: Ending(
        _("Прошло 12 часов, войдите снова"),
        _("Один вход действует не дольше 12 часов, даже если вы всё время работаете. То, что вы сохранили, на месте."),
    ),
    Ended.BLOCKED: Ending(
        _("Ваша учётная запись закрыта"),
        _("Администратор стенда закрыл вам вход, поэтому сеанс прерван. О причине спросите у него."),
        can_return=False,
    ),
}


def explain(why: str) -> Ending:
    """Return what to say; without a known cause the person signed out."""
    return _BY_CAUSE.get(why, _SIGNED_OUT)
