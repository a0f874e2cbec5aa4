"""The page from which workbooks are taken, and to which they come back. Never writes."""

from dataclasses import dataclass
from datetime import datetime

from django.core.paginator import Page, Paginator
from django.db.models import Count, Max, Q

from accounts.models import Office, User
from evaluations.models import Evaluation, Import, Responsibility
from evaluations.workbooks import rules as workbook_rules
from evaluations.workbooks import undoing
from evaluations.workbooks.comparing import written_words

PER_PAGE = 20


@dataclass(frozen=True, slots=True)
class OfficeLine:
    """An office with its questions, and when its workbook came back last."""

    office: Office
    leads: int
    supports: int
    applied_at: datetime | None


@dataclass(frozen=True, slots=True)
class ImportLine:
    """A file that was handed in."""

    found: Import
    state: str
    label: str

    @property
    def written(self) -> str:
        """What it wrote, in words; empty before it is applied."""
        return words_of(self.found) if "WRITTEN" in self.found.counts else ""


def offices_of(user: User, evaluation: Evaluation) -> list[OfficeLine]:
    """Offices that have questions, by name; three statements."""
    duties = Responsibility.objects.filter(evaluation=evaluation).values("office")
    counted = {
        office: (leads, whole - leads)
        for office, whole, leads in duties.annotate(
            whole=Count("pk"), leads=Count("pk", filter=Q(is_lead=True))
        ).values_list("office", "whole", "leads")
    }
    applied = dict(
        Import.objects.filter(evaluation=evaluation, state=Import.State.CONFIRMED, office__isnull=False)
        .values("office")
        .annotate(last=Max("decided_at"))
        .values_list("office", "last")
    )
    offices = workbook_rules.workbook_offices(user, evaluation).order_by("name")
    return [
        OfficeLine(office, *_both(office, counted), applied.get(office.pk))
        for office in offices
        if any(_both(office, counted))
    ]


def _both(office: Office, counted: dict[int, tuple[int, int]]) -> tuple[int, int]:
    """Questions the office leads and supports, those of the whole it is a part of included."""
    own = [counted.get(pk, (0, 0)) for pk in (office.pk, office.part_of_id) if pk]
    return sum(leads for leads, _ in own), sum(supports for _, supports in own)


def imports_of(
    user: User, evaluation: Evaluation, kind: Import.Kind, number: str | None, at: datetime
) -> tuple["Page[Import]", list[ImportLine]]:
    """Files that were handed in, the newest first, a page of them; three statements."""
    found = (
        workbook_rules.visible_imports(user)
        .filter(evaluation=evaluation, kind=kind)
        .select_related("office", "uploaded_by")
    )
    page = Paginator(found.defer("rows").order_by("-pk"), PER_PAGE).get_page(number)
    undone = undoing.last_of(page.object_list)
    return page, [_line(each, at, is_undone=each.pk in undone) for each in page.object_list]


def words_of(found: Import) -> str:
    """What an applied file has written, in words."""
    return written_words(found.counts.get("WRITTEN", 0), found.counts.get("NOTES", 0))


def _line(found: Import, at: datetime, *, is_undone: bool) -> ImportLine:
    if is_undone:
        return ImportLine(found, "UNDONE", "Dikembalikan")
    state = found.state_at(at)
    return ImportLine(found, state, str(Import.State(state).label))
