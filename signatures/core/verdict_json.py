"""The verdict as JSON with the fixed keys of signatures.md 12.1: for the API, the command and the stored report."""

from datetime import UTC, datetime
from typing import Any, Final

from signatures.core.reasons import Texts, texts
from signatures.core.verdict import ChainLink, Check, Reason, SignatureVerdict, Signer, Verdict

_SNILS_DIGITS: Final = 11


def to_json(verdict: Verdict, language: str = "ru", *, shows_snils: bool = False) -> dict[str, Any]:
    """Return a verdict as values that `json.dumps` takes.

    Args:
        verdict: what the verification answered.
        language: of the words, reasons and advice; identifiers are the same in every language.
        shows_snils: only the owner of a signature sees the whole number; others see its beginning and end.
    """
    words = texts(language)
    return {
        "indication": verdict.indication,
        "sub_indication": verdict.sub_indication,
        "word": words.word(verdict.indication),
        # Rooms and clients compare these two, so they are the same in every language.
        "qualification": verdict.qualification,
        "level": verdict.level,
        "policy": {"name": verdict.policy.name, "version": verdict.policy.version, "sha256": verdict.policy.sha256},
        "validation_time": _moment(verdict.validation_time),
        "signatures": [_signature(one, words, shows_snils=shows_snils) for one in verdict.signatures],
        "notes": [_reason(one, words) for one in verdict.notes],
        "backend": {"curve": verdict.backend.curve, "hash": verdict.backend.hash},
        "report_id": verdict.report_id,
    }


def _signature(one: SignatureVerdict, words: Texts, *, shows_snils: bool) -> dict[str, Any]:
    return {
        "format": one.format,
        "format_level": one.format_level,
        "indication": one.indication,
        "sub_indication": one.sub_indication,
        "signer": _signer(one.signer, shows_snils=shows_snils),
        "times": {"claimed": _moment(one.times.claimed) if one.times.claimed else None, "best": _moment(one.times.best)},
        "checks": {check.key: _check(check, words) for check in one.checks},
        "reasons": [_reason(reason, words) for reason in one.reasons],
        "chain": [_link(link) for link in one.chain],
    }


def _signer(signer: Signer, *, shows_snils: bool) -> dict[str, str]:
    return {
        "name": signer.name,
        "snils": signer.snils if shows_snils else masked_snils(signer.snils),
        "inn": signer.inn,
        "organization": signer.organization,
        "ogrn": signer.ogrn,
        "issuer": signer.issuer,
        "serial_number": signer.serial_number,
        "certificate_sha256": signer.certificate_sha256,
    }


def masked_snils(snils: str) -> str:
    """Return a СНИЛС of a certificate as a stranger sees it: `000-***-*** 01`; hidden whole if it has another length."""
    if len(snils) != _SNILS_DIGITS:
        return "***" if snils else ""
    return f"{snils[:3]}-***-*** {snils[-2:]}"


def _check(check: Check, words: Texts) -> dict[str, str]:
    return {"state": check.state, "word": words.states[check.state], "line": words.line(check)}


def _reason(reason: Reason, words: Texts) -> dict[str, str | None]:
    return {"id": reason.id, "sub_indication": reason.sub_indication, "what": words.what(reason), "todo": words.todo(reason)}


def _link(link: ChainLink) -> dict[str, Any]:
    return {
        "subject": link.subject,
        "issuer": link.issuer,
        "serial_number": link.serial_number,
        "not_before": _moment(link.not_before),
        "not_after": _moment(link.not_after),
        "certificate_sha256": link.certificate_sha256,
        "key": link.key,
        "is_anchor": link.is_anchor,
        "is_test": link.is_test,
        "revocation": link.revocation,
    }


def _moment(moment: datetime) -> str:
    return moment.astimezone(UTC).isoformat(timespec="seconds").replace("+00:00", "Z")
