"""Logs: one JSON object a line, readable text in development, nothing personal and no secret in either.

Every line passes `hide` last, whoever wrote it: Django, Celery, a library or our own code (OA-30, PR-01).
"""

import re
from collections.abc import Mapping
from typing import Any, Final

import structlog
from structlog.typing import EventDict, Processor, WrappedLogger

HIDDEN: Final = "[скрыто]"
# whatever is logged under these names is never written; compared in small letters, with underscores for dashes
SECRET_NAMES: Final = frozenset(
    {
        *("access_token", "id_token", "id_token_hint", "refresh_token", "token", "csrf_token", "csrfmiddlewaretoken"),
        *("authorization", "client_secret", "code", "code_verifier", "login_hint", "secret", "secret_key", "signature", "state"),
        *("cookie", "cookies", "otp", "password", "session_id", "set_cookie"),
    }
)
# made by the stand itself; a hexadecimal id may look like a telephone number
OWN_NAMES: Final = frozenset({"level", "logger", "request_id", "task_id", "timestamp"})
# django-structlog calls the status of a response «code»
_HTTP_STATUS: Final = range(100, 600)
# 000-000-600 06, 000 000 600 06 and 00000060006; the same shape covers telephone numbers
_SNILS = re.compile(r"(?<![\d.])(\d{3})[- ]?\d{3}[- ]?\d{3}[- ]?(\d{2})(?![\d.])")
_PHONE = re.compile(r"\+\d[\d ()-]{8,16}\d")
_EMAIL = re.compile(r"\b[\w.+-]+@[\w-]+(?:\.[\w-]+)+")
# header.payload.signature of a JWT
_TOKEN = re.compile(r"\beyJ[\w-]*\.[\w-]+\.[\w-]*")
# codes, states and signed strings travel in queries; the path tells enough
_QUERY = re.compile(r"\?[^\s\"'<>]*=[^\s\"'<>]*")
_PAIR = re.compile(r"(?i)\b(access_token|authorization|client_secret|code|code_verifier|id_token|password|refresh_token|state|token)=[^\s&\"',;]+")


def hide(_logger: WrappedLogger, _method: str, event: EventDict) -> EventDict:
    """Hide secrets by name and personal data by shape; the last processor before rendering."""
    return {key: _hidden(key, value) for key, value in event.items()}


def _hidden(name: str, value: Any) -> Any:
    if name in OWN_NAMES or (isinstance(value, int) and value in _HTTP_STATUS):
        return value
    if name.replace("-", "_").lower() in SECRET_NAMES:
        return HIDDEN
    if isinstance(value, Mapping):
        return {key: _hidden(str(key), inner) for key, inner in value.items()}
    if isinstance(value, list | tuple | set | frozenset):
        return [_hidden("", inner) for inner in value]
    return value if value is None or isinstance(value, bool | float) else hide_in_text(str(value))


def hide_in_text(text: str) -> str:
    """Return text without query strings, tokens, СНИЛС, telephone numbers and addresses."""
    text = _QUERY.sub(f"?{HIDDEN}", text)
    text = _PAIR.sub(rf"\1={HIDDEN}", text)
    text = _TOKEN.sub(HIDDEN, text)
    text = _EMAIL.sub(HIDDEN, text)
    text = _PHONE.sub(HIDDEN, text)
    return _SNILS.sub(r"\1-***-*** \2", text)


# what a line of the standard library gets before it is rendered with the others
_SHARED: Final[tuple[Processor, ...]] = (
    structlog.contextvars.merge_contextvars,
    structlog.stdlib.add_log_level,
    structlog.stdlib.add_logger_name,
    structlog.processors.TimeStamper(fmt="iso", utc=True),
    structlog.processors.StackInfoRenderer(),
    structlog.processors.format_exc_info,
)


def configure() -> None:
    """Let structlog hand its lines to the standard library, which renders them all alike."""
    structlog.configure(
        processors=[
            structlog.stdlib.filter_by_level,
            *_SHARED,
            structlog.stdlib.PositionalArgumentsFormatter(),
            structlog.stdlib.ProcessorFormatter.wrap_for_formatter,
        ],
        logger_factory=structlog.stdlib.LoggerFactory(),
        wrapper_class=structlog.stdlib.BoundLogger,
        cache_logger_on_first_use=True,
    )


def logging_config(*, level: str, readable: bool) -> dict[str, Any]:
    """Return a configuration for `logging.config.dictConfig`.

    Args:
        level: lowest level that is written.
        readable: text for a person at a terminal instead of JSON.
    """
    renderer: Processor = structlog.processors.JSONRenderer(ensure_ascii=False)
    if readable:
        renderer = structlog.dev.ConsoleRenderer(colors=False, exception_formatter=structlog.dev.plain_traceback)
    return {
        "version": 1,
        "disable_existing_loggers": False,
        "formatters": {
            "stand": {
                "()": structlog.stdlib.ProcessorFormatter,
                "foreign_pre_chain": _SHARED,
                "processors": [structlog.stdlib.ProcessorFormatter.remove_processors_meta, hide, renderer],
            }
        },
        "handlers": {"output": {"class": "logging.StreamHandler", "formatter": "stand"}},
        "root": {"handlers": ["output"], "level": level},
        "loggers": {
            # Django's own handlers would write every line a second time
            "django": {"handlers": [], "level": level, "propagate": True},
            "django.server": {"handlers": [], "level": level, "propagate": True},
            # the worker says the same through django-structlog, with the ids of task and request
            "celery.app.trace": {"level": "ERROR"},
            "celery.worker.strategy": {"level": "WARNING"},
        },
    }
