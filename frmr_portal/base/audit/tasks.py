"""Background work of the journal."""

import logging

from celery import shared_task

from frmr_portal.base.audit import services
from frmr_portal.base.clock import services as clock

logger = logging.getLogger(__name__)


@shared_task(name="frmr_portal.base.audit.verify_journal")  # type: ignore[untyped-decorator]  # Celery has no types
def verify_journal() -> None:
    """Check the whole journal; beat starts this every night."""
    verdict = services.verify_and_record(now=clock.now())
    if verdict.intact:
        logger.info("journal is whole: %d rows", verdict.checked)
    else:
        logger.error("journal is broken: %s at row %d", verdict.fault, verdict.seq)
