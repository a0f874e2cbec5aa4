"""The list of what is left to do: rows in order, filters with their counts, pages."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from itertools import groupby

from django.core.paginator import Page, Paginator

from accounts.models import User
from clusters.models import Cluster, Indicator
from evaluations.standing import Standing
from evaluations.worklist.filters import STATES, Filters, is_in
from evaluations.worklist.order import Group, group_of, in_order
from evaluations.worklist.rows import Task, tasks_of
from evaluations.worklist.search import found_by
from evaluations.worklist.standing import Line, lines_of, open_tasks
from evaluations.worklist.states import State

PER_PAGE = 40


@dataclass(frozen=True, slots=True)
class Section:
    """A part of the list with its heading."""

    group: Group
    tasks: list[Task]


@dataclass(frozen=True, slots=True)
class Choice:
    """One value of the filter by state: how many it would show, and its query string."""

    label: str
    count: int
    query: str
    is_current: bool


@dataclass(frozen=True, slots=True)
class Share:
    """What an office leads or supports: how much of it there is, and how much is left to do."""

    label: str
    query: str
    open: int
    whole: int


@dataclass(frozen=True, slots=True)
class TasksPage:
    """Everything the page shows."""

    filters: Filters
    sections: list[Section]
    page: "Page[Line]"
    done: list[Task]  # at the end of a list of all states, folded
    done_count: int
    choices: list[Choice]
    shares: list[Share]
    offices: list[tuple[int, str]]
    indicators: list[tuple[Cluster, list[Indicator]]]
    open_tasks: int
    whole: int

    @property
    def prefix(self) -> str:
        """What stands before the number of a page in an address."""
        query = self.filters.query()
        return f"{query}&" if query else ""

    @property
    def done_query(self) -> str:
        """The list of everything that is done."""
        locked = bool(self.done) and self.done[0].line.state is State.LOCKED
        return self.filters.query(state="terkunci" if locked else "siap")


@dataclass(frozen=True, slots=True)
class Seen:
    """The lines of a user, and what the filters leave of them, in order."""

    lines: list[Line]
    narrowed: list[Line]  # by all filters but the state
    shown: list[Line]


def seen_by(user: User, standing: Standing, filters: Filters) -> Seen:
    """Two queries at most beside the standing."""
    lines = list(lines_of(standing, user).values())
    found = found_by(standing.evaluation, filters.words) if filters.words else None
    narrowed = in_order((line for line in lines if filters.fits(line, found)), filters.office or user.office_id)
    return Seen(lines, narrowed, [line for line in narrowed if is_in(filters.state, line)])


def main_part(filters: Filters, shown: list[Line]) -> list[Line]:
    """What is laid out in pages: everything under a state, else all that is not done."""
    return shown if filters.state else [line for line in shown if group_of(line) is not Group.DONE]


def build(user: User, standing: Standing, filters: Filters, number: str | None, at: datetime) -> TasksPage:
    """The page; its queries do not depend on the number of questions."""
    seen = seen_by(user, standing, filters)
    paged = main_part(filters, seen.shown)
    page = Paginator(paged, PER_PAGE).get_page(number)
    done = [] if filters.state or page.has_next() else seen.shown[len(paged) :]
    tasks = tasks_of([*page.object_list, *done[:PER_PAGE]], user, standing.evaluation, filters, at)
    sections = groupby(tasks[: len(page.object_list)], key=lambda task: group_of(task.line))
    return TasksPage(
        filters,
        [Section(group, list(found)) for group, found in sections],
        page,
        tasks[len(page.object_list) :],
        len(done),
        _choices(filters, seen.narrowed),
        _shares(seen.lines) if standing.mine is not None else [],
        _offices(seen.lines) if standing.mine is None else [],
        _indicators(seen.lines),
        open_tasks(seen.lines),
        len(seen.lines),
    )


def _choices(filters: Filters, lines: list[Line]) -> list[Choice]:
    """Values that would show something, and the present one."""
    counted = [(name, label, sum(is_in(name, line) for line in lines)) for name, label in STATES.items()]
    everything = Choice("Semua", len(lines), filters.query(state=""), not filters.state)
    return [everything] + [
        Choice(label, count, filters.query(state=name), name == filters.state)
        for name, label, count in counted
        if count or name == filters.state
    ]


def _shares(lines: list[Line]) -> list[Share]:
    parts = [("memimpin", "memimpin", True), ("mendukung", "mendukung", False)]
    found = [(name, label, [line for line in lines if line.is_led is led]) for name, label, led in parts]
    return [Share(label, Filters(part=name).query(), open_tasks(each), len(each)) for name, label, each in found]


def _offices(lines: list[Line]) -> list[tuple[int, str]]:
    names = {each.office_id: each.name for line in lines for each in line.offices}
    return sorted(names.items(), key=lambda pair: pair[1])


def _indicators(lines: Iterable[Line]) -> list[tuple[Cluster, list[Indicator]]]:
    """Indicators with questions of the user, under their clusters."""
    found: dict[int, tuple[Cluster, dict[int, Indicator]]] = {}
    for line in lines:
        indicator = line.entry.question.indicator
        found.setdefault(indicator.cluster_id, (indicator.cluster, {}))[1].setdefault(indicator.pk, indicator)
    return [(cluster, list(indicators.values())) for cluster, indicators in found.values()]
