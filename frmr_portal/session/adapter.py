"""Joins the identity provider and the cabinet: a person becomes an account."""

from allauth.account.adapter import DefaultAccountAdapter
from allauth.socialaccount.adapter import DefaultSocialAccountAdapter


class AccountAdapter(DefaultAccountAdapter):
    """What the portal wants from accounts."""


class SocialAccountAdapter(DefaultSocialAccountAdapter):
    """What the portal wants from persons of the provider."""
