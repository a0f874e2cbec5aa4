"""What is still weak before sending: every weakness of every question, with the points at stake. Never writes."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

from clusters.rulebook import edition_of
from clusters.scoring import Points, RuleBook, at_stake
from evaluations.evidence.warnings import unanswered_warnings
from evaluations.matrices.checks import empty_matrices
from evaluations.models import Evaluation
from evaluations.worklist.standing import Line, states_of
from evaluations.worklist.states import State

NOBODY = "Tanpa penanggung jawab"


class Kind(StrEnum):
    """In the order in which they hurt."""

    RETURNED = "kembali"
    EMPTY = "kosong"
    UNPROVED = "bukti"
    MATRIX = "matriks"
    WARNED = "peringatan"
    UNCONFIRMED = "konfirmasi"
    CHECK = "periksa"
    NO_LEAD = "pemimpin"

    @property
    def label(self) -> str:
        """Words on the page."""
        return LABELS[self][0]

    @property
    def anchor(self) -> str:
        """Where on the question's page it is mended."""
        return LABELS[self][1]


LABELS: Mapping[Kind, tuple[str, str]] = {
    Kind.RETURNED: ("Dikembalikan, belum diperbaiki", "#keadaan"),
    Kind.EMPTY: ("Belum diisi", ""),
    Kind.UNPROVED: ("Tanpa bukti", "#bukti"),
    Kind.MATRIX: ("Matriks kosong", "#matriks"),
    Kind.WARNED: ("Peringatan bukti belum ditanggapi", "#bukti"),
    Kind.UNCONFIRMED: ("Belum dikonfirmasi penanggung jawab", "#keadaan"),
    Kind.CHECK: ("Salinan belum diperiksa", ""),
    Kind.NO_LEAD: ("Tanpa penanggung jawab", ""),
}


@dataclass(frozen=True, slots=True)
class Weak:
    """A question with everything that is weak about it."""

    line: Line
    kinds: tuple[Kind, ...]

    @property
    def at_stake(self) -> Decimal:
        """What can be lost: the claim, or everything while there is none."""
        return self.line.maximum if self.line.points is None else self.line.points

    @property
    def anchor(self) -> str:
        """Where to begin."""
        return next((kind.anchor for kind in self.kinds if kind.anchor), "")

    @property
    def office(self) -> str:
        """Who mends it."""
        return self.line.lead.name if self.line.lead else NOBODY

    @property
    def cluster(self) -> str:
        """Where it stands in the instrument."""
        cluster = self.line.entry.question.indicator.cluster
        return f"{cluster.code} · {cluster.name}"


@dataclass(frozen=True, slots=True)
class Count:
    """One kind of weakness over the whole evaluation."""

    kind: Kind
    questions: int
    at_stake: Decimal


@dataclass(frozen=True, slots=True)
class Group:
    """Weak questions of one cluster or one office."""

    name: str
    lines: list[Weak]
    at_stake: Decimal


@dataclass(frozen=True, slots=True)
class Checklist:
    """Everything that is weak, in the order of the instrument."""

    lines: list[Weak]
    counts: list[Count]
    stakes: "Stakes"

    @property
    def at_stake(self) -> Decimal:
        """Each question counted once, however many weaknesses it has."""
        return self.stakes.of(self.lines)

    @property
    def numbers(self) -> dict[str, int]:
        """What the sender confirms: how many questions of each kind."""
        return {each.kind.value: each.questions for each in self.counts}

    @property
    def seal(self) -> str:
        """The numbers as a form carries them, so that a change in between is noticed."""
        return "-".join(str(self.numbers.get(kind.value, 0)) for kind in Kind)

    def of_kind(self, kind: str) -> list[Weak]:
        """Only questions with this weakness; an unknown word means all."""
        return [each for each in self.lines if kind in each.kinds] if kind in list(Kind) else self.lines

    def grouped(self, lines: Iterable[Weak], *, by_office: bool) -> list[Group]:
        """By cluster in the order of the instrument, or by office, the most at stake first."""
        found: dict[str, list[Weak]] = {}
        for each in lines:
            found.setdefault(each.office if by_office else each.cluster, []).append(each)
        groups = [Group(name, rows, self.stakes.of(rows)) for name, rows in found.items()]
        return sorted(groups, key=lambda group: (-group.at_stake, group.name)) if by_office else groups


@dataclass(frozen=True, slots=True)
class Stakes:
    """All claims, so that what can be lost keeps the ceilings of the indicators: 1000 points, never 1003."""

    book: RuleBook
    claims: list[Points]

    def of(self, rows: Iterable[Weak]) -> Decimal:
        """What the total loses if these questions give nothing."""
        return at_stake(self.book, self.claims, {each.line.entry.index: each.at_stake for each in rows})


def checklist_of(evaluation: Evaluation) -> Checklist:
    """Five queries, whatever is weak."""
    warned, empty_tables = unanswered_warnings(evaluation), empty_matrices(evaluation)
    states = states_of(evaluation)
    book = edition_of(evaluation.cycle.instrument).book
    claims = {line.entry.index: line.points for line in states.values()}
    stakes = Stakes(book, [claims.get(place) for place in range(book.size)])
    lines = [
        Weak(line, kinds)
        for pk, line in states.items()
        if (kinds := tuple(_kinds(line, is_warned=bool(warned.get(pk)), lacks_matrix=pk in empty_tables)))
    ]
    counts = [Count(kind, len(rows), stakes.of(rows)) for kind, rows in _by_kind(lines)]
    return Checklist(lines, counts, stakes)


def _by_kind(lines: list[Weak]) -> list[tuple[Kind, list[Weak]]]:
    found = [(kind, [each for each in lines if kind in each.kinds]) for kind in Kind]
    return [(kind, rows) for kind, rows in found if rows]


def _kinds(line: Line, *, is_warned: bool, lacks_matrix: bool) -> list[Kind]:
    is_answered = line.points is not None
    holds = {
        Kind.RETURNED: line.state is State.RETURNED,
        Kind.EMPTY: not is_answered,
        Kind.UNPROVED: line.lacks_proof,
        Kind.MATRIX: lacks_matrix,
        Kind.WARNED: is_warned,
        Kind.UNCONFIRMED: is_answered and line.is_shared and not line.is_confirmed,
        Kind.CHECK: line.needs_check,
        Kind.NO_LEAD: line.lead is None,
    }
    return [kind for kind, does in holds.items() if does]
