"""Accepting several answers in one transaction: each with its verdict and its event, or none of them."""

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime
from decimal import Decimal

from django.db import transaction

from accounts.models import User
from clusters.models import Indicator
from clusters.scoring import ZERO
from clusters.stages import Stage, before
from evaluations import tasks, windows
from evaluations.models import Answer, Evaluation
from evaluations.progress import points_sheet
from verification.actions.state import Refusal, StageClosed, locked
from verification.actions.verdicts import record
from verification.models import Verdict
from verification.progress import judged_now
from verification.review import returning
from verification.review.seen import mark


class NothingChosen(Refusal):
    """No answer was ticked, or none of this evaluation."""

    sentence = "Tidak ada pertanyaan yang dipilih. Centang pertanyaan yang akan diterima."


class Overtaken(Refusal):
    """Some of what was chosen is not what was looked at any more: nothing was accepted."""

    def __init__(self, judged: list[str], moved: list[str]) -> None:
        super().__init__(judged, moved)
        parts = [f"{', '.join(judged)} baru saja dinilai"] if judged else []
        parts += [f"jawaban atau bukti {', '.join(moved)} berubah"] if moved else []
        self.sentence = (
            f"Belum ada yang diterima: {' dan '.join(parts)} sejak daftar ini dibuka. "
            "Periksa daftar yang terbaru di bawah, lalu terima lagi."
        )


@transaction.atomic
def accept(
    *,
    evaluation: Evaluation,
    stage: str,
    indicator: Indicator,
    without: Collection[int],
    chosen: Mapping[int, str],
    by: User,
    at: datetime,
) -> list[Verdict]:
    """Accept what the region claims for the answers `chosen` (their mark by pk); given verdicts are never touched.

    They must be answers of the indicator, and not to questions `without`, which the person reads as second reader.
    The same list sent twice has one effect. Raises `NothingChosen`, `Overtaken`, `StageClosed`, `WindowClosed`.
    """
    evaluation = locked(evaluation.pk)
    if judged_now(evaluation) != stage or not stage:
        raise StageClosed(stage, evaluation.stage)
    windows.require_open(evaluation, Stage(stage), at)
    here = Answer.objects.filter(evaluation=evaluation, question__indicator=indicator).exclude(
        question__in=list(without)
    )
    wanted = here.filter(pk__in=list(chosen)).select_related("question").annotate(mark=mark())
    answers = list(wanted.order_by("question__position"))
    if not answers or len(answers) != len(chosen):
        raise NothingChosen
    latest = _latest(answers, stage)
    current = [each for each in latest.values() if each.is_current]
    if len(current) == len(answers) and all(_is_this(each, by) for each in current):
        return []
    judged = {each.answer_id for each in current}
    moved = [each for each in answers if each.pk not in judged and str(vars(each)["mark"]) != chosen[each.pk]]
    if judged or moved:
        codes = [each.question.code for each in answers if each.pk in judged]
        raise Overtaken(codes, [each.question.code for each in moved])
    return _accepted(evaluation, stage, answers, latest, by, at)


def _accepted(
    evaluation: Evaluation, stage: str, answers: Sequence[Answer], latest: dict[int, Verdict], by: User, at: datetime
) -> list[Verdict]:
    brought = _brought(evaluation, Stage(stage))
    verdicts = [
        Verdict(
            answer=answer,
            stage=stage,
            decision=Verdict.Decision.ACCEPT,
            points=brought[answer.question_id],
            before_points=brought[answer.question_id],
            seen=vars(answer)["mark"] if returning.moves(answer, stage, is_return=False) else "",
            version=latest[answer.pk].version + 1 if answer.pk in latest else 1,
            given_at=at,
            given_by=by,
        )
        for answer in answers
    ]
    for verdict in Verdict.objects.bulk_create(verdicts):
        record(verdict, None, evaluation)
    tasks.promise_settlement(evaluation.pk, stage, at)
    return verdicts


def _latest(answers: Sequence[Answer], stage: str) -> dict[int, Verdict]:
    """The last version of each answer at the stage, whether it stands or was taken back."""
    rows = Verdict.objects.filter(answer__in=[each.pk for each in answers], stage=stage).order_by("version")
    return {each.answer_id: each for each in rows}


def _is_this(verdict: Verdict, by: User) -> bool:
    return verdict.given_by_id == by.pk and verdict.decision == Verdict.Decision.ACCEPT


def _brought(evaluation: Evaluation, stage: Stage) -> dict[int, Decimal]:
    """What each question brought into the stage."""
    sheet = points_sheet(evaluation, reviewed=stage is Stage.TI)
    earlier = before(stage, evaluation.cycle.stages)
    row = sheet.at(earlier[-1]) if earlier else sheet.claimed
    return {question: row[place] or ZERO for question, place in sheet.edition.places.items()}
