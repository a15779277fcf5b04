"""Pages of the provider."""
