"""Tables of the mock provider. Times are stand time, secrets are kept as digests only."""

from gosuslugi_auth.idp.models.grants import AccessToken, AuthCode, AuthorizationRequest, Consent, UsedSecret
from gosuslugi_auth.idp.models.persons import Contact, Membership, Organization, Person
from gosuslugi_auth.idp.models.sign_in import EsiaSession, OneTimeCode
from gosuslugi_auth.idp.models.systems import InformationSystem, SystemCertificate

__all__ = [
    "AccessToken",
    "AuthCode",
    "AuthorizationRequest",
    "Consent",
    "Contact",
    "EsiaSession",
    "InformationSystem",
    "Membership",
    "OneTimeCode",
    "Organization",
    "Person",
    "SystemCertificate",
    "UsedSecret",
]
