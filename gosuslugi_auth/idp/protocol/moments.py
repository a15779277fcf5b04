"""The `timestamp` parameter: `yyyy.MM.dd HH:mm:ss Z`, offset without a colon."""

import re
from datetime import datetime

from gosuslugi_auth.idp.protocol.values import Diagnosis, Refusal, RegisteredSystem
from gosuslugi_auth.wire import errors, params

_FORM = re.compile(r"\d{4}\.\d{2}\.\d{2} \d{2}:\d{2}:\d{2} [+-]\d{4}")


def check_timestamp(text: str, system: RegisteredSystem, *, now: datetime) -> datetime:
    """Return the moment that a client wrote.

    Args:
        text: value of the parameter, for example `2013.01.25 14:36:11 +0400`.
        system: its profile sets the tolerance.
        now: stand time, timezone-aware.

    Raises:
        Refusal: 007003 for another form, 007015 for a moment outside the tolerance.
    """
    moment = _parse(text)
    drift = (moment - now).total_seconds()
    if abs(drift) > system.tolerance.total_seconds():
        side = "отстают" if drift < 0 else "спешат"
        raise Refusal(
            errors.TIME_WRONG,
            "timestamp.stale",
            Diagnosis(
                f"Часы системы {side} на {abs(drift):.0f} с, допуск {system.tolerance.total_seconds():.0f} с.",
                f"Время стенда: {now.astimezone(moment.tzinfo).strftime(params.TIMESTAMP_FORMAT)}.",
            ),
        )
    return moment


def _parse(text: str) -> datetime:
    if not _FORM.fullmatch(text):
        # the commonest mistake: a plus sign that was not escaped arrives as a space
        mend = "Знак «+» в адресе кодируют как %2B." if re.search(r"\d {1,2}\d{4}$", text) else "Пример: 2026.11.20 12:00:00 +0300."
        raise _wrong_form(mend)
    try:
        return datetime.strptime(text, params.TIMESTAMP_FORMAT)  # noqa: DTZ007  # the layout ends in %z
    except ValueError as error:
        raise _wrong_form("Такой даты не существует.") from error


def _wrong_form(mend: str) -> Refusal:
    return Refusal(errors.PARAMETER_WRONG, "timestamp.form", Diagnosis("Параметр timestamp не в форме yyyy.MM.dd HH:mm:ss Z.", mend))
