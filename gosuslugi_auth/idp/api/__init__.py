"""The wire of the provider: ac, te and rs."""
