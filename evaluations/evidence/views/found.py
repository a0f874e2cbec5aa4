"""How views of evidence find what a person may see: strangers get 404."""

from django.shortcuts import get_object_or_404
from django.utils import timezone

from accounts.http import UserRequest
from evaluations import rules
from evaluations.evidence.blocks import Block, block_for
from evaluations.mending import rules as mending
from evaluations.models import Answer, Evidence, EvidenceUse
from evaluations.worklist.filters import Filters


def answer_or_404(request: UserRequest, pk: int, code: str) -> Answer:
    """The answer to a question of an evaluation."""
    answers = rules.visible_answers(request.user).select_related("question", "evaluation__region")
    return get_object_or_404(answers, evaluation_id=pk, question__code=code)


def evidence_or_404(request: UserRequest, pk: int, evidence_pk: int) -> Evidence:
    """A document of an evaluation."""
    documents = rules.visible_evidence(request.user).select_related(
        "evaluation__region", "evaluation__cycle__instrument", "added_by", "office"
    )
    return get_object_or_404(documents, evaluation_id=pk, pk=evidence_pk)


def use_or_404(answer: Answer, evidence_pk: int) -> EvidenceUse:
    """The latest use of a document as a proof of this answer, taken away or not."""
    uses = EvidenceUse.objects.select_related("answer", "evidence").order_by("-pk")
    return get_object_or_404(uses.filter(answer=answer, evidence_id=evidence_pk)[:1])


def covers_in(request: UserRequest, answer: Answer) -> list[int]:
    """Places in the question's list of expected evidence that a form ticks; what is none of them is not heard."""
    places = {str(place): place for place in range(len(answer.question.evidence))}
    return [places[each] for each in request.POST.getlist("mencakup") if each in places]


def block_of(request: UserRequest, answer: Answer) -> Block:
    """The evidence block of an answer for the person who asks."""
    can_edit = mending.can_prove(request.user, answer, timezone.now())
    return block_for(
        answer, request.user, evaluation=answer.evaluation, code=answer.question.code, can_edit=can_edit,
        trail=Filters.read(request.GET).trail_back,
    )  # fmt: skip
