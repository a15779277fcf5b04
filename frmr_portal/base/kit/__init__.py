"""Values and helpers that every room uses; knows none of them."""
