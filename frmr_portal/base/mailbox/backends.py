"""E-mail of Django goes into the box of the stand."""

from collections.abc import Sequence

from django.core.mail import EmailMessage
from django.core.mail.backends.base import BaseEmailBackend
from django.db import transaction

from frmr_portal.base.clock import services as clock
from frmr_portal.base.mailbox import services
from frmr_portal.base.mailbox.models import Kind


class MailboxBackend(BaseEmailBackend):
    """Stores every copy of every message; one real address refuses them all."""

    @transaction.atomic
    def send_messages(self, email_messages: Sequence[EmailMessage]) -> int:
        """Put the messages into the box and return how many were sent.

        Raises:
            RealAddress: a recipient is outside `.test`.
        """
        now = clock.now()
        for email in email_messages:
            for to in email.recipients():
                services.send(kind=Kind.EMAIL, owner="", to=to, subject=str(email.subject), text=str(email.body), purpose="email", now=now)
        return len(email_messages)
