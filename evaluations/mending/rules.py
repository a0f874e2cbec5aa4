"""Who may mend what was opened again. Reads roles for this part of the case file."""

from datetime import datetime

from accounts.models import User
from evaluations import rules
from evaluations.models import Answer, Evaluation, Evidence, EvidenceUse

Role = User.Role


def answers_here(user: User, evaluation: Evaluation) -> bool:
    """Whether the user is one of those who answer for this region; the moment is asked elsewhere."""
    return user.role in (Role.STAFF, Role.OPERATOR) and user.region_id == evaluation.region_id


def can_prove(user: User, answer: Answer, at: datetime) -> bool:
    """Whether evidence and table of this answer may change now: before sending, or while it is open again."""
    return rules.can_answer(user, answer.evaluation) or can_mend(user, answer, at)


def can_fill(user: User, answer: Answer, at: datetime) -> bool:
    """Whether its table may change now by this person: a table speaks for the whole region, never for a kecamatan."""
    return rules.speaks_for_region(user) and can_prove(user, answer, at)


def can_mend(user: User, answer: Answer, at: datetime) -> bool:
    """Whether the answer was opened again and its time is not over."""
    return (
        answers_here(user, answer.evaluation)
        and answer.evaluation.is_submitted
        and answer.open_until is not None
        and at < answer.open_until
    )


def can_mend_document(user: User, evidence: Evidence, at: datetime) -> bool:
    """Whether the document proves an answer of the user that is open again. One query, none where nothing is open."""
    evaluation = evidence.evaluation
    if not evaluation.is_submitted or evaluation.repair_until is None or not answers_here(user, evaluation):
        return False
    uses = EvidenceUse.objects.current().filter(evidence=evidence, answer__in=rules.visible_answers(user))
    return uses.filter(answer__open_until__gt=at).exists()
