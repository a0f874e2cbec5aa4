"""What the case file is told about judgements: bare points for the arithmetic, awards and verdicts for its pages."""

from collections.abc import Iterable
from typing import Any

from django.db.models import Case, F, FilteredRelation, Q, QuerySet, When
from django.utils import timezone

from accounts.models import User
from clusters.stages import Stage, expected
from evaluations.models import Answer, Evaluation
from evaluations.readers import AwardLine, JudgedRow, ReturnLine, SheetRow, VerdictLine
from kla_portal.prepared import Prepared
from verification import rules
from verification.models import Award, Verdict
from verification.progress import judged_now
from verification.repairs.reading import mending
from verification.review.seen import mark


def judged_points(evaluation_ids: Iterable[int]) -> Iterable[JudgedRow]:
    """The current verdicts of many evaluations as bare rows, a review's as far as its claim still stands; one query.

    Answers first, their verdicts beside them: asked the other way round, PostgreSQL walks all answers of the country
    as long as few of them are judged (100 ms instead of 1).
    """
    rows = Answer.objects.filter(evaluation_id__in=list(evaluation_ids)).values_list(
        "verdicts__is_current",
        "evaluation_id",
        "verdicts__stage",
        "question_id",
        "verdicts__points",
        "verdicts__before_points",
        "points",
    )
    for is_current, evaluation, stage, question, points, before, claimed in rows:
        if is_current:
            yield evaluation, stage, question, expected(points, before, claimed) if stage == Stage.TI else points


def _sheet(evaluation: int) -> QuerySet[Answer, tuple[Any, ...]]:
    current = FilteredRelation("verdicts", condition=Q(verdicts__is_current=True))
    before = Case(When(current__stage=Stage.TI, then=F("current__before_points")))  # of use for a review alone
    rows = Answer.objects.filter(evaluation=evaluation).annotate(current=current, before=before)
    return rows.values_list("question_id", "points", "current__stage", "current__points", "before", "current__seen")


SHEET = Prepared(_sheet)


def sheet_rows(evaluation: Evaluation) -> Iterable[SheetRow]:
    """Claims and current verdicts of one evaluation side by side; one query, put into words once per process."""
    for question, claimed, stage, points, before, seen in SHEET.rows(evaluation.pk):
        yield question, claimed, stage, expected(points, before, claimed) if stage == Stage.TI else points, bool(seen)


def last_awards(region_ids: Iterable[int]) -> dict[int, AwardLine]:
    """The newest official predicate of each region; one query."""
    rows = Award.objects.filter(region_id__in=list(region_ids)).order_by("year")
    return {pk: AwardLine(year, name, demo) for pk, year, name, demo in rows.values_list(
        "region_id", "year", "predicate", "is_demo"
    )}  # fmt: skip


def verdict_lines(user: User, evaluation: Evaluation, question_ids: Iterable[int]) -> dict[int, VerdictLine]:
    """The latest verdict this user may see on each question; one query, later stages laid over earlier ones."""
    rows = (
        rules.counted_verdicts(user)
        .current()
        .filter(answer__evaluation=evaluation, answer__question_id__in=list(question_ids))
        .order_by("given_at")
        .values_list("answer__question_id", "stage", "points", "before_points", "reason", "note", "is_return")
    )
    return {
        question: VerdictLine(stage, points, points < before, _words(reason), note, is_return)
        for question, stage, points, before, reason, note, is_return in rows
    }


def _words(reason: str) -> str:
    return Verdict.Reason(reason).label if reason else ""


def _sent_back(evaluation: int) -> QuerySet[Answer]:
    """By the review and not judged since; in one go: all of it must hold of the same verdict."""
    return Answer.objects.filter(
        evaluation=evaluation, verdicts__stage=Stage.TI, verdicts__is_current=True, verdicts__is_return=True
    )


def _returns(evaluation: int) -> QuerySet[Answer, tuple[Any, ...]]:
    names = (f"verdicts__given_by__{name}" for name in ("first_name", "last_name", "username"))
    columns = ("verdicts__seen", "question_id", "verdicts__reason", "verdicts__note", "verdicts__given_at", *names)
    return _sent_back(evaluation).values_list("pk", *columns)


RETURNS = Prepared(_returns)
MARKS = Prepared(lambda evaluation: _sent_back(evaluation).annotate(mark=mark()).values_list("pk", "mark"))


def returned(evaluation: Evaluation) -> dict[int, ReturnLine]:
    """Answers that the region's own review has sent back and that look as they did then; two queries at most.

    After sending: what verifiers have sent back or asked about, as long as it may be mended.

    A return is over when the answer or its evidence has changed, or when a reviewer has judged it again. Every save
    asks this, so the marks, which cost more than all the rest, are taken only of what was returned at all.
    """
    if evaluation.is_submitted:  # the one read that asks the clock itself: counters know no moment, the second decides
        return mending(evaluation, timezone.now())
    if judged_now(evaluation) != Stage.TI:
        return {}
    found = RETURNS.rows(evaluation.pk)
    if not found:
        return {}
    marks = dict(MARKS.rows(evaluation.pk))
    return {
        question: ReturnLine(Verdict.Reason(reason).label, note, " ".join(f"{first} {last}".split()) or username, at)
        for pk, seen, question, reason, note, at, first, last, username in found
        if seen == marks[pk]
    }
