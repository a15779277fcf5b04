"""Who uses the register: the six groups that the start page names (A1, B1-B6)."""

from dataclasses import dataclass
from typing import Final

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _


@dataclass(frozen=True)
class Group:
    """People who come to the register for the same thing.

    Attributes:
        icon: name of an icon of the kit.
        name: who they are.
        does: what they come for.
    """

    icon: str
    name: str | Promise
    does: str | Promise


GROUPS: Final = (
    Group("stethoscope", _("Врачи и медсёстры"), _("смотрят и пополняют данные о пациентах, пишут направления и выписки, следят за своей аккредитацией")),
    Group("building-2", _("Сотрудники организаций"), _("ведут запись на приём и кадры, следят за исполнением протоколов, планируют ставки и кабинеты")),
    Group("scale", _("Страховые и ОМС"), _("сверяют оказанные услуги, составляют расчётные листы, проверяют случаи лечения")),
    Group("gavel", _("Регуляторы"), _("наблюдают за соблюдением требований, проводят проверки, собирают статистику")),
    Group("search", _("Аудиторы и внешние эксперты"), _("оценивают качество и безопасность помощи: доступ узкий и с датой окончания")),
    Group("users", _("Пациенты"), _("читают свои записи, получают справки и решают, кому открыть данные о себе")),
)
