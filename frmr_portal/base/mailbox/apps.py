"""Application configuration."""

from django.apps import AppConfig


class MailboxConfig(AppConfig):
    """SMS, e-mail, push and letters of the stand; nothing leaves the machine."""

    name = "frmr_portal.base.mailbox"
    label = "base_mailbox"
