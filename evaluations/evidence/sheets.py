"""The pages of a document as its viewer shows them: batches that are drawn, being drawn, or to be asked for."""

from dataclasses import dataclass
from enum import StrEnum

from evaluations.evidence.pictures import BATCH, OFFICE, batch_of
from evaluations.evidence.tasks import KIND, key_of
from evaluations.models import Evidence, EvidencePage
from jobs.models import Job


class State(StrEnum):
    """How far a batch is."""

    DRAWN = "DRAWN"
    WAITING = "WAITING"
    FAILED = "FAILED"
    UNASKED = "UNASKED"


@dataclass(frozen=True, slots=True)
class Batch:
    """Pages `first` to `last`, drawn together."""

    first: int
    last: int
    state: State
    pages: list[EvidencePage]


def batches(evidence: Evidence) -> list[Batch]:
    """All batches of a document in two queries, none for links and for docx and xlsx, which show text."""
    if not evidence.is_file or evidence.media_type in OFFICE:
        return []
    drawn: dict[int, list[EvidencePage]] = {}
    for page in evidence.pages.order_by("number"):
        drawn.setdefault(batch_of(page.number), []).append(page)
    firsts = range(1, (evidence.page_count or 1) + 1, BATCH)
    jobs = _job_states([key_of(evidence.pk, first) for first in firsts])
    return [_batch(evidence, first, drawn.get(first, []), jobs) for first in firsts]


def batch(evidence: Evidence, first: int) -> Batch | None:
    """One batch, None when the document does not reach that far."""
    return next((each for each in batches(evidence) if each.first == first), None)


def _batch(evidence: Evidence, first: int, pages: list[EvidencePage], jobs: dict[str, str]) -> Batch:
    last = min(first + BATCH - 1, evidence.page_count or first)
    job = jobs.get(key_of(evidence.pk, first))
    if len(pages) == last - first + 1:
        state = State.DRAWN
    elif job in (Job.State.WAITING, Job.State.RUNNING):
        state = State.WAITING
    else:
        state = State.UNASKED if job is None else State.FAILED
    return Batch(first, last, state, pages)


def _job_states(keys: list[str]) -> dict[str, str]:
    found = Job.objects.filter(kind=KIND, key__in=keys).order_by("pk")
    return {job.key: job.state for job in found}  # the newest of a key wins
