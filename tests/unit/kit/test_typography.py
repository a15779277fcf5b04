import pytest
from hypothesis import given
from hypothesis import strategies as st

from frmr_portal.base.kit.typography import NBSP, typo, typo_html

CASES = {
    # numbers and signs
    "заявка № 3": "заявка №~3",
    "§ 5 приказа": "§~5 приказа",
    "1 250 работников": "1~250 работников",
    "1 250 000 строк": "1~250~000~строк",
    "10 МБ": "10~МБ",
    "10 Мбит": "10~Мбит",
    "осталось 26 часов": "осталось 26~часов",
    "через 5 с": "через 5~с",
    "15 минут": "15~минут",
    "100 %": "100~%",
    "1,0 ставки": "1,0~ставки",
    # dates
    "20 ноября": "20~ноября",
    "20 ноября 2026": "20~ноября 2026",
    "14 мая 1984": "14~мая 1984",
    "в 2026 г.": "в~2026~г.",
    # names of standards and laws
    "ГОСТ Р 34.10-2012": "ГОСТ~Р~34.10-2012",
    "ГОСТ 52872": "ГОСТ~52872",
    "ст. 10": "ст.~10",
    "п. 4": "п.~4",
    "г. Тестов": "г.~Тестов",
    # initials
    "Тестова А. С.": "Тестова~А.~С.",
    "А. С. Тестова": "А.~С.~Тестова",
    # particles and dashes
    "так ли это": "так~ли это",
    "тот же кабинет": "тот~же кабинет",
    "если бы": "если~бы",
    "стенд — это учёба": "стенд~— это учёба",
    # short words
    "вход в кабинет": "вход в~кабинет",
    "В кабинете": "В~кабинете",
    "и в кабинете": "и~в~кабинете",
    "к «Учебному входу»": "к~«Учебному входу»",
    "из-за ошибки": "из-за ошибки",
    "не вводите": "не~вводите",
    "почта на .test": "почта на~.test",
    "телефон с +7": "телефон с~+7",
    # what stays as it is
    "шаг вперёд": "шаг вперёд",
    "вовремя и быстро": "вовремя и~быстро",
    "000-000-105 44": "000-000-105 44",
    "127.0.0.1 8000": "127.0.0.1 8000",
    "Слово в": "Слово в",
    "": "",
}


@pytest.mark.parametrize(("source", "expected"), CASES.items())
def test_binds_what_russian_typography_does_not_part(source, expected):
    assert typo(source) == expected.replace("~", NBSP)


@given(st.text(alphabet="абвгдежзиклмнопрстуфхАВСКР №§.,-—«»0123456789", max_size=60))
def test_changes_nothing_the_second_time(text):
    assert typo(typo(text)) == typo(text)


@given(st.text(alphabet="авиксту АВР №.,—0123456789", max_size=60))
def test_changes_spaces_and_nothing_else(text):
    assert typo(text).replace(NBSP, " ") == text.replace(NBSP, " ")


@pytest.mark.parametrize(
    "html",
    [
        '<a href="/?q=в кабинет" title="№ 3">',
        "<code>№ 3 в коде</code>",
        "<textarea>мой текст в поле</textarea>",
        "<svg><text>20 ноября</text></svg>",
        "<option>в списке</option>",
        "<title>Вход в кабинет</title>",
        "<!-- в комментарии -->",
    ],
)
def test_leaves_tags_and_verbatim_elements_alone(html):
    assert typo_html(html) == html


def test_binds_the_words_between_tags():
    assert typo_html("<p>Вход в <b>№ 3</b> и <code>в 1</code></p>") == f"<p>Вход в <b>№{NBSP}3</b> и <code>в 1</code></p>"
