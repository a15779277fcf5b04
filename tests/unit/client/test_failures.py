import pytest

from gosuslugi_auth.client import failures


class TestRefused:
    @pytest.mark.parametrize(
        ("error", "description", "kind", "code"),
        [
            ("access_denied", "ESIA-007004: denied", failures.Cancelled, "ESIA-007004"),
            ("access_denied", "ESIA-007055: not confirmed", failures.Unconfirmed, "ESIA-007055"),
            ("access_denied", "ESIA-007053: OAuthErrorEnum.clientSecretWrong", failures.ProviderRefused, "ESIA-007053"),
            ("access_denied", "", failures.Cancelled, "ESIA-007004"),
            ("server_error", "", failures.ProviderRefused, "STAND-SIGN-IN"),
            ("", "ESIA-005011:", failures.ProviderRefused, "ESIA-005011"),
            ("x", "ESIA-<b>: x", failures.ProviderRefused, "STAND-SIGN-IN"),
            ("x", "ESIA-" + "7" * 40 + ": x", failures.ProviderRefused, "STAND-SIGN-IN"),
            ("x", "000-123-456 56: x", failures.ProviderRefused, "STAND-SIGN-IN"),
            ("x", "ESIA-007011 without a colon", failures.ProviderRefused, "STAND-SIGN-IN"),
        ],
    )
    def test_keeps_a_code_of_the_provider_and_nothing_else(self, error, description, kind, code):
        failure = failures.refused(error, description)

        assert type(failure) is kind
        assert failure.code == code
