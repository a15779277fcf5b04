"""What is wrong with a page that a browser shows: accessibility, width, mark of the stand, forms, headings."""

from collections.abc import Iterator
from typing import Any, Final

from axe_playwright_python.base import AXE_SCRIPT
from playwright.sync_api import Page

MARK: Final = "Учебный стенд. Не вводите настоящие данные"
# WCAG 2.0 to 2.2, levels A and AA, and what axe calls best practices
ALL_RULES: Final = {"type": "tag", "values": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]}
# the same page in other colours: only these can change
COLOUR_RULES: Final = {"type": "rule", "values": ["color-contrast", "link-in-text-block"]}
# the same page with other sizes and one more region
_VIEW: Final = ("color-contrast", "link-in-text-block", "target-size", "region", "landmark-unique", "button-name", "scrollable-region-focusable")
VIEW_RULES: Final = {"type": "rule", "values": list(_VIEW)}
# forms that change nothing: the filter of the box and the samples
HARMLESS_FORMS: Final = frozenset({"/outbox/", "/components/"})
HEIGHT: Final = 900
# CSS px; the last one is the window that visitors come with
WIDTHS: Final = (390, 1280)
OVERFLOW_WIDTHS: Final = (360, 390, 768, 1280)
CONTRASTS: Final = {
    390: {"scheme": "wb", "size": "xl", "spacing": "wide"},
    1280: {"scheme": "blue", "size": "l", "spacing": "normal"},
}

_OVERFLOW: Final = """() => {
  const width = document.documentElement.clientWidth;
  if (document.documentElement.scrollWidth <= width) return [];
  const name = (element) => `${element.localName}.${element.className.baseVal ?? element.className}`;
  const wide = [...document.querySelectorAll("body *")].filter((element) => element.getBoundingClientRect().right > width + 1 && !element.closest(".nav"));
  return [`page of ${document.documentElement.scrollWidth}`, ...wide.slice(0, 4).map(name)];
}"""
_HEADINGS: Final = """() => [...document.querySelectorAll("h1")].map((heading) => heading.innerText.trim())"""
_IS_MARKED: Final = """(mark) => {
  const isDrawn = (element) => element.checkVisibility() && element.getClientRects().length > 0;
  return [...document.querySelectorAll("body strong")].some((element) => element.textContent === mark && isDrawn(element));
}"""
_FORMS: Final = """() => [...document.forms].map((form) => ({
  method: form.getAttribute("method"),
  path: new URL(form.action, location).pathname,
  here: new URL(form.action, location).origin === location.origin,
  token: !!form.querySelector("input[name=csrfmiddlewaretoken]")?.value,
  secret: !!form.querySelector("input[type=password], input[name=code]"),
  moved: [...form.elements].some((element) => element.hasAttribute("formaction") || element.hasAttribute("formmethod")),
}))"""


def faults(page: Page) -> list[str]:
    """Return everything that is wrong with a page in its ordinary view, one line each; its window and media are put back."""
    page.evaluate(AXE_SCRIPT)
    found = [*_headings(page), *_forms(page), *_marks(page)]
    for width in WIDTHS:
        _resize(page, width)
        found += [f"{width}: {fault}" for fault in _axe(page, ALL_RULES)]
    page.emulate_media(color_scheme="dark")
    found += [f"dark: {fault}" for fault in _axe(page, COLOUR_RULES)]
    page.emulate_media(color_scheme="light")
    return [*found, *_overflow(page)]


def faults_in_contrast(page: Page) -> list[str]:
    """Return what «версия для слабовидящих» can break: colours, sizes and widths."""
    page.evaluate(AXE_SCRIPT)
    found = []
    for width, attributes in CONTRASTS.items():
        _resize(page, width)
        # the server changes these attributes and nothing else
        page.evaluate("attributes => Object.assign(document.documentElement.dataset, attributes)", attributes)
        found += [f"{width}: {fault}" for fault in _axe(page, VIEW_RULES)]
    return [*found, *_overflow(page)]


def _resize(page: Page, width: int) -> None:
    page.set_viewport_size({"width": width, "height": HEIGHT})


def _axe(page: Page, run_only: dict[str, Any]) -> Iterator[str]:
    results = page.evaluate("options => axe.run(document, options)", {"runOnly": run_only, "resultTypes": ["violations"]})
    for violation in results["violations"]:
        for node in violation["nodes"]:
            yield f"axe {violation['id']}: {' '.join(map(str, node['target']))}: {node['failureSummary']}"


def _headings(page: Page) -> Iterator[str]:
    headings = page.evaluate(_HEADINGS)
    if len(headings) != 1 or not headings[0]:
        yield f"not one h1: {headings}"


def _overflow(page: Page) -> Iterator[str]:
    for width in OVERFLOW_WIDTHS:
        _resize(page, width)
        if wide := page.evaluate(_OVERFLOW):
            yield f"wider than {width}: {', '.join(wide)}"
    _resize(page, WIDTHS[-1])


def _marks(page: Page) -> Iterator[str]:
    """EM-04: on the screen, on paper and without style sheets."""
    if not page.evaluate(_IS_MARKED, MARK):
        yield "no mark"
    page.emulate_media(media="print")
    if not page.evaluate(_IS_MARKED, MARK):
        yield "no mark in print"
    page.emulate_media(media="screen")
    page.evaluate("() => [...document.styleSheets].forEach((sheet) => { sheet.disabled = true; })")
    if not page.evaluate(_IS_MARKED, MARK):
        yield "no mark without style sheets"
    page.evaluate("() => [...document.styleSheets].forEach((sheet) => { sheet.disabled = false; })")


def _forms(page: Page) -> Iterator[str]:
    """WEB-04, WEB-09: a form that changes something is a POST with a token, and nothing can make it a GET."""
    for form in page.evaluate(_FORMS):
        is_post = form["method"] == "post" and form["token"]
        is_harmless = form["method"] == "get" and form["path"] in HARMLESS_FORMS and not form["token"] and not form["secret"]
        if not (is_post or is_harmless) or form["moved"] or not form["here"]:
            yield f"form: {form}"
