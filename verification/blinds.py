"""What a second reader must not see yet: the first judgement of the answers they still owe one of their own."""

from django.db.models import Exists, OuterRef, Q, QuerySet

from accounts.models import User
from clusters.stages import Stage
from evaluations.models import Evaluation
from kla_portal.prepared import WORD, Prepared, keys
from verification.models import SecondReading


def unseen_verdicts(user: User) -> Exists:
    """Whether the verdict of the outer query is one whose second reader is this person and has not judged yet."""
    owed = SecondReading.objects.owed().filter(reader=user)
    return Exists(owed.filter(answer=OuterRef("answer"), stage=OuterRef("stage")))


def unseen_notes(user: User) -> Q:
    """Annotations that would give a judgement away: of the first to the second reader, and the other way round."""
    owed = SecondReading.objects.owed().filter(answer=OuterRef("answer"), stage=OuterRef("stage"))
    to_second, from_second = owed.filter(reader=user), owed.filter(reader=OuterRef("written_by"))
    return ~Q(written_by=user) & (Q(Exists(to_second)) | Q(Exists(from_second)))


def unseen_clarifications(user: User) -> Exists:
    """Whether the clarification of the outer query is about an answer this person still has to read: what is asked
    tells what the first judge misses."""
    owed = SecondReading.objects.owed().filter(reader=user)
    return Exists(owed.filter(answer=OuterRef("answer"), stage=OuterRef("stage")))


def blinded_evaluations(user: User) -> QuerySet[SecondReading, int]:
    """Evaluations whose moving totals would give a first judgement away; a subquery, nothing is asked yet."""
    return SecondReading.objects.owed().filter(reader=user).values_list("answer__evaluation", flat=True)


def own_readings(user: User, evaluation: Evaluation) -> dict[int, bool]:
    """Questions of which this person is the second reader at the running stage, and whether the reading is owed.

    No query where the cycle reads nothing twice.
    """
    if not evaluation.cycle.double_share or evaluation.stage not in (Stage.VA, Stage.VL):
        return {}
    return {pk: given is None for pk, given in READINGS.rows(user.pk, evaluation.pk, evaluation.stage)}


READINGS = Prepared(
    lambda reader, evaluation, stage: SecondReading.objects.filter(
        reader=reader, answer__evaluation=evaluation, stage=stage
    ).values_list("answer__question", "given_at"),
    *keys(2),
    WORD,
)


def unseen_questions(user: User, evaluation: Evaluation) -> list[int]:
    """Questions whose running verdict this person must not see yet."""
    return [pk for pk, is_owed in own_readings(user, evaluation).items() if is_owed]
