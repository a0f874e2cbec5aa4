"""Who is told that answers are open again: the offices that answer them, the operators; and until when."""

from collections.abc import Iterable
from datetime import datetime

from django.urls import reverse

from evaluations.models import Evaluation
from kla_portal.numbers import saat
from notices import actions as news
from notices.models import Notice
from verification.models import RepairWindow
from verification.repairs import rules


def opened(window: RepairWindow, evaluation: Evaluation) -> None:
    """The window has begun. No sentence carries a note: what verifiers write may name what a mail should not."""
    until = saat(window.closes_at, evaluation.region.time_zone)
    count = window.answers.count()
    _tell(
        window,
        evaluation,
        at=window.opens_at,
        key=f"repair:{window.pk}",
        all_of_it=f"Masa perbaikan dibuka: {count} pertanyaan dikembalikan, dapat dilengkapi sampai {until}.",
        own=f"Pertanyaan perangkat daerah Anda dikembalikan verifikator. Lengkapi buktinya sampai {until}.",
    )


def extended(window: RepairWindow, evaluation: Evaluation) -> None:
    """The window has become longer."""
    until = saat(window.closes_at, evaluation.region.time_zone)
    sentence = f"Masa perbaikan diperpanjang sampai {until}."
    at = window.extended_at or window.opens_at
    key = f"repair:{window.pk}:{window.closes_at.isoformat()}"
    _tell(window, evaluation, at=at, key=key, all_of_it=sentence, own=sentence)


def _tell(window: RepairWindow, evaluation: Evaluation, *, at: datetime, key: str, all_of_it: str, own: str) -> None:
    link = reverse("evaluations:tasks", args=[evaluation.pk]) + "?keadaan=dikembalikan"
    operators = rules.operators_of(evaluation.region_id)
    staff = rules.staff_of(window.answers.all(), evaluation)

    def say(users: Iterable[int], text: str) -> None:
        news.tell(users=users, kind=Notice.Kind.REPAIR, key=key, text=text, link=link, at=at)

    say(operators, all_of_it)
    say(staff, own)
