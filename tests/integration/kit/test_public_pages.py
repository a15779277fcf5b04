import pytest


@pytest.fixture(params=["portal", "provider"], autouse=True)
def side(request) -> str:
    if request.param == "provider":
        request.getfixturevalue("as_provider")
    return request.param


@pytest.mark.django_db
class TestPublicPages:
    @pytest.mark.parametrize(("address", "heading"), [("/about/", "Это учебный стенд"), ("/accessibility/", "Доступность")])
    def test_are_open_to_everybody_and_cost_no_query(self, client, django_assert_num_queries, address, heading):
        with django_assert_num_queries(0):
            response = client.get(address)

        assert response.status_code == 200
        assert heading in response.content.decode().replace("\u00a0", " ")

    @pytest.mark.parametrize("address", ["/about/", "/accessibility/", "/robots.txt"])
    def test_answer_to_a_question_about_headers(self, client, address):
        assert client.head(address).status_code == 200

    def test_about_says_what_the_stand_never_does(self, client):
        page = client.get("/about/").content.decode().replace("\u00a0", " ")

        for promise in ("Не принимает настоящие данные", "Не сохраняет логин и пароль", "Не выдаёт документов, имеющих юридическую силу"):
            assert promise in page

    def test_old_browsers_find_the_mark(self, client):
        response = client.get("/favicon.ico")

        assert (response.status_code, response["Location"]) == (302, "/static/img/mark.svg")


@pytest.mark.django_db
class TestComponents:
    @pytest.mark.parametrize("address", ["/components/", "/components/errors/E-503/"])
    @pytest.mark.parametrize("profile", ["stand", "production"])
    def test_do_not_exist_outside_development(self, client, settings, profile, address):
        settings.STAND_PROFILE = profile

        assert client.get(address).status_code == 404

    def test_are_all_drawn_in_development(self, client, settings):
        settings.STAND_PROFILE = "development"

        page = client.get("/components/").content.decode()

        for css in ("btn--danger", "tag--warn", "notice--bad", "field--bad", "errors", "choice", "drop", "chips", "bar", "pages", "diff",
                    "steps", "figure", "empty", "job", "dialog", "chain", "checks", "verdict--ok", "chart", "bench", "persona", "more"):  # fmt: skip
            assert f"{css}" in page, css

    @pytest.mark.parametrize("code", ["E-400", "E-403", "E-403-FORM", "E-404", "E-405", "E-413", "E-429", "E-500", "E-503"])
    def test_include_every_error_page(self, client, settings, code):
        settings.STAND_PROFILE = "development"

        response = client.get(f"/components/errors/{code}/")

        assert response.status_code == int(code[2:5])
        assert f"<code>{code}</code>" in response.content.decode()
