from datetime import timedelta
from types import SimpleNamespace

import pytest
from django import forms
from django.template.loader import render_to_string
from django.test import RequestFactory

from frmr_portal.base.clock import services as clock_services
from frmr_portal.base.kit import nav
from frmr_portal.base.kit.values import PortalSession


class NameForm(forms.Form):
    name = forms.CharField(label="Имя")


LAYOUTS = ["layouts/cabinet.html", "layouts/gate.html", "layouts/plain.html"]


@pytest.fixture
def doctor(now) -> PortalSession:
    return PortalSession(
        account_id="0c7a4bb4-5a54-4b0f-9e12-f7f1b0a1c001",
        oid=1000600001,
        full_name="Тестова Анна Сергеевна",
        short_name="Тестова А. С.",
        initials="ТА",
        snils_masked="000-***-*** 06",
        role_name="Врач",
        organization_name="ГБУЗ «Учебная поликлиника № 3»",
        method="PWD",
        provider_sid="",
        signed_in_at=now,
    )


@pytest.fixture
def one_section(monkeypatch):
    monkeypatch.setattr(nav, "_sections", {})
    asked = []
    nav.register(key=nav.BELL, label="Уведомления", icon="bell", url_name="kit:about", order=1, count=lambda request: asked.append(request) or 3)
    return asked


def draw(layout: str, portal: PortalSession | None = None) -> str:
    request = RequestFactory().get("/page/")
    request.portal = portal
    return render_to_string(layout, request=request)


@pytest.mark.parametrize("layout", LAYOUTS)
@pytest.mark.parametrize("side", ["portal", "provider"])
class TestEveryLayout:
    def test_greets_a_stranger_with_the_mark_of_its_side(self, layout, side, request):
        if side == "provider":
            request.getfixturevalue("as_provider")

        page = draw(layout)

        own, other = ("Учебный вход", "Стенд ФРМР") if side == "provider" else ("Стенд ФРМР", "Учебный вход")
        assert f"<b>{own}</b>" in page
        assert f"<b>{other}</b>" not in page
        assert f"· {own} · Учебный стенд</title>" in page

    def test_lets_the_keyboard_skip_to_the_content(self, layout, side):
        page = draw(layout)

        assert page.index('class="skip" href="#main"') < page.index('id="main" tabindex="-1"')


class TestTheCabinet:
    def test_shows_who_is_signed_in_and_where_they_may_go(self, doctor, one_section):
        page = draw("layouts/cabinet.html", doctor)

        assert "Тестова А. С." in page
        assert "Учебная поликлиника №\u00a03" in page
        assert 'aria-label="Разделы кабинета"' in page

    def test_counts_once_for_the_bell_and_the_navigation(self, doctor, one_section):
        page = draw("layouts/cabinet.html", doctor)

        assert '<span class="badge">3</span>' in page
        assert '<span class="nav__count">3</span>' in page
        assert len(one_section) == 1

    def test_signs_out_by_a_form(self, doctor, one_section):
        """WEB-04: a link must not end a session."""
        page = draw("layouts/cabinet.html", doctor)

        assert '<form method="post" action="/logout/">' in page
        assert 'href="/logout/"' not in page

    def test_shows_no_navigation_to_a_stranger(self, one_section):
        page = draw("layouts/cabinet.html")

        assert 'aria-label="Разделы кабинета"' not in page
        assert one_section == []

    def test_asks_no_counter_on_a_page_without_navigation(self, doctor, one_section):
        draw("layouts/plain.html", doctor)

        assert one_section == []


class TestTheBanner:
    def test_hides_the_time_while_it_is_the_real_one(self):
        assert "Время стенда" not in draw("layouts/plain.html")

    def test_shows_the_time_while_a_tester_has_moved_the_clock(self, monkeypatch):
        monkeypatch.setattr(clock_services, "offset", lambda: timedelta(days=114))

        assert "Время стенда: 14.03.2027 12:00\u00a0(МСК)" in draw("layouts/plain.html")


class TestTheTitle:
    @pytest.mark.parametrize(("data", "prefix"), [({"name": ""}, "Ошибка: "), ({"name": "Анна"}, ""), (None, "")])
    def test_opens_with_the_word_error_only_after_a_refused_form(self, data, prefix):
        request = RequestFactory().get("/page/")

        page = render_to_string("layouts/plain.html", {"form": NameForm(data)}, request=request)

        assert f"<title>{prefix} · Стенд ФРМР" in page


class TestMessages:
    @pytest.mark.parametrize(("level", "css"), [("error", "notice--bad"), ("warning", "notice--warn"), ("success", "notice--ok"), ("info", "notice")])
    def test_are_spoken_and_escaped(self, level, css):
        request = RequestFactory().get("/page/")
        shown = [SimpleNamespace(level_tag=level, message="<b>Отправлено</b>")]

        page = render_to_string("layouts/plain.html", {"messages": shown}, request=request)

        assert f'<div class="{css if css == "notice" else f"notice {css}"}" role="status">' in page
        assert "&lt;b&gt;Отправлено&lt;/b&gt;" in page
