"""The one exception that leaves the readers of this package, whatever bytes they are given."""


class SignatureFormatError(Exception):
    """The bytes are not what they should be; the document is not accepted.

    Attributes:
        reason_id: id of the reason in the catalogue (`reasons/ru.json`), for example `FC_ENCODING`.
        detail: what exactly is wrong, in English, for the diagnostic report and the journal; never shown alone.
        params: values for the placeholders of the catalogue text, by name.
    """

    def __init__(self, reason_id: str, detail: str, **params: str | int) -> None:
        super().__init__(f"{reason_id}: {detail}")
        self.reason_id = reason_id
        self.detail = detail
        self.params: dict[str, str | int] = params

    def __reduce__(self) -> tuple[type["SignatureFormatError"], tuple[str, str], dict[str, object]]:
        """Keep the id and the parameters on the way out of the child process that reads uploads."""
        return type(self), (self.reason_id, self.detail), self.__dict__


def encoding(detail: str) -> SignatureFormatError:
    """Return the refusal of bytes that break the rules of DER or of the expected structure."""
    return SignatureFormatError("FC_ENCODING", detail)


def limit(name: str, detail: str) -> SignatureFormatError:
    """Return the refusal of an object that passes a limit of signatures.md 3.4.

    Args:
        name: key of the limit among the terms of the catalogue, for example `limit.signers`.
        detail: the measured value against the allowed one.
    """
    return SignatureFormatError("FC_LIMITS", detail, limit=name)
