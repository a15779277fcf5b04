import pytest
from django.test import RequestFactory

from frmr_portal.base.kit import view_mode
from frmr_portal.base.kit.view_mode import NORMAL, ViewMode


def asked_with(cookie: str) -> ViewMode:
    request = RequestFactory().get("/")
    request.COOKIES["frmr_view"] = cookie
    return view_mode.of_request(request)


class TestTheCookie:
    def test_is_read_back_as_it_was_written(self):
        mode = ViewMode("contrast", "blue", "xl", "wide")

        assert asked_with(mode.as_cookie()) == mode

    @pytest.mark.parametrize(
        "cookie",
        [
            "",
            "contrast",
            "contrast.bw.m",
            "contrast.bw.m.normal.more",
            "contrast.red.m.normal",
            'contrast."><script>.m.normal',
            "normal..m.normal",
            "bw.contrast.m.normal",
        ],
    )
    def test_counts_as_none_when_we_did_not_write_it(self, cookie):
        assert asked_with(cookie) == NORMAL


class TestAChange:
    def test_turns_the_version_on_together_with_a_colour(self):
        assert view_mode.changed(NORMAL, {"scheme": "wb"}) == ViewMode("contrast", "wb")

    def test_keeps_the_other_choices(self):
        assert view_mode.changed(ViewMode("contrast", "wb", "l"), {"spacing": "wide"}) == ViewMode("contrast", "wb", "l", "wide")

    def test_remembers_the_colours_when_the_version_is_turned_off(self):
        assert view_mode.changed(ViewMode("contrast", "wb"), {"view": "normal"}) == ViewMode("normal", "wb")

    @pytest.mark.parametrize("choices", [{}, {"scheme": "red"}, {"size": "xxl"}, {"view": ""}, {"spacing": "m"}, {"font": "big"}])
    def test_is_refused_when_the_stand_has_no_such_choice(self, choices):
        with pytest.raises(view_mode.ViewModeRejected):
            view_mode.changed(NORMAL, choices)
