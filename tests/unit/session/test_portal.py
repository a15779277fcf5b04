from datetime import UTC, datetime

import pytest

from frmr_portal.session.marks import Life
from frmr_portal.session.models import Account
from frmr_portal.session.portal import portal_session

NOW = datetime(2026, 11, 20, 9, 0, tzinfo=UTC)
LIFE = Life("DS", "sid", NOW, NOW)


def session_with(*organizations):
    return portal_session(Account(oid=7, last_name="Тестова", first_name="Анна", organizations=list(organizations)), LIFE)


def organization(name, *, chief=False):
    return {"oid": 1, "name": name, "chief": chief}


class TestPortalSession:
    def test_takes_the_sign_in_from_the_session(self):
        found = session_with()

        assert (found.method, found.provider_sid, found.signed_in_at) == ("DS", "sid", NOW)

    def test_a_person_without_a_number_has_no_mask(self):
        assert session_with().snils_masked == ""

    @pytest.mark.parametrize(("chief", "role"), [(False, "Сотрудник организации"), (True, "Руководитель организации")])
    def test_the_only_organization_is_the_active_one(self, chief, role):
        found = session_with(organization("ГБУЗ", chief=chief))

        assert (found.organization_name, found.role_name) == ("ГБУЗ", role)

    @pytest.mark.parametrize("organizations", [(), (organization("А"), organization("Б"))])
    def test_otherwise_nothing_is_active(self, organizations):
        found = session_with(*organizations)

        assert (found.organization_name, found.role_name) == ("", "")
