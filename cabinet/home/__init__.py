"""Start page and the home page of a signed-in person."""
