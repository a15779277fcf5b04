"""The portal's side of the sign-in: the allauth provider «esia»."""
