"""Sending an answer back: the answer as it stands under the lock, and who has to know."""

from django.urls import reverse

from clusters.stages import Stage
from evaluations.models import Answer, Evaluation
from notices import actions as news
from notices.models import Notice
from verification import rules
from verification.models import Verdict
from verification.review.seen import mark

STAGES = (Stage.TI, Stage.VA, Stage.VL)  # the ministry's word sends nothing back


def moves(answer: Answer, stage: str, *, is_return: bool) -> bool:
    """Whether answer and evidence may change beside the verdict, so that it must say what it was given on.

    Before sending everything moves; later what is sent back, and what was opened again.
    """
    return stage == Stage.TI or is_return or answer.open_until is not None


def as_it_stands(answer: Answer) -> tuple[Answer, str]:
    """The answer read again under the evaluation's lock, for it may have moved since it was fetched; and its mark."""
    found = Answer.objects.select_related("question", "evaluation").annotate(mark=mark()).get(pk=answer.pk)
    return found, str(found.mark)


def tell(verdict: Verdict, evaluation: Evaluation) -> None:
    """Tell the staff of the offices that answer the question, or where they have no account the operators.

    The sentence carries no note: what a reviewer writes may name what the mail should not.
    """
    code = verdict.answer.question.code
    news.tell(
        users=rules.people_of_answer(verdict.answer),
        kind=Notice.Kind.RETURNED,
        key=f"return:{verdict.pk}",
        text=f"Jawaban {code} dikembalikan penelaah: {verdict.get_reason_display().lower()}.",
        link=reverse("evaluations:question", args=[evaluation.pk, code]),
        at=verdict.given_at,
    )
