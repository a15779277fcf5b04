"""Error codes of ЕСИА (esia.md 6.2, 6.3): the code, the OAuth `error` that travels with it, and how sure we are.

The wording after the code is ours where the original was not seen (choice). A refusal without a known code
carries a code with the prefix `STAND-`: codes are never invented.
"""

from dataclasses import dataclass
from enum import StrEnum
from typing import Final


class Mark(StrEnum):
    """Where the pairing of a code with an OAuth `error` (or a status) comes from."""

    DOC = "doc"
    OBS = "obs"
    KNOW = "know"  # inferred from the wording of RFC 6749
    CHOICE = "choice"


class OAuthError(StrEnum):
    """Values of `error` (RFC 6749, sections 4.1.2.1 and 5.2)."""

    ACCESS_DENIED = "access_denied"
    INVALID_CLIENT = "invalid_client"
    INVALID_GRANT = "invalid_grant"
    INVALID_REQUEST = "invalid_request"
    INVALID_SCOPE = "invalid_scope"
    SERVER_ERROR = "server_error"
    TEMPORARILY_UNAVAILABLE = "temporarily_unavailable"
    UNAUTHORIZED_CLIENT = "unauthorized_client"
    UNSUPPORTED_GRANT_TYPE = "unsupported_grant_type"
    UNSUPPORTED_RESPONSE_TYPE = "unsupported_response_type"


@dataclass(frozen=True)
class WireError:
    """A refusal of ac or te.

    Attributes:
        code: the code as it travels, `ESIA-007053`.
        oauth: value of the parameter `error`; None for a code that never leaves the sign-in pages.
        wording: what follows the code in `error_description`, ASCII.
        mark: how sure the pairing of `code` and `oauth` is.
    """

    code: str
    oauth: OAuthError | None
    wording: str
    mark: Mark = Mark.KNOW

    @property
    def description(self) -> str:
        """The whole `error_description`: `ESIA-007053: OAuthErrorEnum.clientSecretWrong`."""
        return f"{self.code}: {self.wording}"

    def naming(self, parameter: str) -> str:
        """Return the description of a code that names a parameter in square brackets (obs for 007014)."""
        return f"{self.code}: {self.wording} [{parameter}]."


@dataclass(frozen=True)
class ResourceError:
    """A refusal of /rs: `{"code", "message"}` with an HTTP status."""

    code: str
    message: str
    status: int
    mark: Mark


# --- ac and te -----------------------------------------------------------------------------------
CERTIFICATE_NOT_OWNED: Final = WireError("ESIA-007002", OAuthError.UNAUTHORIZED_CLIENT, "The certificate does not belong to the client.")
PARAMETER_WRONG: Final = WireError("ESIA-007003", OAuthError.INVALID_REQUEST, "A parameter is missing, malformed or repeated.", Mark.DOC)
DENIED: Final = WireError("ESIA-007004", OAuthError.ACCESS_DENIED, "The resource owner or the service denied the request.", Mark.DOC)
CLIENT_NOT_ALLOWED: Final = WireError(
    "ESIA-007005", OAuthError.UNAUTHORIZED_CLIENT, "The client is not authorized to request an access token using this method.", Mark.OBS
)
SCOPE_INVALID: Final = WireError("ESIA-007006", OAuthError.INVALID_SCOPE, "The requested scope is invalid or unknown.")
INTERNAL: Final = WireError("ESIA-007007", OAuthError.SERVER_ERROR, "The server met an unexpected condition.")
OVERLOADED: Final = WireError("ESIA-007008", OAuthError.TEMPORARILY_UNAVAILABLE, "The server is overloaded, try again later.")
RESPONSE_TYPE: Final = WireError("ESIA-007009", OAuthError.UNSUPPORTED_RESPONSE_TYPE, "The response type is not supported.")
GRANT_INVALID: Final = WireError(
    "ESIA-007011",
    OAuthError.INVALID_GRANT,
    "The provided authorization grant or refresh token is invalid, expired, revoked, does not match the redirect address or belongs to another client.",
    Mark.OBS,
)
GRANT_TYPE: Final = WireError("ESIA-007012", OAuthError.UNSUPPORTED_GRANT_TYPE, "The grant type is not supported.")
SCOPE_ABSENT: Final = WireError("ESIA-007013", OAuthError.INVALID_SCOPE, "The request contains no scope.")
# the name of the parameter follows in brackets; the odd apostrophe is the original's
MANDATORY_ABSENT: Final = WireError("ESIA-007014", OAuthError.INVALID_REQUEST, "The request doesn`t contain the mandatory parameter", Mark.OBS)
TIME_WRONG: Final = WireError("ESIA-007015", OAuthError.INVALID_REQUEST, "The time of the request is outside the accepted interval.")
# years ago also the answer to a wrong PKCS#7 (obs)
NO_GRANTS: Final = WireError("ESIA-007019", OAuthError.ACCESS_DENIED, "OAuthErrorEnum.noGrants")
REDIRECT_NOT_ALLOWED: Final = WireError("ESIA-007023", OAuthError.INVALID_REQUEST, "The redirect address is not among the allowed ones.")
UNREADABLE: Final = WireError("ESIA-007038", OAuthError.INVALID_REQUEST, "The parameters cannot be read.")
PKCE_MISSING: Final = WireError("ESIA-007039", OAuthError.INVALID_REQUEST, "PKCE: code_challenge is missing.")
PKCE_MISMATCH: Final = WireError("ESIA-007040", OAuthError.INVALID_GRANT, "PKCE: code_verifier does not match code_challenge.")
SECOND_FACTOR: Final = WireError("ESIA-007046", OAuthError.ACCESS_DENIED, "The scope needs a second factor that the user does not have.")
CLIENT_SECRET_WRONG: Final = WireError("ESIA-007053", OAuthError.ACCESS_DENIED, "OAuthErrorEnum.clientSecretWrong", Mark.OBS)
UNCONFIRMED: Final = WireError("ESIA-007055", OAuthError.ACCESS_DENIED, "The account of the user is not confirmed.")
ROLES_WRONG: Final = WireError("ESIA-007060", OAuthError.INVALID_REQUEST, "The value of roles is wrong.")
OBJECT_TYPE_WRONG: Final = WireError("ESIA-007061", OAuthError.INVALID_REQUEST, "The value of obj_type is wrong.")
TYPE_ROLE_WRONG: Final = WireError("ESIA-007062", OAuthError.INVALID_REQUEST, "The object type and the role do not fit.")
QR_FAILED: Final = WireError("ESIA-007110", None, "Sign-in by QR code failed.", Mark.OBS)
NOT_A_MEMBER: Final = WireError("ESIA-007194", OAuthError.INVALID_REQUEST, "The user is not a member of the organisation.")
# emitted only by a scenario of the stand (choice)
CLIENT_AUTHENTICATION: Final = WireError("ESIA-008010", OAuthError.INVALID_CLIENT, "Client authentication failed.")

# --- consent objects («permissions»); which number has which meaning follows the order of the source and is not confirmed ---
PERMISSION_NO_TYPE: Final = WireError("ESIA-036700", OAuthError.INVALID_REQUEST, "permissions: no mnemonic of the consent type.")
PERMISSION_TYPE_UNKNOWN: Final = WireError("ESIA-036701", OAuthError.INVALID_REQUEST, "permissions: unknown consent type.")
PERMISSION_SCOPE_ABSENT: Final = WireError("ESIA-036702", OAuthError.INVALID_REQUEST, "permissions: a mandatory scope is absent.")
PERMISSION_SCOPE_BEYOND: Final = WireError("ESIA-036703", OAuthError.INVALID_REQUEST, "permissions: scopes beyond the consent type.")
PERMISSION_SCOPE_FORBIDDEN: Final = WireError("ESIA-036704", OAuthError.INVALID_REQUEST, "permissions: forbidden scopes.")
PERMISSION_NO_ACTION: Final = WireError("ESIA-036705", OAuthError.INVALID_REQUEST, "permissions: no action.")
PERMISSION_ACTION_UNKNOWN: Final = WireError("ESIA-036706", OAuthError.INVALID_REQUEST, "permissions: unknown action.")
PERMISSION_NO_PURPOSE: Final = WireError("ESIA-036707", OAuthError.INVALID_REQUEST, "permissions: no purpose.")
PERMISSION_EXPIRY: Final = WireError("ESIA-036716", OAuthError.INVALID_REQUEST, "permissions: bad expiry.")
PERMISSION_PURPOSE_UNKNOWN: Final = WireError("ESIA-036726", OAuthError.INVALID_REQUEST, "permissions: unknown purpose.")
PERMISSION_ONE_PURPOSE: Final = WireError("ESIA-036727", OAuthError.INVALID_REQUEST, "permissions: exactly one purpose is needed.")

WIRE_ERRORS: Final = (
    CERTIFICATE_NOT_OWNED,
    PARAMETER_WRONG,
    DENIED,
    CLIENT_NOT_ALLOWED,
    SCOPE_INVALID,
    INTERNAL,
    OVERLOADED,
    RESPONSE_TYPE,
    GRANT_INVALID,
    GRANT_TYPE,
    SCOPE_ABSENT,
    MANDATORY_ABSENT,
    TIME_WRONG,
    NO_GRANTS,
    REDIRECT_NOT_ALLOWED,
    UNREADABLE,
    PKCE_MISSING,
    PKCE_MISMATCH,
    SECOND_FACTOR,
    CLIENT_SECRET_WRONG,
    UNCONFIRMED,
    ROLES_WRONG,
    OBJECT_TYPE_WRONG,
    TYPE_ROLE_WRONG,
    QR_FAILED,
    NOT_A_MEMBER,
    CLIENT_AUTHENTICATION,
    PERMISSION_NO_TYPE,
    PERMISSION_TYPE_UNKNOWN,
    PERMISSION_SCOPE_ABSENT,
    PERMISSION_SCOPE_BEYOND,
    PERMISSION_SCOPE_FORBIDDEN,
    PERMISSION_NO_ACTION,
    PERMISSION_ACTION_UNKNOWN,
    PERMISSION_NO_PURPOSE,
    PERMISSION_EXPIRY,
    PERMISSION_PURPOSE_UNKNOWN,
    PERMISSION_ONE_PURPOSE,
)

# --- /rs -----------------------------------------------------------------------------------------
# garbage, foreign or missing token; also a token of a blocked person or after sign-out (the latter two: choice)
TOKEN_INVALID: Final = ResourceError("ESIA-005011", "SecurityErrorEnum.invalidToken", 401, Mark.OBS)
TOKEN_EXPIRED: Final = ResourceError("ESIA-005013", "SecurityErrorEnum.expiredToken", 401, Mark.OBS)
# the scope is not in the token, or the token is of another person or organisation
SCOPE_NOT_ALLOWED: Final = ResourceError("ESIA-005029", "SecurityErrorEnum.scopeNotAllowed", 403, Mark.OBS)
RESOURCE_UNKNOWN: Final = ResourceError("STAND-000404", "The stand does not have or does not emulate this resource.", 404, Mark.CHOICE)
METHOD_NOT_ALLOWED: Final = ResourceError("STAND-000405", "The method is not allowed here.", 405, Mark.CHOICE)

RESOURCE_ERRORS: Final = (TOKEN_INVALID, TOKEN_EXPIRED, SCOPE_NOT_ALLOWED, RESOURCE_UNKNOWN, METHOD_NOT_ALLOWED)
