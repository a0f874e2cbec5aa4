"""What the states of an evaluation's answers follow from, in one statement however many answers there are."""

from collections.abc import Iterable
from datetime import datetime
from decimal import Decimal
from typing import Any, NamedTuple

from django.db.models import BooleanField, Exists, OuterRef, Q, QuerySet, Value

from accounts.models import User
from clusters.catalogue import Entry
from evaluations import rules
from evaluations.models import Answer, Evaluation, EvidenceUse, PlaceTick, Responsibility
from evaluations.worklist.states import Facts


class Row(NamedTuple):
    """One answer, bare; the last four ask other tables. Seen by everybody but staff, the last three are plain."""

    question_id: int
    pk: int  # of the answer
    points: Decimal | None
    version: int
    saved_at: datetime | None
    confirmed_at: datetime | None
    needs_check: bool
    is_proved: bool
    has_doubtful_proof: bool  # taken over from another cycle and not looked at yet
    is_shared: bool  # an office supports the lead
    is_seen: bool  # by the user
    is_led: bool  # by the user's office; True for everybody who answers for the whole region
    has_given: bool  # the user's office has added a document or ticked its rows


def rows_of(evaluation: Evaluation, user: User | None = None, questions: Iterable[int] | None = None) -> list[Row]:
    """The facts of all answers, or of `questions`; seen by `user`, or by nobody in particular. One statement.

    Existence is asked per answer: on PostgreSQL a join to the country's documents walks far more rows than it returns.
    """
    answers = Answer.objects.filter(evaluation=evaluation)
    if questions is not None:
        answers = answers.filter(question_id__in=list(questions))
    uses = EvidenceUse.objects.current().filter(answer=OuterRef("pk"))
    asked = answers.annotate(
        is_proved=Exists(EvidenceUse.objects.counted().filter(answer=OuterRef("pk"))),
        has_doubtful_proof=Exists(uses.filter(needs_check=True)),
        is_shared=Exists(_duties().filter(is_lead=False)),
        **_seen_by(user, uses),
    )
    return [Row(*values) for values in asked.values_list(*Row._fields)]


def _duties() -> QuerySet[Responsibility]:
    return Responsibility.objects.filter(evaluation=OuterRef("evaluation"), question=OuterRef("question"))


def _seen_by(user: User | None, uses: QuerySet[EvidenceUse]) -> dict[str, Any]:
    if user is None or not rules.sees_only_own_questions(user):
        yes, no = (Value(each, output_field=BooleanField()) for each in (True, False))
        return {"is_seen": yes, "is_led": yes, "has_given": no}
    office = user.office_id
    return {
        "is_seen": Exists(rules.own_duties(user)),
        "is_led": Exists(_duties().filter(is_lead=True, office=office)),
        "has_given": Exists(uses.filter(Q(evidence__office=office) | Q(added_by__office=office))) | _ticked_by(user),
    }


def _ticked_by(user: User) -> Q:
    """A kecamatan gives by ticking its own rows."""
    district = user.office.district_id if user.office else None
    if district is None:
        return Q(pk__in=[])
    ticks = PlaceTick.objects.filter(answer=OuterRef("pk"))
    return Q(Exists(ticks.filter(Q(district=district) | Q(village__district=district))))


def facts_of(row: Row, entry: Entry, *, is_returned: bool, is_locked: bool) -> Facts:
    """The row in the words of `states`."""
    return Facts(
        is_answered=row.points is not None,
        wants_proof=bool(row.points and entry.question.evidence),
        is_proved=row.is_proved,
        is_shared=row.is_shared,
        is_confirmed=row.confirmed_at is not None,
        needs_check=row.needs_check or row.has_doubtful_proof,
        is_returned=is_returned,
        is_locked=is_locked,
    )


def has_given(row: Row, entry: Entry) -> bool:
    """Whether a supporter has done its part: a document of its own, or an answer where no document is asked for."""
    return row.has_given or (not entry.question.evidence and row.points is not None)
