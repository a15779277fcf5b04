"""Find libcrypto, describe its functions to ctypes, and hold a private library context.

Source: the OpenSSL 3 manual pages that the functions are named after.
"""

import ctypes
import ctypes.util
import sys
from collections.abc import Callable, Iterator, Mapping
from ctypes import c_char_p, c_int, c_size_t, c_uint, c_ulong, c_void_p
from functools import cache
from types import MappingProxyType
from typing import Any, Final

from signatures.core.gost.errors import BackendFailed, BackendUnavailable

OLDEST_VERSION: Final = 0x30000000
# Apple ends a process that loads its own unversioned libcrypto.dylib, so only versioned names are tried there
NAMES: Final[Mapping[str, tuple[str, ...]]] = MappingProxyType(
    {
        "darwin": ("libcrypto.3.dylib", "/opt/homebrew/opt/openssl@3/lib/libcrypto.3.dylib", "/usr/local/opt/openssl@3/lib/libcrypto.3.dylib"),
        "win32": ("libcrypto-3-x64.dll", "libcrypto-3-arm64.dll", "libcrypto-3.dll"),
        "linux": ("libcrypto.so.3", "libcrypto.so.4"),
    }
)
type Prototype = tuple[type[Any] | None, tuple[type[Any], ...]]
_P: Final = c_void_p
PROTOTYPES: Final[Mapping[str, Prototype]] = MappingProxyType(
    {
        "OpenSSL_version_num": (c_ulong, ()),
        "ERR_clear_error": (None, ()),
        "OSSL_LIB_CTX_new": (_P, ()),
        "OSSL_PROVIDER_load": (_P, (_P, c_char_p)),
        "BN_CTX_new_ex": (_P, (_P,)),
        "BN_CTX_free": (None, (_P,)),
        "BN_CTX_start": (None, (_P,)),
        "BN_CTX_get": (_P, (_P,)),
        "BN_CTX_end": (None, (_P,)),
        "BN_bin2bn": (_P, (c_char_p, c_int, _P)),
        "BN_bn2binpad": (c_int, (_P, _P, c_int)),
        "EC_GROUP_new_curve_GFp": (_P, (_P, _P, _P, _P)),
        "EC_GROUP_set_generator": (c_int, (_P, _P, _P, _P)),
        "EC_GROUP_free": (None, (_P,)),
        "EC_POINT_new": (_P, (_P,)),
        "EC_POINT_free": (None, (_P,)),
        "EC_POINT_set_affine_coordinates": (c_int, (_P, _P, _P, _P, _P)),
        "EC_POINT_get_affine_coordinates": (c_int, (_P, _P, _P, _P, _P)),
        "EC_POINT_is_at_infinity": (c_int, (_P, _P)),
        "EC_POINT_mul": (c_int, (_P, _P, _P, _P, _P, _P)),
        "EVP_MD_fetch": (_P, (_P, c_char_p, c_char_p)),
        "EVP_MD_free": (None, (_P,)),
        "EVP_MD_CTX_new": (_P, ()),
        "EVP_MD_CTX_free": (None, (_P,)),
        "EVP_MD_CTX_copy_ex": (c_int, (_P, _P)),
        "EVP_DigestInit_ex": (c_int, (_P, _P, _P)),
        "EVP_DigestUpdate": (c_int, (_P, c_char_p, c_size_t)),
        "EVP_DigestFinal_ex": (c_int, (_P, _P, ctypes.POINTER(c_uint))),
    }
)


class Handle:
    """A C object that is freed with its owner.

    Attributes:
        pointer: its address, good as long as the handle lives.
    """

    __slots__ = ("_free", "pointer")

    def __init__(self, pointer: int, free: Callable[[int], object]) -> None:
        """Take over an object and the function that frees it."""
        self.pointer = pointer
        self._free = free

    def __del__(self) -> None:
        self._free(self.pointer)


class Library:
    """The shared library and a context of it that nobody else sees.

    The context is never freed: objects point into it, finalizers of Python run in any order, and gostprov breaks the digests
    of all other contexts when it leaves one. So there is one for the life of the process: see `shared_library`.

    Attributes:
        call: its functions by name, with their types.
        context: address of the private OSSL_LIB_CTX.
    """

    def __init__(self, call: ctypes.CDLL) -> None:
        """Describe the functions and open the context.

        Raises:
            BackendUnavailable: another library than OpenSSL 3 or newer.
            BackendFailed: memory is short.
        """
        self.call = _described(call)
        self.context: int = call.OSSL_LIB_CTX_new()
        self.require(self.context, call.OSSL_LIB_CTX_new)
        # with any provider loaded by name the default one, which has the random numbers, does not come by itself
        self.load_provider(b"default")

    def load_provider(self, name: bytes) -> None:
        """Load a provider into the private context.

        Raises:
            BackendUnavailable: it is not installed.
        """
        if self.call.OSSL_PROVIDER_load(self.context, name) is None:
            self.call.ERR_clear_error()
            raise BackendUnavailable(f"the provider {name.decode()} of OpenSSL is not installed")

    def own(self, pointer: int | None, free: Callable[[int], object]) -> Handle:
        """Take over a new object.

        Raises:
            BackendFailed: the library gave NULL.
        """
        if pointer is None:
            raise self.failed(free)
        return Handle(pointer, free)

    def require(self, result: int | None, function: object) -> None:
        """Check the result of a call.

        Raises:
            BackendFailed: the library said 0, a negative number or NULL.
        """
        if result is None or result <= 0:
            raise self.failed(function)

    def failed(self, function: object) -> BackendFailed:
        """Return the failure of a call, and leave no trace of it: the queue of errors belongs to the whole thread."""
        self.call.ERR_clear_error()
        return BackendFailed(f"libcrypto failed: {getattr(function, '__name__', function)}")


@cache
def shared_library() -> Library:
    """Return the library of the system, opened once.

    Raises:
        BackendUnavailable: there is none that fits.
        BackendFailed: memory is short.
    """
    return Library(open_library())


def open_library() -> ctypes.CDLL:
    """Find the library of the system.

    Raises:
        BackendUnavailable: there is none.
    """
    for name in _candidates():
        try:
            return ctypes.CDLL(name)
        except OSError:
            continue
    raise BackendUnavailable("libcrypto of OpenSSL 3 is not found")


def _candidates() -> Iterator[str]:
    yield from NAMES.get(sys.platform, NAMES["linux"])
    # asks programs of the system, so it comes last
    if sys.platform not in {"darwin", "win32"} and (found := ctypes.util.find_library("crypto")):
        yield found


def _described(library: ctypes.CDLL) -> ctypes.CDLL:
    """Give the functions their types.

    Raises:
        BackendUnavailable: a function is missing, or the library is too old.
    """
    for name, (result, arguments) in PROTOTYPES.items():
        try:
            function = getattr(library, name)
        except AttributeError as error:
            raise BackendUnavailable(f"libcrypto has no {name}") from error
        function.restype = result
        function.argtypes = arguments
    version = library.OpenSSL_version_num()
    if version < OLDEST_VERSION:
        raise BackendUnavailable(f"libcrypto is too old: {version:#x}")
    return library
