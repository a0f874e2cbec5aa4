"""What the case file is told about judgements: bare points for the arithmetic, awards and verdicts for its pages."""

from collections.abc import Iterable

from accounts.models import User
from evaluations.models import Answer, Evaluation
from evaluations.readers import AwardLine, JudgedRow, ReturnLine, VerdictLine
from verification import rules
from verification.models import Award, Verdict


def judged_points(evaluation_ids: Iterable[int]) -> Iterable[JudgedRow]:
    """The current verdicts of many evaluations as bare rows; one query.

    Answers first, their verdicts beside them: asked the other way round, PostgreSQL walks all answers of the country
    as long as few of them are judged (100 ms instead of 1).
    """
    rows = Answer.objects.filter(evaluation_id__in=list(evaluation_ids)).values_list(
        "verdicts__is_current", "evaluation_id", "verdicts__stage", "question_id", "verdicts__points"
    )
    return (row[1:] for row in rows if row[0])


def last_awards(region_ids: Iterable[int]) -> dict[int, AwardLine]:
    """The newest official predicate of each region; one query."""
    rows = Award.objects.filter(region_id__in=list(region_ids)).order_by("year")
    return {pk: AwardLine(year, name, demo) for pk, year, name, demo in rows.values_list(
        "region_id", "year", "predicate", "is_demo"
    )}  # fmt: skip


def verdict_lines(user: User, evaluation: Evaluation, question_ids: Iterable[int]) -> dict[int, VerdictLine]:
    """The latest verdict this user may see on each question; one query, later stages laid over earlier ones."""
    rows = (
        rules.visible_verdicts(user)
        .current()
        .filter(answer__evaluation=evaluation, answer__question_id__in=list(question_ids))
        .order_by("given_at")
        .values_list("answer__question_id", "stage", "points", "before_points", "reason", "note")
    )
    return {
        question: VerdictLine(stage, points, points < before, Verdict.Reason(reason).label if reason else "", note)
        for question, stage, points, before, reason, note in rows
    }


def returned(evaluation: Evaluation) -> dict[int, ReturnLine]:
    """Answers that the region's own reviewer has sent back; none yet, for nobody can send back."""
    return {}
