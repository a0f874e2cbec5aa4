"""What became of an archive, as its page shows it. Never writes."""

from dataclasses import dataclass
from typing import Any

from django.db.models import Case, Count, IntegerField, Q, QuerySet, Value, When
from django.urls import reverse

from accounts.models import User
from evaluations import rules
from evaluations.evidence.arrivals.promised import UNPACK
from evaluations.models import Archive, ArchiveMember
from jobs.models import Job

State = ArchiveMember.State
# What needs a hand comes first.
_ORDER = Case(
    When(state=State.REFUSED, then=Value(0)), When(state=State.WAITING, then=Value(2)), default=Value(1),
    output_field=IntegerField(),
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Report:
    """Members with their fate; `can_open` holds the documents the reader may look at."""

    members: list[ArchiveMember]
    can_open: set[int]
    percent: int
    taken: int
    known: int
    refused: int
    waiting: int
    was_given_up: bool


def of(archive: Archive, user: User) -> Report:
    """The report of one archive; three queries for any number of members."""
    members = list(archive.members.order_by(_ORDER, "position"))
    documents = {member.evidence_id for member in members if member.evidence_id}
    counted = {state: sum(member.state == state for member in members) for state in State}
    job = Job.objects.filter(kind=UNPACK, key=str(archive.pk)).order_by("-pk").first() if archive.is_open else None
    return Report(
        members=members,
        can_open=set(rules.visible_evidence(user).filter(pk__in=documents).values_list("pk", flat=True)),
        percent=100 * (len(members) - counted[State.WAITING]) // max(len(members), 1),
        taken=counted[State.TAKEN],
        known=counted[State.KNOWN],
        refused=counted[State.REFUSED],
        waiting=counted[State.WAITING],
        was_given_up=archive.is_open and (job is None or not job.is_open),
    )


def in_short(archive: Archive) -> dict[str, Any]:
    """One line about an archive for the place where it was dropped."""
    states = dict(archive.members.values_list("state").annotate(members=Count("pk")).order_by())
    total, waiting, refused = sum(states.values()), states.get(State.WAITING, 0), states.get(State.REFUSED, 0)
    taken = total - waiting - refused
    if archive.is_open:
        sentence = f"Sedang dibongkar: {total - waiting} dari {total} berkas."
    elif archive.sentence:
        sentence = archive.sentence
    else:
        sentence = f"Selesai dibongkar: {taken} dokumen diterima, {refused} ditolak."
    return {
        "archive": reverse("evaluations:archive", args=[archive.evaluation_id, archive.pk]),
        "unpacking": archive.is_open,
        "percent": 100 * (total - waiting) // max(total, 1),
        "sentence": sentence,
    }


def counted(archives: QuerySet[Archive]) -> QuerySet[Archive]:
    """Archives with how many of their members were accepted and refused, newest first."""
    accepted = Q(members__state__in=[State.TAKEN, State.KNOWN])
    return (
        archives.select_related("answer__question", "sent_by")
        .annotate(
            accepted=Count("members", filter=accepted), refused=Count("members", filter=Q(members__state=State.REFUSED))
        )
        .order_by("-pk")
    )
