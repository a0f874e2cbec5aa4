"""Taking back one's own last verdict: what stood before stands again, as a new version."""

from datetime import datetime
from decimal import Decimal

from django.db import transaction

from accounts import audit
from accounts.models import User
from clusters.stages import Stage, lowers
from evaluations import tasks, windows
from evaluations.models import Answer, Evaluation
from verification.actions.state import Refusal, StageClosed, locked
from verification.actions.verdicts import points_before, put
from verification.models import Verdict
from verification.progress import judged_now
from verification.repairs.opening import go_on

TOLD = ("decision", "option_id", "points", "before_points", "reason", "note", "is_return")


class NotUndone(Refusal):
    """The verdict is not the last word any more, or somebody else's."""

    sentence = (
        "Penilaian ini tidak dapat dibatalkan lagi: sudah ada penilaian yang lebih baru, atau bukan Anda yang "
        "memberikannya. Buka pertanyaannya untuk melihat yang berlaku."
    )


@transaction.atomic
def undo_verdict(*, answer: Answer, stage: str, version: int, by: User, at: datetime) -> Verdict:
    """Take back `version`, which must be the caller's own and the last; twice is once.

    The verdict before it is given again, on what the question brings now; where there was none, the question is
    unjudged again and the version only says so. What was opened again is judged, and so undone, until the stage is
    closed. Raises `NotUndone`, `StageClosed`, `windows.WindowClosed`.
    """
    evaluation = locked(answer.evaluation_id)
    if judged_now(evaluation) != stage or not stage:
        raise StageClosed(stage, evaluation.stage)
    if answer.open_until is None:
        windows.require_open(evaluation, Stage(stage), at)
    versions = list(Verdict.objects.for_reading().filter(answer=answer, stage=stage).order_by("-version")[:3])
    if not versions or versions[0].given_by_id != by.pk:
        raise NotUndone
    latest, *earlier = versions
    if latest.version == version + 1 and _is_undo(latest, earlier):
        return latest
    if latest.version != version or not latest.is_current:
        raise NotUndone
    again = _before(latest, earlier, by, at)
    if again.decision == Verdict.Decision.UNDONE:
        return _withdraw(latest, again, evaluation)
    if stage != Stage.TI:  # the review's own claims move: `before_points` says which one it was given on
        _carry(again, points_before(answer, evaluation, Stage(stage)))
    stored = put(again, latest, evaluation)
    go_on(stored, earlier[0])
    return stored


def _before(latest: Verdict, earlier: list[Verdict], by: User, at: datetime) -> Verdict:
    """The version that puts back what stood before `latest`."""
    again = Verdict(answer=latest.answer, stage=latest.stage, version=latest.version + 1, given_at=at, given_by=by)
    if earlier and earlier[0].decision != Verdict.Decision.UNDONE:
        for name in TOLD:
            setattr(again, name, getattr(earlier[0], name))
        again.seen = earlier[0].seen or latest.seen  # given while nothing could move: what the later one was given on
        return again
    again.decision, again.is_current = Verdict.Decision.UNDONE, False
    again.points = again.before_points = latest.before_points
    return again


def _carry(again: Verdict, before: Decimal) -> None:
    """A correction of an earlier stage may have changed what the question brings: what accepts it follows."""
    again.before_points = before
    if again.decision == Verdict.Decision.ACCEPT:
        again.points = before
    if lowers(again.points, before) and not again.reason:
        raise NotUndone


def _is_undo(latest: Verdict, earlier: list[Verdict]) -> bool:
    """Whether the last version already says what stood two versions ago."""
    if latest.decision == Verdict.Decision.UNDONE:
        return True
    return len(earlier) > 1 and all(getattr(latest, name) == getattr(earlier[1], name) for name in TOLD)


def _withdraw(latest: Verdict, again: Verdict, evaluation: Evaluation) -> Verdict:
    latest.is_current = False
    latest.save(update_fields=["is_current"])
    again.save(force_insert=True)
    audit.record(
        action="verdict.undone",
        subject=f"answer:{again.answer_id}",
        by=again.given_by,
        at=again.given_at,
        region_id=evaluation.region_id,
        details={"stage": again.stage, "version": again.version, "points": [latest.points, None]},
    )
    tasks.promise_settlement(evaluation.pk, again.stage, again.given_at)
    return again
