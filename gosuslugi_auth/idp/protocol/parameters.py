"""Reading request parameters: strict UTF-8, no repetition, bounded size."""

import re
from dataclasses import dataclass
from urllib.parse import parse_qsl

from gosuslugi_auth.idp.protocol.values import Diagnosis, Refusal
from gosuslugi_auth.wire import errors

# larger than any signed request of the real protocol: a CMS secret is about 2,000 characters
MAX_BYTES = 16 * 1024
_CONTROL = re.compile(r"[\x00-\x1f\x7f]")


def _unreadable(why: str) -> Refusal:
    return Refusal(errors.UNREADABLE, "parameters.unreadable", Diagnosis(why))


@dataclass(frozen=True)
class Parameters:
    """Parameters of one request, every occurrence kept."""

    pairs: tuple[tuple[str, str], ...]

    @classmethod
    def read(cls, *sources: bytes) -> "Parameters":
        """Decode `application/x-www-form-urlencoded` sources; body and query are merged.

        Raises:
            Refusal: 007038 for a request that is too large, is not UTF-8 or holds control characters.
        """
        if sum(map(len, sources)) > MAX_BYTES:
            raise _unreadable(f"Запрос длиннее {MAX_BYTES // 1024} КБ.")
        pairs: list[tuple[str, str]] = []
        for source in sources:
            try:
                pairs += parse_qsl(source.decode("ascii"), keep_blank_values=True, encoding="utf-8", errors="strict", max_num_fields=100)
            except UnicodeDecodeError as error:
                raise _unreadable("Параметры не читаются как UTF-8.") from error
            except ValueError as error:
                raise _unreadable("Параметров больше ста.") from error
        if any(_CONTROL.search(name) or _CONTROL.search(value) for name, value in pairs):
            raise _unreadable("В параметрах есть управляющие символы.")
        return cls(tuple(pairs))

    def all(self, name: str) -> list[str]:
        """Return every value of a parameter."""
        return [value for key, value in self.pairs if key == name]

    def once(self, name: str) -> str:
        """Return the value of a parameter that may not be repeated; absent is an empty string.

        Raises:
            Refusal: 007003, because neither «first wins» nor «last wins» is safe.
        """
        found = self.all(name)
        if len(found) > 1:
            raise Refusal(
                errors.PARAMETER_WRONG,
                "parameter.repeated",
                Diagnosis(f"Параметр {name} передан {len(found)} раза.", "Передайте его один раз."),
                detail=f"The request contains the repeated parameter [{name}].",
            )
        return found[0] if found else ""

    def mandatory(self, name: str) -> str:
        """Return the value of a parameter that must be there.

        Raises:
            Refusal: 007014 with the name in brackets, as the real service words it.
        """
        value = self.once(name)
        if not value:
            raise Refusal(
                errors.MANDATORY_ABSENT,
                f"parameter.missing.{name}",
                Diagnosis(f"Нет обязательного параметра {name}.", "Имена параметров чувствительны к регистру."),
                detail=f"{errors.MANDATORY_ABSENT.wording} [{name}].",
            )
        return value
