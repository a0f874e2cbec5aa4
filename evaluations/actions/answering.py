"""Saving one answer: the version decides, history and audit follow, the standing is promised."""

from datetime import datetime

from django.db import transaction
from django.db.models import F

from accounts import audit
from accounts.models import User
from clusters.stages import Stage
from evaluations import tasks, windows
from evaluations.actions.sending import AlreadySubmitted
from evaluations.claims import Claim
from evaluations.models import Answer, AnswerVersion, Evaluation


class Conflict(Exception):
    """Somebody else saved the answer meanwhile; `current` is what stands in the database now."""

    def __init__(self, current: Answer) -> None:
        super().__init__("Jawaban ini baru saja diubah orang lain.")
        self.current = current


@transaction.atomic
def save_answer(*, answer: Answer, version: int, claim: Claim, note: str, by: User | None, at: datetime) -> Answer:
    """Store a claim if `version` is still the one that stands; a repeat of what already stands changes nothing.

    Raises `AlreadySubmitted`, `windows.WindowClosed` or `Conflict`. The evaluation's row is held shared-for-update
    while we write, so that a submission cannot slip in between.
    """
    evaluation = Evaluation.objects.select_for_update().get(pk=answer.evaluation_id)
    if evaluation.is_submitted:
        raise AlreadySubmitted
    windows.require_open(evaluation, Stage.EM, at)
    values = {
        "kind": claim.kind,
        "option_id": claim.option_id,
        "measure": claim.measure,
        "measure_before": claim.measure_before,
        "points": claim.points,
        "reason": claim.reason,
        "note": note,
    }
    saved = Answer.objects.filter(pk=answer.pk, version=version).update(
        **values, version=F("version") + 1, saved_at=at, saved_by=by
    )
    if not saved:
        current = Answer.objects.select_related("option", "saved_by").get(pk=answer.pk)
        if all(getattr(current, name) == value for name, value in values.items()):
            return current  # the same request twice: one effect
        raise Conflict(current)
    AnswerVersion.objects.create(answer_id=answer.pk, version=version + 1, saved_at=at, saved_by=by, **values)
    audit.record(
        action="answer.saved", subject=f"answer:{answer.pk}", by=by, at=at, region_id=evaluation.region_id,
        details={"version": version + 1, "old": answer.points, "new": claim.points, "option": claim.option_id},
    )  # fmt: skip
    tasks.promise_settlement(evaluation.pk, Stage.EM, at)
    for name, value in values.items():
        setattr(answer, name, value)
    answer.version, answer.saved_at, answer.saved_by = version + 1, at, by
    return answer
