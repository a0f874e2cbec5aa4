"""The chain of files that took each other's place: who put which version when, and why. Never writes."""

from dataclasses import dataclass
from datetime import datetime

from django.db.models import Q

from accounts.models import User
from evaluations import rules
from evaluations.models import Evidence


@dataclass(frozen=True, slots=True)
class Version:
    """One file of the chain; `can_open` says whether the reader may see it."""

    number: int
    evidence_id: int
    title: str
    added_at: datetime
    added_by: str
    reason: str
    is_this: bool
    is_newest: bool
    can_open: bool


def chain_of(evidence: Evidence, user: User) -> list[Version]:
    """All versions of a document, newest first; empty when it was never replaced. Three queries at most."""
    pairs = dict(
        Evidence.objects.filter(evaluation=evidence.evaluation_id)
        .filter(Q(replaces__isnull=False) | Q(replaced_by__isnull=False))
        .values_list("pk", "replaces")
    )
    members = _members(pairs, evidence.pk)
    if len(members) < 2:
        return []
    documents = Evidence.objects.filter(pk__in=members).select_related("added_by").order_by("added_at", "pk")
    seen = set(rules.visible_evidence(user).filter(pk__in=members).values_list("pk", flat=True))
    replaced = {pairs[pk] for pk in members}
    chain = [
        Version(
            number=number,
            evidence_id=each.pk,
            title=each.title,
            added_at=each.added_at,
            added_by=str(each.added_by),
            reason=each.replace_reason if rules.can_see_warnings(user) else "",
            is_this=each.pk == evidence.pk,
            is_newest=each.pk not in replaced,
            can_open=each.pk in seen,
        )
        for number, each in enumerate(documents, 1)
    ]
    return chain[::-1]


def _members(pairs: dict[int, int | None], start: int) -> set[int]:
    """Everything that hangs together with `start`, in both directions."""
    members, waiting = set(), {start}
    while waiting:
        pk = waiting.pop()
        members.add(pk)
        near = {pairs.get(pk)} | {fresh for fresh, old in pairs.items() if old == pk}
        waiting |= {each for each in near if each is not None and each not in members}
    return members
