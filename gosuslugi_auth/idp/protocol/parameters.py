"""Reading request parameters: strict UTF-8, no repetition, bounded size."""

import re
from dataclasses import dataclass
from urllib.parse import parse_qsl

from gosuslugi_auth.idp.protocol.values import Diagnosis, Refusal
from gosuslugi_auth.wire import errors

# larger than any signed request of the real protocol: a CMS secret is about 2,000 characters
MAX_BYTES = 16 * 1024
_FORM = "application/x-www-form-urlencoded"
_CONTROL = re.compile(r"[\x00-\x1f\x7f]")


def _unreadable(why: str) -> Refusal:
    return Refusal(errors.UNREADABLE, "parameters.unreadable", Diagnosis(why))


def _decode(source: bytes) -> list[tuple[str, str]]:
    try:
        return parse_qsl(source.decode("ascii"), keep_blank_values=True, encoding="utf-8", errors="strict", max_num_fields=100)
    except UnicodeDecodeError as error:
        raise _unreadable("Параметры не читаются как UTF-8.") from error
    except ValueError as error:
        raise _unreadable("Параметров больше ста.") from error


@dataclass(frozen=True)
class RawRequest:
    """A request before it is read.

    Attributes:
        query: query string as it came.
        body: form body as it came, empty for GET.
        content_type: media type of the body, lower case, without parameters; empty for GET.
    """

    query: bytes
    body: bytes = b""
    content_type: str = ""


@dataclass(frozen=True)
class Parameters:
    """Parameters of one request, every occurrence kept."""

    pairs: tuple[tuple[str, str], ...]

    @classmethod
    def read(cls, raw: RawRequest) -> "Parameters":
        """Decode a request; body and query are merged, because some clients put everything into the query.

        Raises:
            Refusal: 007038 for a request that is too large, is no form, is not UTF-8 or holds control characters.
        """
        if raw.content_type not in {"", _FORM}:
            raise _unreadable(f"Тело запроса должно быть {_FORM}, а пришло {raw.content_type[:60]}.")
        if len(raw.query) + len(raw.body) > MAX_BYTES:
            raise _unreadable(f"Запрос длиннее {MAX_BYTES // 1024} КБ.")
        pairs = tuple(pair for source in (raw.query, raw.body) for pair in _decode(source))
        if any(_CONTROL.search(name) or _CONTROL.search(value) for name, value in pairs):
            raise _unreadable("В параметрах есть управляющие символы.")
        return cls(pairs)

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
