"""The way through the questions: to the one before, to the next, back to the list one came from."""

from dataclasses import dataclass

from django.urls import reverse

from accounts.models import User
from clusters.catalogue import Entry, catalogue_of
from evaluations.standing import Standing
from evaluations.worklist.filters import Filters
from evaluations.worklist.order import group_of, place_of
from evaluations.worklist.standing import Line
from evaluations.worklist.tasks_page import PER_PAGE, main_part, seen_by


@dataclass(frozen=True, slots=True)
class Step:
    """A question to go to."""

    code: str
    url: str


@dataclass(frozen=True, slots=True)
class Way:
    """Where one can go from a question; `trail` is the query string that keeps the list."""

    previous: Step | None
    next: Step | None
    back: str  # address of the list, at the right place; empty when one did not come from one
    trail: str
    number: int = 0  # place in the list, from 1; 0: not in it any more
    whole: int = 0


def way_from(user: User, standing: Standing, entry: Entry, filters: Filters) -> Way:
    """Along the list one came from, or else along the instrument."""
    return _along_the_list(user, standing, entry, filters) if filters.is_list else _along_the_book(standing, entry)


def _along_the_book(standing: Standing, entry: Entry) -> Way:
    entries = catalogue_of(standing.evaluation.cycle.instrument).entries
    seen = [each for each in entries if standing.mine is None or each.question.pk in standing.mine]
    place, base = seen.index(entry), _base(standing)
    before = seen[place - 1].question.code if place else ""
    after = seen[place + 1].question.code if place + 1 < len(seen) else ""
    return Way(_step(base, before), _step(base, after), "", "")


def _along_the_list(user: User, standing: Standing, entry: Entry, filters: Filters) -> Way:
    """A question that was worked off has left the list: what lay around it there is found by its former group."""
    seen, office = seen_by(user, standing, filters), filters.office or user.office_id
    listed = main_part(filters, seen.shown)
    here = next(line for line in seen.lines if line.entry is entry)
    group = group_of(here) if filters.group is None else filters.group
    mark = place_of(here, office, group)
    before = [line for line in listed if line is not here and place_of(line, office) < mark]
    after = [line for line in listed if line is not here and place_of(line, office) > mark]
    base = _base(standing)
    page = len(before) // PER_PAGE + 1
    address = reverse("evaluations:tasks", args=[standing.evaluation.pk])
    query = "&".join(filter(None, [filters.query(), f"halaman={page}" if page > 1 else ""]))
    anchor = here if here in listed else (after or before or [here])[0 if after else -1]
    return Way(
        _along(base, before[-1:], filters),
        _along(base, after[:1], filters),
        f"{address}{'?' if query else ''}{query}#t-{anchor.entry.question.code}",
        filters.trail(group),
        len(before) + 1 if here in listed else 0,
        len(listed),
    )


def _base(standing: Standing) -> str:
    return reverse("evaluations:overview", args=[standing.evaluation.pk]) + "pertanyaan/"


def _step(base: str, code: str, trail: str = "") -> Step | None:
    return Step(code, f"{base}{code}/{'?' if trail else ''}{trail}") if code else None


def _along(base: str, lines: list[Line], filters: Filters) -> Step | None:
    return _step(base, lines[0].entry.question.code, filters.trail(group_of(lines[0]))) if lines else None
