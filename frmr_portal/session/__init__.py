"""The session layer: binds a person of the identity provider to an account of the portal."""
