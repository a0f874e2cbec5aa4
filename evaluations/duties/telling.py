"""Telling the people of an office that questions are theirs now: one sentence per person and act."""

from collections import defaultdict
from collections.abc import Mapping
from datetime import datetime

from django.db.models import Q
from django.urls import reverse

from accounts.models import AuditEvent, User
from clusters.models import Question
from evaluations.duties.plan import Duty
from evaluations.models import Evaluation
from notices import actions as notices
from notices.models import Notice


def tell_new(
    *, evaluation: Evaluation, event: AuditEvent, before: Mapping[int, Duty], after: Mapping[int, Duty], at: datetime
) -> None:
    """Those who lead or support since this act, and did not before; also the parts of an office. Three queries."""
    leads: dict[int, list[int]] = defaultdict(list)
    support: dict[int, list[int]] = defaultdict(list)
    for pk, duty in after.items():
        if duty.lead is not None and duty.lead != before[pk].lead:
            leads[duty.lead].append(pk)
        for office in duty.support - before[pk].offices:
            support[office].append(pk)
    people = _people({*leads, *support})
    if not people:
        return
    codes = dict(Question.objects.filter(pk__in=list(after)).values_list("pk", "code"))
    for office, users in people.items():
        notices.tell(
            users=users, kind=Notice.Kind.ASSIGNED, key=f"duty:{event.pk}:{office}",
            text=_sentence([codes[pk] for pk in leads[office]], [codes[pk] for pk in support[office]]),
            link=f"{reverse('evaluations:duties', args=[evaluation.pk])}?kantor={office}", at=at,
        )  # fmt: skip


def _people(offices: set[int]) -> dict[int, list[int]]:
    """Active people by the office that was named: its own and those of its parts."""
    found: dict[int, list[int]] = defaultdict(list)
    people = User.objects.filter(Q(office__in=offices) | Q(office__part_of__in=offices), is_active=True)
    for pk, office, whole in people.values_list("pk", "office_id", "office__part_of_id"):
        for each in (office, whole):
            if each in offices and each is not None:
                found[each].append(pk)
    return dict(found)


def _sentence(leads: list[str], support: list[str]) -> str:
    parts = []
    if leads:
        parts.append(f"penanggung jawab {_named(leads)}")
    if support:
        parts.append(f"pendukung {_named(support)}")
    return f"Perangkat daerah Anda kini {' dan '.join(parts)}."


def _named(codes: list[str]) -> str:
    """The questions by their codes, or how many they are."""
    return f"pertanyaan {', '.join(codes)}" if len(codes) <= 4 else f"{len(codes)} pertanyaan"
