"""The mock identity provider «Учебный вход»."""
