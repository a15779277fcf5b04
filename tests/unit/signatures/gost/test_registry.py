"""Choice of the back-end: the fastest good one, and an account of what was not taken."""

from collections.abc import Callable, Iterator

import pytest

from signatures.core.gost import registry
from signatures.core.gost.curves import Curve
from signatures.core.gost.ec import Point
from signatures.core.gost.errors import BackendUnavailable
from signatures.core.gost.interfaces import Arithmetic, GostBackend, Hasher, Hashes
from signatures.core.gost.pure import PureArithmetic, PureHashes
from signatures.core.gost.registry import Preference, Refusal, choose


class WrongArithmetic(PureArithmetic):
    """Mixes up the two coordinates, as a library with a bug would."""

    name = "libcrypto"

    def combine(self, curve: Curve, base_scalar: int, scalar: int, point: Point) -> Point | None:
        right = super().combine(curve, base_scalar, scalar, point)
        return right[::-1] if right else None


class ForgetfulHashes:
    """Confuses the two lengths."""

    name = "gostprov"

    def new(self, bits: int) -> Hasher:
        return PureHashes().new(768 - bits)


def refuse() -> Arithmetic:
    raise BackendUnavailable("libcrypto of OpenSSL 3 is not found")


@pytest.fixture(autouse=True)
def chosen_anew() -> Iterator[None]:
    choose.cache_clear()
    yield
    choose.cache_clear()


@pytest.fixture
def parts(monkeypatch: pytest.MonkeyPatch) -> Callable[..., None]:
    """Replace the fast parts: `parts(libcrypto=…, gostprov=…)`."""

    def put(libcrypto: Callable[[], Arithmetic] = PureArithmetic, gostprov: Callable[[], Hashes] = PureHashes) -> None:
        monkeypatch.setitem(registry.ARITHMETIC, "libcrypto", libcrypto)
        monkeypatch.setitem(registry.HASHES, "gostprov", gostprov)

    return put


class TestChoose:
    def test_takes_the_fast_parts_when_they_are_good(self, libcrypto_gost: object, gostprov_hashes: object) -> None:
        state = choose(Preference.AUTO).state

        assert (state.curve, state.hash, state.refused) == ("libcrypto", "gostprov", ())

    def test_gives_a_backend_that_works(self) -> None:
        backend: GostBackend = choose().backend
        pair = backend.keygen("1.2.643.7.1.2.1.1.1")

        assert backend.verify(pair.curve_oid, pair.public, bytes(32), backend.sign(pair.curve_oid, pair.private, bytes(32)))

    def test_can_be_told_to_stay_pure(self) -> None:
        state = choose(Preference.PURE).state

        assert (state.preference, state.curve, state.hash, state.refused) == (Preference.PURE, "pure", "pure", ())

    def test_keeps_the_choice(self) -> None:
        assert choose(Preference.PURE) is choose(Preference.PURE)

    def test_falls_back_and_says_why_when_a_library_is_missing(self, parts: Callable[..., None]) -> None:
        parts(libcrypto=refuse)

        state = choose(Preference.AUTO).state

        assert state.curve == "pure"
        assert state.refused == (Refusal("libcrypto", "libcrypto of OpenSSL 3 is not found"),)

    def test_falls_back_when_the_arithmetic_is_wrong(self, parts: Callable[..., None]) -> None:
        """The known answers of RFC 7091 catch it."""
        parts(libcrypto=WrongArithmetic)

        state = choose(Preference.AUTO).state

        assert state.curve == "pure"
        assert state.refused == (Refusal("libcrypto", "libcrypto gives a wrong answer for RFC 7091 7.1"),)

    def test_falls_back_when_the_hash_is_wrong(self, parts: Callable[..., None]) -> None:
        """The known answers of RFC 6986 catch it."""
        parts(gostprov=ForgetfulHashes)

        state = choose(Preference.AUTO).state

        assert state.hash == "pure"
        assert state.refused == (Refusal("gostprov", "gostprov gives a wrong Streebog-256 of RFC 6986 10.1"),)

    def test_does_not_fall_back_when_libcrypto_is_demanded(self, parts: Callable[..., None]) -> None:
        parts(libcrypto=refuse)

        with pytest.raises(BackendUnavailable, match="libcrypto: libcrypto of OpenSSL 3 is not found"):
            choose(Preference.LIBCRYPTO)

    def test_lets_the_hash_be_pure_when_libcrypto_is_demanded(self, parts: Callable[..., None]) -> None:
        parts(gostprov=ForgetfulHashes)

        state = choose(Preference.LIBCRYPTO).state

        assert state.hash == "pure"
        assert [one.part for one in state.refused] == ["gostprov"]

    def test_tests_the_pure_parts_too(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setitem(registry.ARITHMETIC, "pure", WrongArithmetic)

        with pytest.raises(BackendUnavailable, match="wrong answer"):
            choose(Preference.PURE)

    @pytest.mark.parametrize("value", ["", "engine", "AUTO"])
    def test_knows_three_preferences(self, value: str) -> None:
        with pytest.raises(ValueError, match="is not a valid Preference"):
            Preference(value)
