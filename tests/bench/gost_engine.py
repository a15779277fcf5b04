"""Yardstick: signatures checked by the GOST engine in C, inside this process.

The engine registers its methods for the whole process, so only the bench uses it, never the stand.
"""

import ctypes
from ctypes import c_char_p, c_int, c_long, c_size_t, c_void_p
from typing import Any, Final

from signatures.core.gost.errors import BackendUnavailable
from signatures.core.gost.libcrypto.library import open_library

_LOAD_DYNAMIC: Final = 0x200  # OPENSSL_INIT_ENGINE_DYNAMIC
_PROTOTYPES: Final[dict[str, tuple[Any, tuple[Any, ...]]]] = {
    "OPENSSL_init_crypto": (c_int, (ctypes.c_uint64, c_void_p)),
    "ENGINE_by_id": (c_void_p, (c_char_p,)),
    "ENGINE_init": (c_int, (c_void_p,)),
    "ENGINE_register_pkey_meths": (c_int, (c_void_p,)),
    "ENGINE_register_pkey_asn1_meths": (c_int, (c_void_p,)),
    "d2i_PUBKEY": (c_void_p, (c_void_p, c_void_p, c_long)),
    "EVP_PKEY_CTX_new": (c_void_p, (c_void_p, c_void_p)),
    "EVP_PKEY_verify_init": (c_int, (c_void_p,)),
    "EVP_PKEY_verify": (c_int, (c_void_p, c_char_p, c_size_t, c_char_p, c_size_t)),
}


class Engine:
    """The engine, ready to check signatures."""

    def __init__(self) -> None:
        """Load the engine.

        Raises:
            BackendUnavailable: it is not installed.
        """
        self._call = open_library()
        try:
            for name, (result, arguments) in _PROTOTYPES.items():
                function = getattr(self._call, name)
                function.restype, function.argtypes = result, arguments
        except AttributeError as error:
            raise BackendUnavailable("libcrypto has no engines") from error
        self._call.OPENSSL_init_crypto(_LOAD_DYNAMIC, None)
        engine = self._call.ENGINE_by_id(b"gost")
        if not engine or not self._call.ENGINE_init(engine):
            raise BackendUnavailable("the engine gost is not installed")
        self._call.ENGINE_register_pkey_meths(engine)
        self._call.ENGINE_register_pkey_asn1_meths(engine)

    def key(self, spki: bytes) -> int:
        """Return an EVP_PKEY_CTX of a SubjectPublicKeyInfo, ready for `verify`; it lives until the bench ends."""
        buffer = ctypes.create_string_buffer(spki, len(spki))
        place = c_void_p(ctypes.addressof(buffer))
        key = self._call.d2i_PUBKEY(None, ctypes.byref(place), len(spki))
        context: int | None = self._call.EVP_PKEY_CTX_new(key, None) if key else None
        if context is None or self._call.EVP_PKEY_verify_init(context) != 1:
            raise BackendUnavailable("the engine does not read the key")
        return context

    def verify(self, context: int, digest: bytes, signature: bytes) -> bool:
        """Check a signature."""
        return bool(self._call.EVP_PKEY_verify(context, signature, len(signature), digest, len(digest)) == 1)
