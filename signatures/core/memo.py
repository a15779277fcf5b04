"""A bounded memory of results that do not depend on time (signatures.md 10.4).

It belongs to one process and is handed in by the caller; nothing here is global. Values are facts about bytes,
such as "this key made this signature": never a validity, a revocation status or a verdict.
"""

import hashlib
from collections import OrderedDict
from collections.abc import Callable
from threading import Lock

type Key = tuple[str, bytes]


class Memo:
    """The least recently used results leave first.

    Args:
        limit: how many results are kept.
    """

    def __init__(self, limit: int = 4096) -> None:
        self._limit = limit
        self._results: OrderedDict[Key, object] = OrderedDict()
        self._lock = Lock()

    def __len__(self) -> int:
        return len(self._results)

    def recall[T](self, kind: str, parts: tuple[bytes, ...], compute: Callable[[], T]) -> T:
        """Return the result for these bytes, computed at most once while it is kept.

        Args:
            kind: name of the question, so that answers to different questions never meet.
            parts: everything that the answer depends on.
            compute: makes the answer; an exception is not remembered.
        """
        key = kind, _digest(parts)
        with self._lock:
            if key in self._results:
                self._results.move_to_end(key)
                return self._results[key]  # type: ignore[return-value]  # one kind always holds one type
        result = compute()
        with self._lock:
            self._results[key] = result
            while len(self._results) > self._limit:
                self._results.popitem(last=False)
        return result

    def forget(self) -> None:
        """Drop everything: the back-end was changed."""
        with self._lock:
            self._results.clear()


def _digest(parts: tuple[bytes, ...]) -> bytes:
    """Hash the parts one by one, so that moving a byte from one to the next makes another key."""
    return hashlib.sha256(b"".join(hashlib.sha256(part).digest() for part in parts)).digest()
