"""EM-02: which names pass for private ones and which could be taken for a real service."""

from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from frmr_portal.base.kit import hosts

REAL = (
    "gosuslugi.ru",
    "GOSUSLUGI.RU.",
    "www.gosuslugi.ru",
    "esia.gosuslugi.ru",
    "esia-portal1.test.gosuslugi.ru",
    "minzdrav.gov.ru",
    "anything.gov.ru",
    "gov.ru",
    "egisz.rosminzdrav.ru",
    "frmr.egisz.rosminzdrav.ru",
    "госуслуги.рф",
    "xn--c1aapkosapc.xn--p1ai",
    "егисз.рф",
    "*.gosuslugi.ru",
    ".gosuslugi.ru",
)
LOOK_ALIKE = (
    "gosuslugl.ru",
    "gosusluqi.example",
    "gosuslug1.example",
    "g0suslugi.example",
    "gosuslugii.com",
    "gosusligu.test",
    "gos-uslugi.ru",
    "my-gosuslugi.test",
    "gosuslugi.localhost",
    "gоsuslugi.example",  # Cyrillic о
    "gosuslügi.example",
    "goſuslugi.example",
    "ｇｏｓｕｓｌｕｇｉ.example",
    "gosuslugi。ru",
    "minzdraw.example",
    "minzdrаv.example",  # Cyrillic а
    "egiss.example",
    "gov-ru.example",
    "x.gov.ru.example",
    "g0v.ru",
    "esia.example",
    "ESIA.test",
    "esia-1.example",
    "еsia.example",  # Cyrillic е
    "есиа.рф",
    "xn--\u00ff",
)
OURS = (
    "127.0.0.1",
    "::1",
    "[::1]",
    "localhost",
    "portal",
    "provider",
    "testserver",
    "portal.example",
    "sign-in.example",
    "frmr-stand.test",
    "clinic-7.example",
    "polynesia.test",
    "legislation.example",
    "regions.test",
    "uslugi.test",
)


class TestRefuseRealHost:
    @pytest.mark.parametrize("name", REAL)
    def test_EM_02_a_real_name_is_refused(self, name):
        with pytest.raises(hosts.RealHost) as refusal:
            hosts.refuse_real_host(name)
        assert refusal.value.host == name
        assert refusal.value.reason

    @pytest.mark.parametrize("name", LOOK_ALIKE)
    def test_EM_02_a_look_alike_is_refused(self, name):
        with pytest.raises(hosts.RealHost):
            hosts.refuse_real_host(name)

    @pytest.mark.parametrize("name", OURS)
    def test_a_name_of_the_stand_passes(self, name):
        hosts.refuse_real_host(name)

    @given(place=st.integers(0, 8), letter=st.sampled_from("abcdefghijklmnopqrstuvwxyz0123456789-"))
    def test_EM_02_one_changed_letter_is_not_enough(self, place, letter):
        with pytest.raises(hosts.RealHost):
            hosts.refuse_real_host("gosuslugi"[:place] + letter + "gosuslugi"[place + 1 :] + ".example")

    @given(st.text(max_size=80))
    def test_EM_02_any_text_is_either_passed_or_refused_by_name(self, text):
        with suppress(hosts.RealHost):
            hosts.refuse_real_host(text)


PRIVATE = ("127.0.0.1", "[::1]", "::1", "10.1.2.3", "192.168.1.1", "fd00::1", "localhost", "portal", "a.b.test", ".stand.test", "A.EXAMPLE.")
PUBLIC = ("", "*", "0.0.0.0", "::", "8.8.8.8", "portal.ru", "example.com", "test.com", "a.mytest")


class TestIsPrivate:
    @pytest.mark.parametrize("name", PRIVATE)
    def test_s04_a_name_without_meaning_in_the_internet_is_private(self, name):
        assert hosts.is_private(name)

    @pytest.mark.parametrize("name", PUBLIC)
    def test_s04_anything_else_is_public(self, name):
        assert not hosts.is_private(name)


class TestIsLoopback:
    @pytest.mark.parametrize("name", ["127.0.0.1", "127.1.2.3", "::1", "LOCALHOST"])
    def test_an_address_of_this_machine_is(self, name):
        assert hosts.is_loopback(name)

    @pytest.mark.parametrize("name", ["0.0.0.0", "10.0.0.1", "portal", "localhost.example"])
    def test_another_address_is_not(self, name):
        assert not hosts.is_loopback(name)
