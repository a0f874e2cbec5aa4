"""Telling the lead's people that a supporter has changed something on a question they answer for."""

from collections.abc import Collection
from datetime import datetime

from django.urls import reverse

from accounts.models import User
from evaluations.models import Answer, Evaluation, Responsibility
from notices import actions as notices
from notices.models import Notice

UNKNOWN = object()


def tell_lead(*, answer: Answer, by: User | None, at: datetime) -> None:
    """Once per answer and day, when `by` speaks for an office that only supports; into the transaction of the act.

    One statement more for staff (none where the answer came with `lead_office_id`, and it is their own), two or
    three more for supporters; none for everybody else.
    """
    if by is None or by.office_id is None or vars(answer).get("lead_office_id", UNKNOWN) == by.office_id:
        return
    leads = User.objects.filter(
        is_active=True,
        office__responsibilities__evaluation=answer.evaluation_id,
        office__responsibilities__question=answer.question_id,
        office__responsibilities__is_lead=True,
    ).exclude(office=by.office_id)
    people = list(leads.values_list("pk", flat=True))
    if not people:
        return
    code = answer.question.code
    notices.tell(
        users=people,
        kind=Notice.Kind.CONFIRM,
        key=f"confirm:{answer.pk}:{at:%Y-%m-%d}",
        text=f"{by} dari perangkat daerah pendukung mengubah jawaban atau bukti {code}. Periksa, lalu konfirmasi.",
        link=reverse("evaluations:question", args=[answer.evaluation_id, code]),
        at=at,
    )


def tell_leads(*, evaluation: Evaluation, answers: Collection[int], occasion: str, by: User, at: datetime) -> None:
    """The same for many answers at once, as a file brings them: each lead's people hear of the file, not of each row.

    Two statements, whatever the number; one where all are the own office's, none for who speaks for no office.
    """
    if by.office_id is None or not answers:
        return
    shared = Responsibility.objects.filter(
        evaluation=evaluation, is_lead=True, question__in=Answer.objects.filter(pk__in=answers).values("question")
    )
    people = User.objects.filter(is_active=True, office__in=shared.values("office")).exclude(office=by.office_id)
    told = list(people.values_list("pk", flat=True))
    if told:
        notices.tell(
            users=told, kind=Notice.Kind.CONFIRM, key=f"confirm:{occasion}", at=at,
            text=f"{by} dari perangkat daerah pendukung mengubah jawaban yang Anda pimpin lewat buku kerja. "
            "Periksa, lalu konfirmasi.",
            link=reverse("evaluations:tasks", args=[evaluation.pk]),
        )  # fmt: skip
