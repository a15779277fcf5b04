"""The Celery application: `celery -A frmr_portal.celery worker -B`."""

import gc
import os
from typing import Any

from celery import Celery, signals
from celery.schedules import crontab
from django.conf import settings
from django.utils.log import configure_logging
from django_structlog.celery.steps import DjangoStructLogInitStep

from frmr_portal.base.kit import marks
from frmr_portal.stand import lifeline

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "frmr_portal.settings")
# nobody waits for a page here: a task may ask the database for longer
os.environ.setdefault("DATABASE_STATEMENT_SECONDS", "120")

app = Celery("frmr_portal")
app.config_from_object("django.conf:settings", namespace="CELERY")
app.autodiscover_tasks()
# here and not in the settings: the web processes then never load Celery, which saves each 13 MB and 0.25 s
app.conf.beat_schedule = {
    "verify the journal": {"task": "frmr_portal.base.audit.verify_journal", "schedule": crontab(hour="3", minute="10")},
}
app.conf.beat_scheduler = "frmr_portal.beat:MarkedScheduler"
app.conf.beat_max_loop_interval = 15
# each line of a task carries the id of the task
app.steps["worker"].add(DjangoStructLogInitStep)


def _keep_logs(**_signal: Any) -> None:
    """Stay with the stand's own logs: with a receiver of this signal Celery sets up none of its own."""
    configure_logging(settings.LOGGING_CONFIG, settings.LOGGING)


def _settle_memory(**_signal: Any) -> None:
    """Let pool workers share what is loaded: a collection in a fork would copy every page it looks at."""
    gc.collect()
    gc.freeze()


def _hold_on(**_signal: Any) -> None:
    lifeline.hold_on()


def _show_worker(**_signal: Any) -> None:
    marks.leave("worker")


signals.setup_logging.connect(_keep_logs)
signals.worker_init.connect(_settle_memory)
# pool workers and the embedded beat are forks: the wish to die with the parent does not pass to them
signals.worker_process_init.connect(_hold_on)
signals.beat_embedded_init.connect(_hold_on)
signals.worker_ready.connect(_show_worker)
signals.heartbeat_sent.connect(_show_worker)
