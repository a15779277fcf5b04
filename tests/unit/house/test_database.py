"""How the programs of the stand use their database."""

from frmr_portal import settings as stand_settings


class TestConnections:
    def test_a_request_leaves_its_connection_open_for_the_next(self):
        kept_seconds = stand_settings.DATABASES["default"].get("CONN_MAX_AGE", 0)

        assert kept_seconds is None or kept_seconds >= 60
