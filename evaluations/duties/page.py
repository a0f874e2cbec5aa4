"""The plan as people read it: questions by cluster and indicator with their offices, and what changed."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from urllib.parse import urlencode

from accounts.models import AuditEvent, Office, User
from clusters.catalogue import Catalogue, Entry
from clusters.models import Cluster, Indicator
from clusters.scoring import total
from evaluations.duties.plan import NOBODY, Duty, duties_of, fingerprint, from_stored, offices_of
from evaluations.models import DutyChange, Evaluation

SHOWN_ACTS = 8
SHOWN_CHANGES = 12


@dataclass(frozen=True, slots=True)
class Filters:
    """What the list is cut down to; unknown values count as none."""

    cluster: str = ""
    indicator: str = ""
    office: int = 0
    unled: bool = False

    @property
    def query(self) -> str:
        """As an address carries them."""
        given = {
            "klaster": self.cluster,
            "indikator": self.indicator,
            "kantor": self.office or "",
            "tanpa": "1" if self.unled else "",
        }
        return urlencode({name: value for name, value in given.items() if value})

    def let_through(self, entry: Entry, duty: Duty) -> bool:
        """Whether the question is among those asked for."""
        indicator = entry.question.indicator
        return (
            self.cluster in ("", indicator.cluster.code)
            and self.indicator in ("", indicator.code)
            and (not self.office or self.office in duty.offices)
            and not (self.unled and duty.lead is not None)
        )


@dataclass(slots=True)
class Row:
    """One question of the plan."""

    entry: Entry
    duty: Duty
    lead: str
    support: list[str]
    is_mine: bool
    url: str
    can_edit: bool
    changed_now: bool = False


@dataclass(slots=True)
class Group:
    """An indicator with its rows."""

    indicator: Indicator
    rows: list[Row] = field(default_factory=list)


@dataclass(slots=True)
class Part:
    """A cluster of the list."""

    cluster: Cluster
    groups: list[Group]

    @property
    def count(self) -> int:
        """Questions shown."""
        return sum(len(group.rows) for group in self.groups)

    @property
    def unled(self) -> int:
        """Among them those without a lead."""
        return sum(row.duty.lead is None for group in self.groups for row in group.rows)


@dataclass(frozen=True, slots=True)
class Board:
    """The plan of an evaluation with all that names it."""

    evaluation: Evaluation
    catalogue: Catalogue
    duties: dict[int, Duty]
    offices: dict[int, Office]
    mine: int | None  # the office of whoever reads

    def duty(self, pk: int) -> Duty:
        """Who answers a question."""
        return self.duties.get(pk, NOBODY)

    @property
    def unled(self) -> int:
        """Questions that nobody leads: each is an alarm."""
        return sum(self.duty(pk).lead is None for pk in self.catalogue.by_pk)

    def name(self, office: int) -> str:
        """An office's name; those of the past may be gone."""
        found = self.offices.get(office)
        return found.name if found else "perangkat daerah yang sudah dihapus"

    def shown(self, filters: Filters) -> list[Entry]:
        """The questions that the filters let through, in the order of the instrument."""
        return [each for each in self.catalogue.entries if filters.let_through(each, self.duty(each.question.pk))]

    def mark(self, entries: Iterable[Entry]) -> str:
        """The standing of these questions in one word."""
        return fingerprint((each.question.pk, self.duty(each.question.pk)) for each in entries)

    def row(self, entry: Entry, base: str, *, can_edit: bool, changed_now: bool = False) -> Row:
        """A question as its row shows it; `base` is the address under which questions are edited, with "{code}"."""
        duty = self.duty(entry.question.pk)
        return Row(
            entry,
            duty,
            self.name(duty.lead) if duty.lead is not None else "",
            sorted(self.name(each) for each in duty.support),
            self.mine in duty.offices,
            base.format(code=entry.question.code),
            can_edit,
            changed_now,
        )

    def parts(self, entries: Iterable[Entry], base: str, *, can_edit: bool) -> list[Part]:
        """The rows by cluster and indicator."""
        parts: dict[int, Part] = {}
        groups: dict[int, Group] = {}
        for entry in entries:
            indicator = entry.question.indicator
            part = parts.setdefault(indicator.cluster_id, Part(indicator.cluster, []))
            if indicator.pk not in groups:
                groups[indicator.pk] = Group(indicator)
                part.groups.append(groups[indicator.pk])
            groups[indicator.pk].rows.append(self.row(entry, base, can_edit=can_edit))
        return list(parts.values())


def board_of(user: User, evaluation: Evaluation, catalogue: Catalogue) -> Board:
    """Read the plan: two queries, whatever the number of questions."""
    offices = offices_of(evaluation)
    mine = offices.get(user.office_id or 0)
    whole = mine.part_of_id if mine and mine.part_of_id else None
    return Board(evaluation, catalogue, duties_of(evaluation), offices, whole or (mine.pk if mine else None))


@dataclass(frozen=True, slots=True)
class OfficeLoad:
    """What one office has to carry."""

    office: Office
    leads: int
    supports: int
    points: Decimal  # of the questions it leads
    people: int


def loads(board: Board, people: Mapping[int, int]) -> list[OfficeLoad]:
    """Offices by the points they lead; those with nothing to do come last."""
    led: dict[int, list[Entry]] = {pk: [] for pk in board.offices}
    supported = dict.fromkeys(board.offices, 0)
    for pk, duty in board.duties.items():
        if duty.lead is not None:
            led[duty.lead].append(board.catalogue.by_pk[pk])
        for office in duty.support:
            supported[office] += 1
    lines = [
        OfficeLoad(
            office,
            len(led[pk]),
            supported[pk],
            total([each.question.maximum for each in led[pk]]),
            people.get(pk, 0),
        )
        for pk, office in board.offices.items()
    ]
    return sorted(lines, key=lambda line: (-line.points, -line.supports, line.office.name))


@dataclass(frozen=True, slots=True)
class Act:
    """A change as the history tells it."""

    event: AuditEvent  # with `by`
    codes: list[str]


def last_acts(board: Board) -> list[Act]:
    """The newest acts, each with the questions it changed. One query."""
    newest = (
        DutyChange.objects.filter(evaluation=board.evaluation).order_by("-event").values_list("event", flat=True)
    ).distinct()[:SHOWN_ACTS]
    found: dict[int, Act] = {}
    changes = DutyChange.objects.filter(evaluation=board.evaluation, event__in=list(newest))
    for change in changes.select_related("event__by").order_by("-event", "pk"):
        act = found.setdefault(change.event_id, Act(change.event, []))
        act.codes.append(board.catalogue.by_pk[change.question_id].question.code)
    return list(found.values())


@dataclass(frozen=True, slots=True)
class Former:
    """What stood before a change of one question, to be read and to be brought back."""

    event: AuditEvent
    duty: Duty
    lead: str
    support: list[str]
    is_possible: bool  # every office of it is still there


def former_of(board: Board, question_pk: int) -> list[Former]:
    """The standings of one question before its last changes, newest first. One query."""
    changes = DutyChange.objects.filter(evaluation=board.evaluation, question=question_pk)
    found = []
    for change in changes.select_related("event__by").order_by("-event")[:SHOWN_CHANGES]:
        duty = from_stored(change.before)
        found.append(
            Former(
                change.event,
                duty,
                board.name(duty.lead) if duty.lead is not None else "",
                sorted(board.name(each) for each in duty.support),
                duty.offices <= board.offices.keys(),
            )
        )
    return found
