"""Who sees the machine room. The only file of this room that reads a role.

Everybody else sees the progress of a job on the page of what it makes, under that page's rules.
"""

from typing import Any

from jobs.models import Job, JobQuerySet

ADMINISTRATOR = "ADMIN"


def visible_jobs(user: Any) -> JobQuerySet:
    """All of them for the administrator, none for anybody else: keys and reasons name regions."""
    return Job.objects.all() if can_see_jobs(user) else Job.objects.none()


def can_see_jobs(user: Any) -> bool:
    """Whether the list of jobs is theirs to look after."""
    return bool(user.is_authenticated and user.role == ADMINISTRATOR)


def can_retry(user: Any, job: Job) -> bool:
    """A job that was given up is ordered again by the administrator."""
    return can_see_jobs(user) and job.state == Job.State.FAILED
