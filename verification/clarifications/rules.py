"""Who asks, who answers, who reads along. Reads roles for this part of the room."""

from django.db.models import Q, QuerySet

from accounts.models import User
from clusters.models import Question
from clusters.stages import Stage
from evaluations import rules as evaluation_rules
from evaluations.mending.rules import answers_here
from evaluations.models import Evaluation
from verification import blinds, rules
from verification.models import Assignment, Clarification, ClarificationQuerySet

Role = User.Role


def visible_clarifications(user: User) -> ClarificationQuerySet:
    """The region's people read those of the answers they see; verifiers where they have a mandate, a second reader
    after reading."""
    found = Clarification.objects.filter(answer__in=evaluation_rules.visible_answers(user))
    if user.role == Role.VERIFIER:
        mandates = Assignment.objects.filter(verifier=user).values("evaluation")
        return found.filter(~blinds.unseen_clarifications(user), answer__evaluation__in=mandates)
    return found


def can_ask(user: User, evaluation: Evaluation, question: Question) -> bool:
    """Whoever judges this question now, at a stage that the province judges. One query."""
    return evaluation.stage in (Stage.VA, Stage.VL) and rules.can_judge_question(user, evaluation, question)


def can_reply(user: User, evaluation: Evaluation) -> bool:
    """Those who answer for the region; whether the question is theirs, `visible_clarifications` says."""
    return answers_here(user, evaluation)


def verifiers_of(clarification: Clarification) -> QuerySet[User]:
    """Who has to hear of an answer: whoever wrote in the thread for the province, as far as they are active."""
    wrote = clarification.messages.filter(of_region=False).values("written_by")
    return User.objects.filter(Q(pk__in=wrote), is_active=True)
