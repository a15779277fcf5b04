"""Use cases of the provider. A refusal leaves exactly one audit row and is never a 500."""
