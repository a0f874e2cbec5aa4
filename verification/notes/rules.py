"""Who sees and writes annotations on evidence."""

from django.db.models import Exists, OuterRef, Q

from accounts.models import User
from clusters.models import Question
from clusters.stages import Stage
from evaluations import rules as evaluation_rules
from evaluations.models import Evaluation, StageResult
from verification import blinds, rules
from verification.models import EvidenceNote, EvidenceNoteQuerySet, Verdict

STAGES = (Stage.VA, Stage.VL, Stage.VF)


def visible_notes(user: User) -> EvidenceNoteQuerySet:
    """Judges see annotations as they are made; a region those of closed stages and of answers it has to mend.

    A second reader does not see what would give the first judgement away, nor the other way round.
    """
    notes = EvidenceNote.objects.standing().filter(answer__in=evaluation_rules.visible_answers(user))
    if rules.sees_moving_stages(user):
        return notes.exclude(blinds.unseen_notes(user))
    closed = StageResult.objects.filter(
        evaluation=OuterRef("answer__evaluation"), stage=OuterRef("stage"), frozen_at__isnull=False
    )
    returned = Verdict.objects.filter(
        answer=OuterRef("answer"), stage=OuterRef("stage"), is_return=True, answer__open_until__isnull=False
    )
    return notes.filter(Q(Exists(closed)) | Q(Exists(returned)))


def can_note(user: User, evaluation: Evaluation, question: Question) -> bool:
    """Those who judge the question now, and its second reader. At most two queries."""
    if evaluation.stage not in STAGES:
        return False
    owed = blinds.own_readings(user, evaluation).get(question.pk, False)
    return owed or rules.can_judge_question(user, evaluation, question)


def names_authors(user: User) -> bool:
    """Whether somebody is told which verifier wrote: a region is not, as with what it is asked to mend."""
    return rules.sees_moving_stages(user)


def can_remove(user: User, note: EvidenceNote) -> bool:
    """Annotations are their author's, as long as the stage runs."""
    return note.written_by_id == user.pk and note.answer.evaluation.stage == note.stage
