"""How passwords of test persons are hashed.

Every one of them is printed on a card, and a new one must begin with `Stand-`, so no real password can settle
here. The hash costs a fraction of Django's default: sign-in stays quick on two cores and every start loads the cards.
"""

from django.contrib.auth.hashers import PBKDF2PasswordHasher


class StandPasswordHasher(PBKDF2PasswordHasher):
    """PBKDF2-SHA256 with few iterations, for passwords that are public by design."""

    algorithm = "stand_pbkdf2"
    iterations = 20_000
