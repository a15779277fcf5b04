"""What the page of all components shows; development profile only."""

from typing import Any

from django import forms
from django.core.paginator import Paginator
from django.utils.translation import gettext_lazy as _

from frmr_portal.base.kit import charts, error_pages


class SampleForm(forms.Form):
    """One field of every kind."""

    login = forms.CharField(label=_("Телефон, почта или СНИЛС"), help_text=_("Только учебные данные: СНИЛС с 000, почта на .test, телефон +7 000"))
    code = forms.CharField(label=_("Код из SMS"), widget=forms.TextInput(attrs={"class": "input--code", "inputmode": "numeric", "autocomplete": "off"}))
    note = forms.CharField(label=_("Примечание"), required=False, widget=forms.Textarea)
    role = forms.ChoiceField(label=_("Роль"), choices=[("doctor", _("Врач")), ("staff", _("Специалист отдела кадров"))])
    way = forms.ChoiceField(label=_("Как сообщить"), choices=[("sms", _("SMS на телефон стенда")), ("mail", _("Письмо"))], widget=forms.RadioSelect)
    scopes = forms.MultipleChoiceField(
        label=_("Что передать"), help_text=_("Отметьте нужное"), choices=[("email", _("Почту")), ("mobile", _("Телефон"))], widget=forms.CheckboxSelectMultiple
    )
    scan = forms.FileField(label=_("Скан документа"), help_text=_("PDF, JPG или PNG до 10 МБ"), required=False)
    agreed = forms.BooleanField(label=_("Данные придуманы"), help_text=_("Настоящие данные стенд не принимает"))


def _charts() -> dict[str, Any]:
    rows = [charts.Bar("Терапия", 42, "норма 40"), charts.Bar("Хирургия", 17.5), charts.Bar("Приёмное отделение", 0)]
    months = ("янв", "фев", "мар", "апр", "май", "июн")
    return {
        "terms": [
            charts.Term("Терапия", 2022.2, 2027.2, "до 14 марта 2027, 114 дней"),
            charts.Term("Кардиология", 2024.42, 2029.42, "до 2 июня 2029", "second"),
            charts.Term("УЗ-диагностика", 2020.7, 2025.75, "закончилась 30.09.2025", "hatch"),
        ],
        "bars": rows,
        "columns": [charts.Bar(month, count) for month, count in zip(months, (3, 8, 0, 21, 5, 2), strict=True)],
        "stacks": [charts.Stack("Терапия", (18, 6, 2)), charts.Stack("Хирургия", (9, 0, 4))],
        "stack_keys": (_("исполнены"), _("в работе"), _("просрочены")),
        "months": months,
        "lines": [charts.Line("Врачи", (88, 89, 91, 92, 92, 94)), charts.Line("Сёстры", (86, 86, 87, 87, 89, 90), "7 4")],
    }


def context() -> dict[str, Any]:
    """Return the examples: forms before and after a refusal, a long list, charts, error pages."""
    return {
        "fresh": SampleForm(),
        "refused": SampleForm({"login": "112-233-445 95", "role": "doctor"}, auto_id="refused_%s"),
        "page_obj": Paginator(range(200), 10).page(10),
        "error_pages": error_pages.ALL,
        **_charts(),
    }
