"""Pages for failures, drawn by the real middleware of both sides."""

import re
from collections.abc import Iterator
from datetime import timedelta

import pytest
from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import PermissionDenied
from django.db import OperationalError
from django.http import Http404, HttpResponse
from django.template import TemplateDoesNotExist
from django.test import Client, override_settings
from django.urls import include, path
from django.views.decorators.http import require_POST

from frmr_portal.base.clock import services as clock_services
from frmr_portal.base.kit import errors
from frmr_portal.base.kit.http import ServiceUnavailable, TooManyRequests

SECRET = "postgres://stand:secret@db.internal/5432"  # what the text of an exception must never tell


def failing(exception):
    @login_not_required
    def view(request):
        raise exception

    return view


@login_not_required
def big(request):
    return HttpResponse(str(len(request.POST)))


urlpatterns = [
    path("", include("frmr_portal.base.kit.urls")),
    path("forbidden/", failing(PermissionDenied(SECRET))),
    path("missing/", failing(Http404(SECRET))),
    path("broken/", failing(RuntimeError(SECRET))),
    path("database/", failing(OperationalError(SECRET))),
    path("busy/", failing(TooManyRequests(timedelta(seconds=90.2)))),
    path("away/", failing(ServiceUnavailable())),
    path("post-only/", require_POST(big)),
]
handler400, handler403, handler404, handler500 = errors.bad_request, errors.forbidden, errors.not_found, errors.server_error

EXPECTED = {
    "/forbidden/": (403, "E-403"),
    "/missing/": (404, "E-404"),
    "/nowhere/": (404, "E-404"),
    "/broken/": (500, "E-500"),
    "/database/": (500, "E-500"),
    "/busy/": (429, "E-429"),
    "/away/": (503, "E-503"),
    "/post-only/": (405, "E-405"),
    "/about/?a=%ff": (400, "E-400"),
}


@pytest.fixture(params=["portal", "provider"], autouse=True)
def side(request) -> Iterator[str]:
    if request.param == "provider":
        request.getfixturevalue("as_provider")
    with override_settings(ROOT_URLCONF=__name__):
        yield request.param


@pytest.fixture
def visitor() -> Client:
    return Client(raise_request_exception=False)


class TestEveryErrorPage:
    @pytest.mark.parametrize("address", EXPECTED)
    def test_says_what_happened_what_is_safe_and_what_to_do(self, visitor, address):
        response = visitor.get(address)
        page = response.content.decode()

        assert response.status_code == EXPECTED[address][0]
        assert f"<code>{EXPECTED[address][1]}</code>" in page
        assert len(re.findall("<h1>", page)) == 1
        assert "Что делать" in page
        assert page.count("<li>") >= 2

    @pytest.mark.parametrize("address", EXPECTED)
    def test_tells_support_the_moment_and_the_request_E8(self, visitor, address):
        """E8: time in Moscow, code and number of the request, ready to copy."""
        response = visitor.get(address)
        page = response.content.decode()

        assert "20.11.2026 12:00:00\u00a0(МСК)" in page
        assert f"<code>{response['X-Request-ID']}</code>" in page
        assert 'data-copy="error-facts"' in page

    @pytest.mark.parametrize("address", EXPECTED)
    def test_WEB_10_shows_nothing_of_the_inside(self, visitor, address):
        """WEB-10."""
        page = visitor.get(address).content.decode()

        for word in (SECRET, "Traceback", "Exception", "Error", "Django", "django", "Python", "settings", "/site-packages/", "SECRET_KEY"):
            assert word not in page, word

    @pytest.mark.parametrize("address", EXPECTED)
    def test_EM_04_carries_the_mark_of_the_stand(self, visitor, address):
        assert "Учебный стенд. Не вводите настоящие данные" in visitor.get(address).content.decode()

    @pytest.mark.parametrize("address", EXPECTED)
    def test_keeps_the_strict_headers(self, visitor, address):
        response = visitor.get(address)

        assert response["X-Robots-Tag"] == "noindex, nofollow"
        assert response["Cache-Control"] == "no-store"
        assert "default-src 'none'" in response["Content-Security-Policy"]


class TestWaiting:
    def test_a_visitor_in_a_hurry_learns_when_to_come_back(self, visitor):
        response = visitor.get("/busy/")

        assert response["Retry-After"] == "91"
        assert "91 секунду" in response.content.decode()

    def test_the_page_of_a_missing_service_lists_the_four_steps_E8(self, visitor):
        """E8: cache and cookies, restart or incognito, status, support."""
        response = visitor.get("/away/")
        steps = re.findall(r"<li>([^<]*)</li>", response.content.decode().split("Что делать")[1])[:4]

        assert response["Retry-After"] == "30"
        assert [word for word, step in zip(("cookie", "инкогнито", "состояние служб", "поддержку"), steps, strict=True) if word not in step] == []


class TestTheServerError:
    def test_needs_no_database(self, visitor, monkeypatch):
        """No database fixture here: any query of the page would fail the test."""

        def away():
            raise OperationalError("the database is gone")

        monkeypatch.setattr(clock_services, "offset", away)

        assert visitor.get("/broken/").status_code == 500

    def test_needs_no_template(self, visitor, monkeypatch):
        def no_template(*_, **__):
            raise TemplateDoesNotExist("kit/error.html")

        monkeypatch.setattr(errors, "render_to_string", no_template)

        response = visitor.get("/broken/")

        assert response.status_code == 500
        assert "Учебный стенд. Не вводите настоящие данные" in response.content.decode()


class TestForms:
    def test_an_old_form_says_that_nothing_was_done(self):
        response = Client(enforce_csrf_checks=True).post("/post-only/", {"a": "1"})
        page = response.content.decode()

        assert response.status_code == 403
        assert "Форма устарела" in page
        assert "<code>E-403-FORM</code>" in page
        assert 'href="/post-only/"' in page

    def test_a_form_that_is_too_big_is_named_so(self, visitor, settings):
        settings.DATA_UPLOAD_MAX_MEMORY_SIZE = 100

        response = visitor.generic("POST", "/post-only/", b"a=" + b"x" * 200, content_type="application/x-www-form-urlencoded")

        assert response.status_code == 413
        assert "<code>E-413</code>" in response.content.decode()

    def test_a_form_with_too_many_fields_is_a_bad_request(self, visitor, settings):
        settings.DATA_UPLOAD_MAX_NUMBER_FIELDS = 3

        response = visitor.post("/post-only/", {str(number): "1" for number in range(5)})

        assert response.status_code == 400

    def test_a_torn_upload_is_a_bad_request(self, visitor):
        response = visitor.generic("POST", "/post-only/", b"nothing", content_type="multipart/form-data")

        assert response.status_code == 400

    def test_a_wrong_method_names_the_right_one(self, visitor):
        assert visitor.get("/post-only/")["Allow"] == "POST"
