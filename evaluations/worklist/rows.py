"""A question as a row of the list: what is left to do there, for whom, until when, and where it leads."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from zoneinfo import ZoneInfo

from django.urls import reverse

from accounts.models import User
from evaluations import rules
from evaluations.models import Evaluation
from evaluations.places.known import Units, units_known
from evaluations.worklist.filters import Filters
from evaluations.worklist.order import Group, group_of
from evaluations.worklist.standing import Line
from evaluations.worklist.states import State


@dataclass(frozen=True, slots=True)
class Task:
    """Everything a row shows."""

    line: Line
    url: str  # of the question
    trail: str  # the list one comes from, as the query string of the question
    todo: str
    part: str  # Memimpin or Mendukung; empty for those who answer for the whole region
    due_on: date | None
    is_late: bool
    can_confirm: bool


def tasks_of(lines: Sequence[Line], user: User, evaluation: Evaluation, filters: Filters, at: datetime) -> list[Task]:
    """Lines as rows for one user at one moment; one query where questions are counted by places, else none."""
    units = units_known(evaluation.region_id, (line.entry for line in lines))
    base = reverse("evaluations:overview", args=[evaluation.pk]) + "pertanyaan/"
    today = at.astimezone(ZoneInfo(evaluation.region.time_zone)).date()
    office = filters.office or user.office_id
    trails = {group: filters.trail(group) for group in Group}
    return [
        Task(
            line,
            f"{base}{line.entry.question.code}/",
            trails[group_of(line)],
            todo(line, units),
            part_of(line, office),
            line.due_for(office),
            line.state.is_open and (line.due_for(office) or date.max) < today,
            line.awaits_confirmation and rules.can_confirm(user, evaluation, line.lead_id),
        )
        for line in lines
    ]


def part_of(line: Line, office: int | None) -> str:
    """What an office has to do with a question, in a word."""
    if office is None:
        return ""
    return "Memimpin" if line.lead_id == office else "Mendukung"


def todo(line: Line, units: Units) -> str:
    """The next step for whoever looks at the line, in a few words; empty when there is none.

    `units` are the places that the portal knows: without them there is no sheet to tick.
    """
    if not line.state.is_open:
        return ""
    if line.state is State.RETURNED:
        return "Lengkapi buktinya" if line.returned and line.returned.until else "Perbaiki jawaban atau buktinya"
    if not line.is_task:
        return f"Menunggu {line.lead.name}" if line.lead else "Belum ada penanggung jawab"
    if not line.is_led:
        return _of_a_supporter(line, units)
    return _of_the_lead(line, units)


def where(line: Line, units: Units) -> str:
    """The part of the question's page where that step is done; empty when it is a button or a step of others."""
    if not (line.state.is_open and line.is_task):
        return ""
    if line.entry.question.place_unit in units and (not line.is_led or line.state is State.EMPTY):
        return "tempat"
    if not line.is_led:
        return "bukti" if line.entry.question.evidence else "percakapan"
    if line.returned and line.returned.until:
        return "bukti"
    if line.state in (State.RETURNED, State.CHECK, State.EMPTY):
        return "jawaban"
    return "bukti" if line.lacks_proof else ""


def _of_a_supporter(line: Line, units: Units) -> str:
    if line.entry.question.place_unit in units:
        return "Lengkapi lembar centang dan bukti"
    return "Tambahkan bukti" if line.entry.question.evidence else "Bantu mengisi jawaban"


def _of_the_lead(line: Line, units: Units) -> str:
    if line.state is State.CHECK:
        return "Periksa hasil salinan, lalu simpan"
    if line.state is State.EMPTY:
        return "Isi lembar centang" if line.entry.question.place_unit in units else "Isi jawaban"
    return "Unggah bukti" if line.lacks_proof else "Konfirmasi jawaban bersama"
