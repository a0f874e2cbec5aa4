"""Celery as the carrier of promised jobs: the database is the truth, a lost message is only a delay."""

import os

from celery import Celery

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "kla_portal.settings")

app = Celery("kla_portal")
app.config_from_object("django.conf:settings", namespace="CELERY")
app.conf.update(
    task_acks_late=True,
    task_reject_on_worker_lost=True,
    worker_prefetch_multiplier=1,
    task_ignore_result=True,
    task_serializer="json",
    accept_content=["json"],
    task_time_limit=150,  # ends a stuck attempt; until then a heartbeat renews its lease (jobs.running)
    task_soft_time_limit=120,
    worker_max_memory_per_child=600_000,
    worker_soft_shutdown_timeout=30,
    broker_connection_retry_on_startup=True,
    broker_transport_options={
        "visibility_timeout": 3600,  # not relied on: a message that comes twice finds its lease gone
        "socket_timeout": 2,
        "socket_connect_timeout": 2,
        "retry_on_timeout": False,
    },
)
app.autodiscover_tasks()
