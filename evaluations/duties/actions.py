"""Changing who answers what: one question, several, a whole file, or taking an act back; all or nothing."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction

from accounts import audit
from accounts.models import AuditEvent, Office, User
from evaluations import windows
from evaluations.duties import telling
from evaluations.duties.plan import NOBODY, Duty, from_stored, gathered
from evaluations.models import Answer, DutyChange, Evaluation, Responsibility


@dataclass(frozen=True, slots=True)
class Wish:
    """What a question's duty shall become; `seen` is what the person had before the eyes (None: whatever stands)."""

    wanted: Duty
    seen: Duty | None


UNSEEN = Duty(due_on=date.min)  # equal to no standing: what nobody has seen is a conflict as soon as it would change


class PlanLocked(Exception):
    """The evaluation is sent; who answers what is fixed for the region."""

    def __init__(self) -> None:
        super().__init__(
            "Evaluasi sudah dikirim, sehingga pembagian tugas terkunci. Perubahan hanya dilakukan administrator."
        )


class PlanWaits(PlanLocked):
    """The leader decides about what was handed in, and by whom."""

    def __init__(self) -> None:
        Exception.__init__(self, str(windows.AwaitingApproval()))


class Conflict(Exception):
    """Somebody else changed these questions meanwhile; `current` is what stands now, by question."""

    def __init__(self, current: dict[int, Duty]) -> None:
        super().__init__("Pembagian tugas ini baru saja diubah orang lain. Periksa susunan terbaru, lalu ulangi.")
        self.current = current


class NothingToUndo(Exception):
    """Every question of the act has been changed again, or the act is none of this evaluation."""

    def __init__(self) -> None:
        super().__init__(
            "Perubahan ini tidak dapat dibatalkan karena susunannya sudah diubah lagi. "
            "Ubah pertanyaannya satu per satu."
        )


@transaction.atomic
def assign(
    *, evaluation: Evaluation, wishes: Mapping[int, Wish], by: User, at: datetime, after_sending: bool = False
) -> int:
    """Bring questions (by pk) to what is wished; returns how many changed. What stands so already is left alone.

    `after_sending`: the caller has made sure that this person may change a plan that is locked for the region.
    Raises `PlanLocked` or `Conflict`. A new lead has confirmed nothing yet, so a confirmation ends with its lead.
    """
    evaluation = Evaluation.objects.locked().get(pk=evaluation.pk)
    if evaluation.is_submitted and not after_sending:
        raise PlanLocked
    if evaluation.is_waiting and not after_sending:
        raise PlanWaits
    rows = list(Responsibility.objects.filter(evaluation=evaluation, question_id__in=list(wishes)))
    standing = dict.fromkeys(wishes, NOBODY) | gathered(rows)
    changed = {pk: wish for pk, wish in wishes.items() if standing[pk] != wish.wanted}
    met = {pk: standing[pk] for pk, wish in changed.items() if wish.seen is not None and wish.seen != standing[pk]}
    if met:
        raise Conflict(met)
    if not changed:
        return 0
    wanted = {pk: wish.wanted for pk, wish in changed.items()}
    before = {pk: standing[pk] for pk in wanted}
    _write(evaluation, rows, wanted)
    new_leads = [pk for pk, duty in wanted.items() if duty.lead != before[pk].lead]
    Answer.objects.filter(evaluation=evaluation, question_id__in=new_leads, confirmed_at__isnull=False).update(
        confirmed_at=None, confirmed_by=None
    )
    event = _keep(evaluation, before, wanted, by, at)
    telling.tell_new(evaluation=evaluation, event=event, before=before, after=wanted, at=at)
    return len(wanted)


@transaction.atomic
def undo(*, evaluation: Evaluation, event_pk: int, by: User, at: datetime, after_sending: bool = False) -> int:
    """Give the questions of one act what they had before it, as far as nobody has changed them since.

    Returns how many came back. Raises `NothingToUndo` or `PlanLocked`.
    """
    evaluation = Evaluation.objects.locked().get(pk=evaluation.pk)
    changes = DutyChange.objects.filter(evaluation=evaluation, event=event_pk)
    kept = {each.question_id: (from_stored(each.before), from_stored(each.after)) for each in changes}
    rows = Responsibility.objects.filter(evaluation=evaluation, question_id__in=list(kept))
    standing = dict.fromkeys(kept, NOBODY) | gathered(rows)
    known = set(Office.objects.filter(region=evaluation.region_id).values_list("pk", flat=True))  # some may be gone
    wishes = {
        pk: Wish(before, after)
        for pk, (before, after) in kept.items()
        if standing[pk] == after and before.offices <= known
    }
    if not wishes:
        raise NothingToUndo
    return assign(evaluation=evaluation, wishes=wishes, by=by, at=at, after_sending=after_sending)


def _write(evaluation: Evaluation, rows: list[Responsibility], wanted: Mapping[int, Duty]) -> None:
    """Five statements whatever the number: remove, step down, bring up to date, add."""
    present = {(row.question_id, row.office_id): row for row in rows if row.question_id in wanted}
    gone = [row.pk for (pk, office), row in present.items() if office not in wanted[pk].offices]
    Responsibility.objects.filter(pk__in=gone).delete()
    kept = [row for (pk, office), row in present.items() if office in wanted[pk].offices]
    down = [row.pk for row in kept if row.is_lead and wanted[row.question_id].lead != row.office_id]
    Responsibility.objects.filter(pk__in=down).update(is_lead=False)  # first: there is one lead at any moment
    for row in kept:
        row.is_lead = wanted[row.question_id].lead == row.office_id
        row.due_on = wanted[row.question_id].due_on
    Responsibility.objects.bulk_update(kept, ["is_lead", "due_on"])
    Responsibility.objects.bulk_create(
        Responsibility(
            evaluation=evaluation, question_id=pk, office_id=office, is_lead=duty.lead == office, due_on=duty.due_on
        )
        for pk, duty in wanted.items()
        for office in sorted(duty.offices)
        if (pk, office) not in present
    )


def _keep(
    evaluation: Evaluation, before: Mapping[int, Duty], after: Mapping[int, Duty], by: User, at: datetime
) -> AuditEvent:
    """One event for the act, one row of history for each question."""
    subject = f"duty:{evaluation.pk}:{next(iter(after))}" if len(after) == 1 else f"duty:{evaluation.pk}"
    event = audit.record(
        action="responsibility.changed", subject=subject, by=by, at=at, region_id=evaluation.region_id,
        details={"changes": [
            {"question": pk, "old": before[pk].stored(), "new": duty.stored()} for pk, duty in after.items()
        ]},
    )  # fmt: skip
    DutyChange.objects.bulk_create(
        DutyChange(
            event=event,
            evaluation=evaluation,
            question_id=pk,
            before=before[pk].stored(),
            after=duty.stored(),
        )
        for pk, duty in after.items()
    )
    return event
