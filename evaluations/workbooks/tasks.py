"""Doors for the worker: what is due every night."""

from django.utils import timezone

from evaluations.workbooks import purging
from jobs.daily import daily
from jobs.models import Job


@daily("purge_imports", hour=2, queue=Job.Queue.EXPORT, sentence_on_failure="Berkas impor lama belum dapat dihapus.")
def purge_imports(*, day: str) -> None:
    """Clear away files of imports whose time is over."""
    purging.purge(at=timezone.now())
