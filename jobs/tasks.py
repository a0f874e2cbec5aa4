"""The one Celery task: a message says which job and which lease; the row says everything else."""

from celery import shared_task
from django.utils import timezone

from jobs import running


@shared_task(name="jobs.run")  # type: ignore[untyped-decorator]
def run(*, job_id: int, token: str) -> None:
    """Run the attempt if the lease still holds; a message that comes late or twice does nothing."""
    running.run(job_id=job_id, token=token, clock=timezone.now)
