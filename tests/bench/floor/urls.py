"""The two pages of the floor."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import path

from tests.bench.floor.models import Worker

ROWS = 20


def hello(_request: HttpRequest) -> HttpResponse:
    """Answer with nothing but the middleware of every project."""
    return HttpResponse("ok", content_type="text/plain; charset=utf-8")


def rows(request: HttpRequest) -> HttpResponse:
    """Show twenty rows of the database: one query, one template and its base."""
    return render(request, "rows.html", {"workers": Worker.objects.order_by("pk")[:ROWS]})


urlpatterns = [path("hello", hello, name="hello"), path("rows", rows, name="rows"), path("rows/<int:pk>", rows, name="row")]
