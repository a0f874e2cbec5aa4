"""Taking back what a file has written, as far as nobody has changed it since: a new save, nothing is erased."""

from collections.abc import Iterable
from datetime import datetime

from django.db import transaction
from django.db.models import F, QuerySet

from accounts.models import AuditEvent, User
from clusters.stages import Stage
from evaluations import claims, rules, tasks
from evaluations.actions.many import Change, save_many
from evaluations.models import Answer, AnswerVersion, Import
from evaluations.workbooks.actions import held, record
from evaluations.workbooks.wishes import claim_in
from evaluations.worklist.telling import tell_leads


class NothingToUndo(Exception):
    """No answer stands any more as the file wrote it."""

    def __init__(self) -> None:
        super().__init__(
            "Tidak ada lagi jawaban yang masih seperti yang ditulis berkas ini. Ubah jawabannya satu per satu."
        )


def untouched(found: Import, user: User) -> QuerySet[AnswerVersion]:
    """What the file wrote and still stands, of the answers this person may change; empty before it is applied.

    The moment and the person of the confirmation name the versions: both were written with the same values.
    """
    if found.state != Import.State.CONFIRMED:
        return AnswerVersion.objects.none()
    return AnswerVersion.objects.filter(
        answer__in=rules.visible_answers(user).filter(evaluation=found.evaluation_id),
        version=F("answer__version"), saved_at=found.decided_at, saved_by=found.decided_by_id,
    )  # fmt: skip


def last_of(imports: Iterable[Import]) -> dict[int, AuditEvent]:
    """By file, the last time that answers of it were taken back, as the trail tells it; one query at most."""
    applied = [f"import:{each.pk}" for each in imports if each.state == Import.State.CONFIRMED]
    if not applied:
        return {}
    events = AuditEvent.objects.filter(action="import.undone", subject__in=applied).select_related("by").order_by("pk")
    return {int(event.subject.removeprefix("import:")): event for event in events}


@transaction.atomic
def undo(*, found: Import, in_time_only: bool, by: User, at: datetime) -> int:
    """Give these answers what they held before the file; returns how many came back.

    Raises `NothingToUndo`, `AlreadySubmitted` or `windows.WindowClosed`.
    """
    evaluation = held(found.evaluation_id, in_time_only=in_time_only, at=at)
    standing = list(untouched(found, by).values_list("answer_id", "version"))
    if not standing:
        raise NothingToUndo
    earlier = AnswerVersion.objects.filter(answer__in=[pk for pk, _ in standing], version=F("answer__version") - 1)
    before = {each.answer_id: each for each in earlier}
    save_many([_back(pk, before.get(pk)) for pk, _ in standing], by=by, at=at)
    _doubt_copies(before)
    back = [pk for pk, _ in standing]
    tell_leads(evaluation=evaluation, answers=back, occasion=f"undone:{found.pk}", by=by, at=at)
    record("import.undone", found, by, at, {"count": len(standing)})
    tasks.promise_settlement(evaluation.pk, Stage.EM, at)
    return len(standing)


def _back(answer_id: int, before: AnswerVersion | None) -> Change:
    if before is None:
        return Change(answer_id, claims.EMPTY, "")
    return Change(answer_id, claim_in(before), before.note)


def _doubt_copies(before: dict[int, AnswerVersion]) -> None:
    """What had been copied from another cycle is to be checked again: a save ends that doubt, this one must not."""
    copied = AuditEvent.objects.filter(
        action="answer.taken_over", subject__in=[f"answer:{pk}" for pk in before]
    ).values_list("subject", "details")
    again = [
        pk
        for subject, details in copied
        if before[pk := int(subject.removeprefix("answer:"))].version == details["version"]
    ]
    Answer.objects.filter(pk__in=again, points__isnull=False).update(needs_check=True)
