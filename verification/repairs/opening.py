"""Answers opened again after sending and locked again, with the mark of what was judged. Called under the lock."""

from collections.abc import Iterable
from datetime import datetime, timedelta

from django.db.models import Q

from evaluations.models import Answer, Evaluation
from verification.models import Clarification, RepairWindow, Verdict
from verification.review.seen import mark

MINUTE = timedelta(minutes=1)


def whole_minute(moment: datetime) -> datetime:
    """The end as people read it: never earlier than the hours they were promised, on a full minute."""
    floor = moment.replace(second=0, microsecond=0)
    return floor if floor == moment else floor + MINUTE


def open_again(evaluation: Evaluation, answers: Iterable[int], until: datetime) -> None:
    """Let evidence be mended until then; an end that is later already stays. Verdicts remember what they were on."""
    wanted = list(answers)
    _remember(evaluation.stage, wanted)
    sooner = Q(open_until=None) | Q(open_until__lt=until)
    Answer.objects.filter(sooner, pk__in=wanted).update(open_until=until)
    if evaluation.repair_until is None or evaluation.repair_until < until:
        evaluation.repair_until = until
        evaluation.save(update_fields=["repair_until"])


def go_on(verdict: Verdict, restored: Verdict) -> None:
    """A return that is put back by undoing what followed it: its hours, where some are left, hold for it as well."""
    if not verdict.is_return:
        return
    windows = RepairWindow.objects.filter(answers=verdict.answer_id, stage=verdict.stage)
    running = windows.filter(opens_at__gte=restored.given_at, closes_at__gt=verdict.given_at)
    window = running.order_by("-closes_at").first()
    if window is not None:
        again = RepairWindow.objects.create(
            evaluation_id=window.evaluation_id, stage=window.stage, opens_at=verdict.given_at,
            closes_at=window.closes_at, opened_by=verdict.given_by,
        )  # fmt: skip
        again.answers.set([verdict.answer_id])


def _remember(stage: str, answers: list[int]) -> None:
    """Verdicts given while nothing could move get the mark of what they were given on, before it moves."""
    blank: list[Verdict] = list(Verdict.objects.current().filter(answer__in=answers, stage=stage, seen=""))
    if not blank:
        return
    judged = Answer.objects.filter(pk__in=[each.answer_id for each in blank]).annotate(mark=mark())
    marks = dict(judged.values_list("pk", "mark"))
    for each in blank:
        each.seen = marks[each.answer_id]
    Verdict.objects.bulk_update(blank, ["seen"])


def lock_again(evaluation: Evaluation, at: datetime) -> None:
    """The stage is over: nothing is open any more, and nothing waits to be answered."""
    if evaluation.repair_until is None:
        return
    Answer.objects.filter(evaluation=evaluation).exclude(open_until=None).update(open_until=None)
    Clarification.objects.unsettled().filter(answer__evaluation=evaluation).update(closed_at=at)
    evaluation.repair_until = None
    evaluation.save(update_fields=["repair_until"])
