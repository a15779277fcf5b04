"""What the protocol knows about a registered system and what it hands back."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from gosuslugi_auth.wire.errors import WireError


@dataclass(frozen=True)
class RegisteredCertificate:
    """A certificate of a system.

    Attributes:
        sha256: digest of the DER, 64 uppercase hex digits; requests name the certificate by it.
        der: the certificate, X.509 DER.
        not_after: end of validity, timezone-aware.
        is_active: switched off by an operator when false.
    """

    sha256: str
    der: bytes
    not_after: datetime
    is_active: bool = True


@dataclass(frozen=True)
class RegisteredSystem:
    """What is registered for a mnemonic; see `InformationSystem` for the meaning of the switches."""

    mnemonic: str
    name: str
    redirect_uris: frozenset[str]
    scopes: frozenset[str]
    certificates: tuple[RegisteredCertificate, ...] = ()
    is_strict: bool = False
    allow_rsa_raw: bool = False
    require_pkce: bool = False

    @property
    def tolerance(self) -> timedelta:
        """How far a `timestamp` may be from the stand clock; the value is our choice (esia.md 1.3)."""
        return timedelta(seconds=60 if self.is_strict else 300)


@dataclass(frozen=True)
class CheckedAuthorization:
    """An authorization request that passed every check.

    Attributes:
        scopes: requested scopes in the order of the request, without repetitions.
        person_filter: `conf_acc`, `acc_kid`, `acc_not_kid` or empty.
        secret_digest: SHA-256 of the verified secret, hex; a replay is found by it.
    """

    system: RegisteredSystem
    redirect_uri: str
    scopes: tuple[str, ...]
    state: str
    code_challenge: str
    code_challenge_method: str
    person_filter: str
    secret_digest: str


@dataclass(frozen=True)
class CheckedExchange:
    """A token request that passed every check that needs no database."""

    system: RegisteredSystem
    code: str
    redirect_uri: str
    scopes: tuple[str, ...]
    state: str
    code_verifier: str
    secret_digest: str


@dataclass(frozen=True)
class Diagnosis:
    """Why a request was refused, for the developer who sent it.

    Attributes:
        what: one Russian sentence that names the failed check.
        mend: what to change; empty where the sentence says it.
        expected: the string that had to be signed, where a signature failed; it holds no secret.
    """

    what: str
    mend: str = ""
    expected: str = ""


class Refusal(Exception):
    """A request is refused with a code of the protocol.

    Attributes:
        error: the code with its OAuth `error` value.
        reason: stable word for the journal, `noun.what`.
        diagnosis: what the developer is told.
        detail: text that replaces the standard wording after the code.
        state: the state to be echoed, where it could be read.
        redirect_uri: set only when the client and its address are trusted; empty means a page of our own.
    """

    def __init__(  # a refusal is a record; its parts are named at every call
        self, error: WireError, reason: str, diagnosis: Diagnosis, *, detail: str = "", state: str = "", redirect_uri: str = ""
    ) -> None:
        """Keep the parts; see the attributes of the class."""
        super().__init__(f"{error.code} {reason}")
        self.error, self.reason, self.diagnosis = error, reason, diagnosis
        self.detail, self.state, self.redirect_uri = detail, state, redirect_uri

    @property
    def description(self) -> str:
        """`error_description` of the wire: the code and its wording."""
        return f"{self.error.code}: {self.detail or self.error.wording}"

    def trusted(self, *, redirect_uri: str, state: str) -> "Refusal":
        """Return the same refusal for a client whose address is trusted: it may be redirected."""
        return Refusal(self.error, self.reason, self.diagnosis, detail=self.detail, state=state, redirect_uri=redirect_uri)


@dataclass(frozen=True)
class Subject:
    """The person that tokens speak about.

    Attributes:
        level: `PR` confirmed, `P` simplified or standard, `KD` child (claim `urn:esia:sbj:lvl`).
    """

    oid: int
    is_trusted: bool
    level: str


@dataclass(frozen=True)
class TokenOrder:
    """What a pair of tokens shall say.

    Attributes:
        issuer: claim `iss`; hard-coded in many clients, so it belongs to the system.
        sid: identifier of the provider's session.
        method: `PWD` or `DS`.
        auth_time: when the person signed in; older than `now` in a reused session.
        now: moment of issue, stand time.
        token_id: tells this access token from every other one.
    """

    issuer: str
    client_id: str
    subject: Subject
    scopes: tuple[str, ...]
    sid: str
    method: str
    auth_time: datetime
    now: datetime
    token_id: str
