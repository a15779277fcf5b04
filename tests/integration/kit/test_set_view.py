import pytest
from django.test import Client


@pytest.fixture(params=["portal", "provider"])
def cookie_name(request) -> str:
    if request.param == "provider":
        request.getfixturevalue("as_provider")
    return {"portal": "frmr_view", "provider": "esia_stand_view"}[request.param]


class TestSetView:
    def test_keeps_the_choice_for_a_year_out_of_reach_of_scripts(self, client, cookie_name):
        response = client.post("/view/", {"view": "contrast", "next": "/about/?a=1"})

        cookie = response.cookies[cookie_name]
        assert (response.status_code, response["Location"]) == (303, "/about/?a=1")
        assert (cookie.value, cookie["max-age"], cookie["samesite"], cookie["httponly"]) == ("contrast.bw.m.normal", 31_536_000, "Lax", True)

    def test_shows_pages_as_chosen(self, client, cookie_name):
        for choice in ({"scheme": "blue"}, {"size": "xl"}, {"spacing": "wide"}):
            client.post("/view/", choice)

        page = client.get("/about/").content.decode()

        assert '<html lang="ru" data-view="contrast" data-scheme="blue" data-size="xl" data-spacing="wide">' in page
        assert page.count('aria-pressed="true"') == 3
        assert '<button name="spacing" value="wide" aria-pressed="true">' in page

    def test_returns_to_the_normal_version(self, client, cookie_name):
        client.post("/view/", {"view": "contrast"})

        client.post("/view/", {"view": "normal"})

        page = client.get("/about/").content.decode()
        assert '<html lang="ru">' in page
        assert '<button class="tool" name="view" value="contrast">' in page

    def test_offers_the_way_back_to_the_same_page(self, client, cookie_name):
        assert '<input type="hidden" name="next" value="/about/?q=1&amp;r=2">' in client.get("/about/?q=1&r=2").content.decode()

    @pytest.mark.parametrize("choice", [{}, {"scheme": "red"}, {"size": "9"}, {"view": "contrast", "spacing": "<b>"}])
    def test_refuses_a_choice_that_the_stand_does_not_have(self, client, cookie_name, choice):
        response = client.post("/view/", choice)

        assert response.status_code == 400
        assert cookie_name not in response.cookies

    def test_is_not_changed_by_a_link(self, client, cookie_name):
        """WEB-04: a state changes by POST only."""
        response = client.get("/view/?view=contrast")

        assert (response.status_code, response["Allow"]) == (405, "POST")
        assert cookie_name not in response.cookies

    def test_is_refused_without_the_token_of_the_form(self, cookie_name):
        """WEB-04."""
        response = Client(enforce_csrf_checks=True).post("/view/", {"view": "contrast"})

        assert response.status_code == 403
        assert "Форма устарела" in response.content.decode()
        assert cookie_name not in response.cookies
