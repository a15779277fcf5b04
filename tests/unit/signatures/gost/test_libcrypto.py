"""The library of the system: what is refused, and that nothing of ours shows outside."""

import ctypes
import hashlib
import ssl
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor

import pytest

from signatures.core.gost.backend import Gost
from signatures.core.gost.curves import curve_of
from signatures.core.gost.errors import BackendFailed, BackendUnavailable
from signatures.core.gost.interfaces import Hashes
from signatures.core.gost.libcrypto import library as library_module
from signatures.core.gost.libcrypto.arithmetic import LibcryptoArithmetic
from signatures.core.gost.libcrypto.library import Library, open_library, shared_library

CURVE = "1.2.643.7.1.2.1.1.2"
# makes and drops back-ends in cycles, then leaves some to the end of the interpreter
EXIT_SCRIPT = """
import gc
from signatures.core.gost.backend import Gost
from signatures.core.gost.libcrypto.arithmetic import LibcryptoArithmetic
from signatures.core.gost.libcrypto.library import shared_library
from signatures.core.gost.pure import PureHashes
from signatures.core.gost.registry import choose
for _ in range(5):
    gost = Gost(LibcryptoArithmetic(shared_library()), PureHashes())
    cycle = [gost, choose().backend.hasher(256)]
    cycle.append(cycle)
    gost.keygen("1.2.643.7.1.2.1.1.2")
    del gost, cycle
    gc.collect()
left = [choose().backend, choose().backend.hasher(512)]
left.append(left)
print("done")
"""


class OldLibrary:
    """Looks like OpenSSL 1.1.1: all names are there, the version is old."""

    class Function:
        restype = None
        argtypes = ()

        def __call__(self, *_arguments: object) -> int:
            return 0x1010114F

    def __getattr__(self, name: str) -> Function:
        return self.Function()


class TestOpening:
    def test_says_so_when_there_is_no_library(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(library_module, "NAMES", {"linux": ("libcrypto-absent.so.3",)})
        monkeypatch.setattr(library_module.sys, "platform", "linux")
        monkeypatch.setattr(ctypes.util, "find_library", lambda _name: None)

        with pytest.raises(BackendUnavailable, match="not found"):
            open_library()

    def test_asks_the_system_for_other_names(self, monkeypatch: pytest.MonkeyPatch, libcrypto_gost: Gost) -> None:
        monkeypatch.setattr(library_module, "NAMES", {"linux": ("libcrypto-absent.so.3",)})
        monkeypatch.setattr(library_module.sys, "platform", "linux")
        monkeypatch.setattr(ctypes.util, "find_library", lambda _name: open_name)
        open_name = shared_library().call._name

        assert open_library()._name == open_name

    def test_never_loads_the_unversioned_library_of_apple(self, monkeypatch: pytest.MonkeyPatch) -> None:
        """It would end the process."""
        monkeypatch.setattr(library_module.sys, "platform", "darwin")
        monkeypatch.setattr(ctypes.util, "find_library", lambda _name: pytest.fail("asked for the unversioned library"))

        assert all(".3." in name for name in library_module._candidates())

    def test_refuses_an_old_library(self) -> None:
        with pytest.raises(BackendUnavailable, match="too old"):
            Library(OldLibrary())  # type: ignore[arg-type]

    def test_refuses_a_library_without_our_functions(self) -> None:
        with pytest.raises(BackendUnavailable, match="libcrypto has no"):
            Library(ctypes.CDLL(None))

    def test_refuses_an_absent_provider_and_leaves_no_error_behind(self, libcrypto_gost: Gost) -> None:
        library = shared_library()

        with pytest.raises(BackendUnavailable, match="absent"):
            library.load_provider(b"absent")
        assert library.call.ERR_peek_error() == 0


class TestArithmetic:
    def test_refuses_a_point_beside_the_curve_on_its_own(self, libcrypto_gost: Gost) -> None:
        """The scheme has checked before; the library checks again, and its error does not stay in the thread."""
        curve = curve_of(CURVE)

        with pytest.raises(BackendFailed, match="EC_POINT_set_affine_coordinates"):
            libcrypto_gost.arithmetic.combine(curve, 1, 1, (curve.x, curve.y ^ 1))
        assert shared_library().call.ERR_peek_error() == 0

    def test_is_refused_when_the_library_takes_no_curves_by_numbers(self, libcrypto_gost: Gost, monkeypatch: pytest.MonkeyPatch) -> None:
        """As distributions patch it: the mandatory check at the start turns that into a fall-back."""
        library = shared_library()
        monkeypatch.setattr(library.call, "EC_GROUP_new_curve_GFp", lambda *_arguments: None)

        with pytest.raises(BackendUnavailable, match="refuses the curve"):
            LibcryptoArithmetic(library)

    def test_is_refused_when_the_library_computes_wrongly(self, libcrypto_gost: Gost, monkeypatch: pytest.MonkeyPatch) -> None:
        library = shared_library()
        monkeypatch.setattr(library.call, "EC_POINT_is_at_infinity", lambda *_arguments: 0)
        monkeypatch.setattr(library.call, "EC_POINT_get_affine_coordinates", lambda *_arguments: 1)

        with pytest.raises(BackendUnavailable, match="computes wrongly"):
            LibcryptoArithmetic(library)

    def test_names_the_call_that_failed(self, libcrypto_gost: Gost, monkeypatch: pytest.MonkeyPatch) -> None:
        library = shared_library()

        def no_memory(*_arguments: object) -> None:
            return None

        for name in ("EC_POINT_new", "BN_CTX_get", "BN_bin2bn"):
            with monkeypatch.context() as patch:
                patch.setattr(library.call, name, no_memory)
                with pytest.raises(BackendFailed):
                    libcrypto_gost.arithmetic.multiply_base(curve_of(CURVE), 5)

        assert libcrypto_gost.arithmetic.multiply_base(curve_of(CURVE), 1) == (curve_of(CURVE).x, curve_of(CURVE).y)

    def test_serves_threads_side_by_side(self, libcrypto_gost: Gost) -> None:
        digests = [bytes([number]) * 32 for number in range(24)]
        public = libcrypto_gost.public_of(CURVE, 1234567)

        def round_trip(digest: bytes) -> bool:
            return libcrypto_gost.verify(CURVE, public, digest, libcrypto_gost.sign(CURVE, 1234567, digest))

        with ThreadPoolExecutor(4) as pool:
            assert all(pool.map(round_trip, digests))


class TestIsolation:
    def test_leaves_hashlib_and_ssl_as_they_were(self, gostprov_hashes: Hashes) -> None:
        """signatures.md 4.1: nothing is set globally."""
        gostprov_hashes.new(256).update(b"x")

        for name in ("md_gost12_256", "streebog256"):
            with pytest.raises(ValueError, match="unsupported hash type"):
                hashlib.new(name)
        assert hashlib.sha256(b"abc").hexdigest().startswith("ba7816bf")
        assert not [cipher["name"] for cipher in ssl.create_default_context().get_ciphers() if "GOST" in cipher["name"]]

    def test_ends_cleanly_whatever_the_order_of_finalizers(self) -> None:
        """A freed context under a living digest would crash here."""
        ended = subprocess.run([sys.executable, "-X", "faulthandler", "-c", EXIT_SCRIPT], capture_output=True, text=True, check=False, timeout=50)

        assert (ended.returncode, ended.stdout, ended.stderr) == (0, "done\n", "")
