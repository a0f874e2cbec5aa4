"""What the states of an evaluation's answers follow from, in one statement however many answers there are."""

from collections.abc import Iterable
from datetime import datetime
from decimal import Decimal
from functools import cache, lru_cache
from typing import Any, NamedTuple

from django.db.models import Exists, OuterRef, Q, QuerySet

from accounts.models import User, Village
from clusters.catalogue import Entry
from clusters.models import Question
from evaluations import rules
from evaluations.models import Answer, Evaluation, EvidenceUse, PlaceTick, Responsibility
from evaluations.readers import ReturnLine
from evaluations.worklist import stand_ins
from evaluations.worklist.stand_ins import Kind
from evaluations.worklist.states import Facts, State, is_task, state_of
from kla_portal.prepared import Place, Prepared


class Row(NamedTuple):
    """One answer, bare; the last six ask other tables. For everybody but staff, the last three are as given here."""

    question_id: int
    pk: int  # of the answer
    points: Decimal | None
    version: int
    saved_at: datetime | None
    confirmed_at: datetime | None
    needs_check: bool  # it, or a proof of it, was taken over from another cycle and not looked at yet
    is_proved: bool
    is_shared: bool  # an office supports the lead
    is_seen: bool = True  # by the user
    is_led: bool = True  # by the user's office
    has_given: bool = False  # the user's office has added a document or ticked, and none of its own rows is open


COLUMNS = (
    "question_id",
    "pk",
    "points",
    "version",
    "saved_at",
    "confirmed_at",
    "is_doubtful",
    "is_proved",
    "is_shared",
)


def rows_of(evaluation: Evaluation, user: User | None = None, questions: Iterable[int] | None = None) -> list[Row]:
    """The facts of all answers, or of `questions`; seen by `user`, or by nobody in particular. One statement.

    Existence is asked per answer: on PostgreSQL a join to the country's documents walks far more rows than it returns.
    """
    if questions is not None:
        asked = _seen_by(user, evaluation.pk).filter(question_id__in=list(questions))
        return [Row(*values) for values in asked]
    if user is None or not rules.sees_only_own_questions(user):
        return [Row(*values) for values in REGION.rows(evaluation.pk)]
    kind = stand_ins.kind_of(user)
    if kind is None:
        return [Row(*values) for values in _seen_by(user, evaluation.pk)]
    return [Row(*values) for values in _seen_by_kind(kind).rows(evaluation.pk, *stand_ins.keys_of(user))]


def asked_of(evaluation: Place) -> QuerySet[Answer]:
    """The answers of an evaluation with what other tables know of them.

    Its own documents are named, or PostgreSQL may hash those of the whole country.
    """
    own = EvidenceUse.objects.filter(evidence__evaluation=evaluation, answer=OuterRef("pk"))
    return Answer.objects.filter(evaluation=evaluation).annotate(
        is_doubtful=Q(needs_check=True) | Q(Exists(own.current().filter(needs_check=True))),
        is_proved=Exists(own.counted()),
        is_shared=Exists(_duties(evaluation).filter(is_lead=False)),
    )


REGION = Prepared(lambda evaluation: asked_of(evaluation).values_list(*COLUMNS))


def _duties(evaluation: Place) -> QuerySet[Responsibility]:
    """Beside the question of the outer query; the evaluation is named, or PostgreSQL may hash the whole country's."""
    return Responsibility.objects.filter(evaluation=evaluation, question=OuterRef("question"))


@lru_cache(maxsize=8)
def _seen_by_kind(kind: Kind) -> Prepared:
    somebody = stand_ins.somebody(kind)
    return Prepared(lambda evaluation, *_: _seen_by(somebody, evaluation), *stand_ins.PLACES)


def _seen_by(user: User | None, evaluation: Place) -> QuerySet[Answer, tuple[Any, ...]]:
    """The facts in the order of `Row`; for staff with what their office has to do with each answer."""
    asked = asked_of(evaluation)
    if user is None or not rules.sees_only_own_questions(user):
        return asked.values_list(*COLUMNS)
    office = user.office_id
    given = EvidenceUse.objects.current().filter(Q(evidence__office=office) | Q(added_by__office=office))
    seen = {
        "is_seen": Exists(rules.own_duties(user)),
        "is_led": Exists(_duties(evaluation).filter(is_lead=True, office=office)),
        "has_given": (Exists(given.filter(answer=OuterRef("pk"))) | _ticked_by(user)) & _none_open_for(user),
    }
    return asked.annotate(**seen).values_list(*COLUMNS, *seen)


def _ticked_by(user: User) -> Q:
    """A kecamatan gives by ticking its own rows, another office by ticking any.

    Asked of the kecamatan and of its villages apart: either leads to a few rows, both in one to those of the country.
    """
    ticks, district = PlaceTick.objects.filter(answer=OuterRef("pk")), _district_of(user)
    if district is None:
        return Q(Exists(ticks.filter(ticked_by__office=user.office_id)))
    return Q(Exists(ticks.filter(district=district))) | Q(Exists(ticks.filter(village__district=district)))


def _none_open_for(user: User) -> Q:
    """Whether a kecamatan has said something of every place of its own that the question counts."""
    district, unit = _district_of(user), Question.PlaceUnit
    if district is None:
        return Q()
    ticked = PlaceTick.objects.filter(answer=OuterRef(OuterRef("pk")), village=OuterRef("pk"))
    silent = Village.objects.filter(~Exists(ticked), district=district)
    own = PlaceTick.objects.filter(answer=OuterRef("pk"), district=district)
    villages = ~Q(question__place_unit=unit.VILLAGE) | ~Q(Exists(silent))
    return villages & (~Q(question__place_unit=unit.DISTRICT) | Q(Exists(own)))


def _district_of(user: User) -> Any:
    """The key of the kecamatan a member of staff works for, or the place for one; None for other offices."""
    return user.office.district_id if user.office else None


def state_and_task(row: Row, entry: Entry, returned: ReturnLine | None, *, is_submitted: bool) -> tuple[State, bool]:
    """The state of a row, and whether somebody has something to do; once sent, only what was returned is open."""
    back = None if returned is None else returned.is_mended
    wants = bool(entry.question.evidence)
    return _state_and_task(row.points is not None, bool(row.points), row.confirmed_at is not None, row[6:], wants, back,
                           is_submitted)  # fmt: skip


@cache  # a few dozen combinations, asked for 274 times with every save
def _state_and_task(
    is_answered: bool, is_worth: bool, is_confirmed: bool, known: tuple[bool, ...], wants: bool,
    back: bool | None, is_submitted: bool,
) -> tuple[State, bool]:  # fmt: skip  # noqa: FBT001
    needs_check, is_proved, is_shared, _, is_led, has_given = known
    state = state_of(
        Facts(
            is_answered=is_answered,
            wants_proof=is_worth and wants,
            is_proved=is_proved,
            is_shared=is_shared,
            is_confirmed=is_confirmed,
            needs_check=needs_check,
            is_returned=back is not None,
            is_locked=is_submitted and back is None,
            is_mended=bool(back),
        )
    )
    # A supporter has done its part with a document of its own, or with an answer where no document is asked for.
    return state, is_task(state, is_led=is_led, has_given=has_given or (not wants and is_answered))
