from types import SimpleNamespace

import pytest
from django.test import RequestFactory

from frmr_portal.base.kit import nav


@pytest.fixture(autouse=True)
def no_sections(monkeypatch):
    monkeypatch.setattr(nav, "_sections", {})


def page(namespace: str = "", view_name: str = ""):
    request = RequestFactory().get("/")
    request.resolver_match = SimpleNamespace(namespace=namespace, view_name=view_name)
    return request


def register_two(**counts):
    nav.register(key="help", label="Помощь", icon="info", url_name="kit:accessibility", order=20, count=counts.get("help"))
    nav.register(key="about", label="О стенде", icon="house", url_name="kit:about", order=10, count=counts.get("about"))


class TestEntries:
    def test_stand_in_the_order_that_rooms_asked_for(self):
        register_two()

        assert [entry.href for entry in nav.entries(page())] == ["/about/", "/accessibility/"]

    def test_show_the_count_of_this_request(self):
        request = page()
        register_two(about=lambda given: 3 if given is request else None)

        assert [entry.count for entry in nav.entries(request)] == [3, None]

    def test_mark_the_section_of_the_page_itself(self):
        register_two()

        assert [entry.current for entry in nav.entries(page("kit", "kit:accessibility"))] == [False, True]

    def test_mark_one_section_when_the_page_only_lives_in_its_namespace(self):
        register_two()

        assert [entry.current for entry in nav.entries(page("kit", "kit:components"))] == [True, False]

    def test_mark_none_on_a_page_from_elsewhere(self):
        register_two()

        assert not any(entry.current for entry in nav.entries(page("", "health_live")))
        assert not any(entry.current for entry in nav.entries(RequestFactory().get("/")))

    def test_are_replaced_by_a_later_registration_of_the_same_key(self):
        register_two()
        nav.register(key="about", label="Иначе", icon="house", url_name="kit:about", order=30)

        assert [entry.label for entry in nav.entries(page())] == ["Помощь", "Иначе"]
