"""What a reader answers to bytes: the id of its refusal."""

from collections.abc import Callable
from typing import Any

import pytest

from signatures.core import reasons
from signatures.core.errors import SignatureFormatError


def refusal(call: Callable[..., Any], *args: Any, **kwargs: Any) -> str:
    """Return the reason id of the refusal, which must come, and which the catalogue must be able to explain."""
    with pytest.raises(SignatureFormatError) as caught:
        call(*args, **kwargs)
    reasons.from_error(caught.value)
    return caught.value.reason_id


def outcome(call: Callable[..., Any], *args: Any, **kwargs: Any) -> str:
    """Return the reason id of a refusal or an empty text; any other exception leaves and fails the test."""
    try:
        call(*args, **kwargs)
    except SignatureFormatError as error:
        reasons.from_error(error)
        return error.reason_id
    return ""
