"""Every page of both sides, in every state that has a look of its own."""

from dataclasses import dataclass
from typing import Final

from frmr_portal.base.kit import error_pages


@dataclass(frozen=True)
class Place:
    """One page in one state.

    Attributes:
        name: name of its picture and of its test.
        side: portal, esia, or sample: a portal in the development profile, which can show what is hard to reach.
        path: address on that side; empty is the page that the state ended at.
        state: who looks, see `States`.
        press: what is pressed after the page has come.
    """

    name: str
    side: str
    path: str = ""
    state: str = "anonymous"
    press: str = ""


# error pages that the running stand shows by itself
_REAL: Final = frozenset({400, 404, 405})
PLACES: Final = (
    # --- the portal, nobody signed in ---
    Place("start", "portal", "/"),
    Place("login", "portal", "/login/"),
    Place("login-further", "portal", "/login/?next=/notifications/"),
    Place("need-confirmed", "portal", "/access/need-confirmed/"),
    Place("login-refused", "portal", "/login/refused/", state="denied"),
    Place("signed-out", "portal", "/signed-out/"),
    Place("signed-out-idle", "portal", "/signed-out/?why=idle"),
    Place("about", "portal", "/about/"),
    Place("accessibility", "portal", "/accessibility/"),
    Place("error-404", "portal", "/nowhere/"),
    Place("error-400", "portal", "/%ff"),
    Place("error-405", "portal", "/view/"),
    # --- the portal, a doctor ---
    Place("home", "portal", "/", state="doctor"),
    Place("home-menu", "portal", "/", state="doctor", press=".menu > summary"),
    Place("home-snils", "portal", "/", state="doctor", press="form[action='/account/snils/'] button"),
    Place("notifications", "portal", "/notifications/", state="doctor"),
    Place("journal", "portal", "/audit/me/", state="doctor"),
    Place("doctor-about", "portal", "/about/", state="doctor"),
    Place("doctor-404", "portal", "/nowhere/", state="doctor"),
    # --- the provider ---
    Place("esia-start", "esia", "/"),
    Place("esia-start-signed-in", "esia", "/", state="doctor"),
    Place("esia-login", "esia", "/login/"),
    Place("esia-login-persona", "esia", "/login/?persona=doctor"),
    Place("esia-login-empty", "esia", "/login/", press="[data-testid=submit]"),
    Place("esia-code", "esia", state="at_code"),
    Place("esia-code-wrong", "esia", state="at_code", press="[data-testid=submit]"),
    Place("esia-consent", "esia", state="at_consent"),
    Place("esia-personas", "esia", "/personas/"),
    Place("esia-outbox", "esia", "/outbox/", state="at_code"),
    Place("esia-signed-out", "esia", "/signed-out/"),
    Place("esia-request-over", "esia", "/login/?request=6f9b4f6e-4a52-4a3b-8d6a-1f3c7f6f0b11"),
    Place("esia-refusal", "esia", "/aas/oauth2/v2/ac?client_id=UNKNOWN"),
    Place("esia-about", "esia", "/about/"),
    Place("esia-accessibility", "esia", "/accessibility/"),
    Place("esia-error-404", "esia", "/nowhere/"),
    # --- shown by the development profile only ---
    Place("sample-components", "sample", "/components/"),
    *(Place(f"sample-{page.code.lower()}", "sample", f"/components/errors/{page.code}/") for page in error_pages.ALL if page.status not in _REAL),
)
# other states of pages that are in the list already
_TWINS: Final = frozenset({"login-further", "signed-out-idle", "doctor-about", "doctor-404", "esia-start-signed-in", "esia-login-persona"})
TITLED: Final = tuple(place for place in PLACES if not place.press and place.name not in _TWINS)
