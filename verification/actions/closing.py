"""The end of a stage: what was judged is frozen, the next stage opens."""

from collections.abc import Collection
from datetime import datetime

from django.db import transaction

from accounts import audit
from accounts.models import User
from clusters.stages import LABELS, Stage, after
from evaluations import tasks, windows
from evaluations.models import Answer, Evaluation
from verification.actions.state import Refusal, StageClosed, locked
from verification.models import Verdict
from verification.progress import is_past
from verification.repairs.opening import lock_again
from verification.repairs.reading import OpenRepairs, open_repairs
from verification.review.reading import reviews_of


class AlreadyClosed(Refusal):
    """Somebody was quicker; nothing was done twice."""

    def __init__(self, stage: str) -> None:
        super().__init__(stage)
        self.sentence = f"Tahap {LABELS[Stage(stage)].lower()} sudah ditutup."


class Unjudged(Refusal):
    """Questions without a verdict: the caller must confirm exactly this number."""

    def __init__(self, count: int) -> None:
        super().__init__(count)
        self.count = count
        self.sentence = (
            f"Masih ada {count} pertanyaan yang belum dinilai. Nilainya akan tetap seperti tahap sebelumnya. "
            "Centang pernyataan di bawah untuk menutup tahap dengan jumlah itu."
        )


class RepairsOpen(Refusal):
    """The region may still mend something, or has, and nobody has looked: closing would pass over it."""

    def __init__(self, found: OpenRepairs) -> None:
        super().__init__(found)
        self.count = found.running + found.changed
        parts = [
            f"{found.running} masih dapat dilengkapi daerah" if found.running else "",
            f"{found.changed} sudah dilengkapi dan menunggu dinilai lagi" if found.changed else "",
        ]
        self.sentence = (
            f"Masih ada {self.count} perbaikan yang terbuka: {', '.join(filter(None, parts))}. "
            "Tahap dapat ditutup setelah semuanya selesai."
        )


@transaction.atomic
def close_stage(
    *,
    evaluation: Evaluation,
    stage: str,
    confirmed_unjudged: int | None,
    unseen: Collection[int] = (),
    by: User,
    at: datetime,
) -> None:
    """Close `stage` and open the next one in use; its result is settled and frozen by the job promised here.

    `unseen` are questions whose verdict the person must not see yet: to them they are unjudged, and counted so. A
    stage may be closed from the opening of its window on, also after the window's end. Raises `AlreadyClosed`,
    `StageClosed`, `windows.WindowClosed` (not opened yet), `RepairsOpen`, `Unjudged`.
    """
    evaluation = locked(evaluation.pk)
    if is_past(evaluation, stage):
        raise AlreadyClosed(stage)
    if evaluation.stage != stage or stage in (Stage.EM, Stage.TI):
        raise StageClosed(stage, evaluation.stage)
    window = windows.window_of(evaluation, Stage(stage))
    if window is None or at < window.opens_at:
        windows.require_open(evaluation, Stage(stage), at)
    if found := open_repairs(evaluation, at):
        raise RepairsOpen(found)
    unjudged = count_unjudged(evaluation)
    shown = unjudged + _judged_among(evaluation, unseen)
    if shown and confirmed_unjudged != shown:
        raise Unjudged(shown)
    following = after(Stage(stage), evaluation.cycle.stages)
    evaluation.stage = following.value if following else ""
    evaluation.save(update_fields=["stage"])
    lock_again(evaluation, at)
    audit.record(
        action="stage.closed",
        subject=f"evaluation:{evaluation.pk}",
        by=by,
        at=at,
        region_id=evaluation.region_id,
        details={"stage": stage, "unjudged": unjudged, "next": evaluation.stage},
    )
    tasks.promise_settlement(evaluation.pk, stage, at, freeze=True)


def _judged_among(evaluation: Evaluation, questions: Collection[int]) -> int:
    """How many of these have a verdict that counts now; no query for none."""
    if not questions:
        return 0
    given = Verdict.objects.current().filter(answer__evaluation=evaluation, stage=evaluation.stage)
    changed = {pk for pk, each in reviews_of(evaluation, evaluation.stage).items() if each.is_changed}
    return given.filter(answer__question__in=questions).exclude(answer__question__in=changed).count()


def count_unjudged(evaluation: Evaluation) -> int:
    """Questions of the evaluation without a verdict at its present stage, or with one on what has changed since."""
    judged = Verdict.objects.current().filter(answer__evaluation=evaluation, stage=evaluation.stage).count()
    judged -= sum(each.is_changed for each in reviews_of(evaluation, evaluation.stage).values())
    return Answer.objects.filter(evaluation=evaluation).count() - judged
