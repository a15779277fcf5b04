"""Streebog by the provider `gostprov` (Debian: libengine-gost-openssl), two hundred times faster than Python."""

import ctypes
from collections.abc import Buffer
from typing import Final, Self

from signatures.core.gost.errors import BackendUnavailable, UnknownDigest
from signatures.core.gost.libcrypto.library import Handle, Library

PROVIDER: Final = b"gostprov"
NAMES: Final = {256: b"md_gost12_256", 512: b"md_gost12_512"}


class ProviderHashes:
    """A maker of digests; may be shared by threads, the digests themselves may not."""

    name = "gostprov"

    def __init__(self, library: Library) -> None:
        """Load the provider into the private context of the library.

        Raises:
            BackendUnavailable: the provider is not installed, or does not know Streebog.
        """
        self._library = library
        library.load_provider(PROVIDER)
        self._digests = {bits: self._fetch(name) for bits, name in NAMES.items()}

    def new(self, bits: int) -> "ProviderStreebog":
        """Start a digest of 256 or 512 bits.

        Raises:
            UnknownDigest: another number of bits.
            BackendFailed: memory is short.
        """
        if bits not in self._digests:
            raise UnknownDigest(f"Streebog has no {bits} bits")
        call = self._library.call
        state = self._library.own(call.EVP_MD_CTX_new(), call.EVP_MD_CTX_free)
        self._library.require(call.EVP_DigestInit_ex(state.pointer, self._digests[bits].pointer, None), call.EVP_DigestInit_ex)
        return ProviderStreebog(self._library, state, bits)

    def _fetch(self, name: bytes) -> Handle:
        call = self._library.call
        pointer = call.EVP_MD_fetch(self._library.context, name, None)
        if pointer is None:
            call.ERR_clear_error()
            raise BackendUnavailable(f"the provider knows no {name.decode()}")
        return Handle(pointer, call.EVP_MD_free)


class ProviderStreebog:
    """A running digest in the library, with the interface of a `hashlib` object.

    Attributes:
        digest_size: length of the digest, bytes.
        block_size: length of a block, bytes.
        name: `streebog256` or `streebog512`.
    """

    __slots__ = ("_library", "_state", "digest_size", "name")

    block_size: Final = 64

    def __init__(self, library: Library, state: Handle, bits: int) -> None:
        """Take over a started EVP_MD_CTX."""
        self._library = library
        self._state = state
        self.digest_size = bits // 8
        self.name = f"streebog{bits}"

    def update(self, data: Buffer) -> None:
        """Take the next part of the message; other threads run meanwhile."""
        octets = data if isinstance(data, bytes) else bytes(data)
        call = self._library.call
        self._library.require(call.EVP_DigestUpdate(self._state.pointer, octets, len(octets)), call.EVP_DigestUpdate)

    def digest(self) -> bytes:
        """Return the digest of all that came so far; more may come afterwards."""
        call = self._library.call
        buffer = ctypes.create_string_buffer(self.digest_size)
        # the library allows nothing after the end, so a copy is ended
        final = self._copied()
        self._library.require(call.EVP_DigestFinal_ex(final.pointer, buffer, None), call.EVP_DigestFinal_ex)
        return buffer.raw

    def hexdigest(self) -> str:
        """Return the digest in hexadecimal digits."""
        return self.digest().hex()

    def copy(self) -> Self:
        """Return a digest that goes on from here on its own."""
        return type(self)(self._library, self._copied(), 8 * self.digest_size)

    def _copied(self) -> Handle:
        call = self._library.call
        state = self._library.own(call.EVP_MD_CTX_new(), call.EVP_MD_CTX_free)
        self._library.require(call.EVP_MD_CTX_copy_ex(state.pointer, self._state.pointer), call.EVP_MD_CTX_copy_ex)
        return state
