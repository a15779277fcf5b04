"""From an account and the life of a session to the value that every view sees."""

from django.utils.translation import gettext as _

from frmr_portal.base.kit import text
from frmr_portal.base.kit.values import PortalSession
from frmr_portal.session.marks import Life
from frmr_portal.session.models import Account


def portal_session(account: Account, life: Life) -> PortalSession:
    """Return who is signed in.

    A person of one organisation works in it; with several nothing is active until one is chosen.
    """
    only = account.organizations[0] if len(account.organizations) == 1 else None
    role_name = ""
    if only:
        role_name = _("Руководитель организации") if only["chief"] else _("Сотрудник организации")
    return PortalSession(
        account_id=account.pk,
        oid=account.oid,
        full_name=account.full_name,
        short_name=account.short_name,
        initials=text.initials(account.last_name, account.first_name),
        snils_masked=text.mask_snils(account.snils),
        role_name=role_name,
        organization_name=only["name"] if only else "",
        method=life.method,
        provider_sid=life.provider_sid,
        signed_in_at=life.signed_in_at,
    )
