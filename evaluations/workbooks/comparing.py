"""A workbook's rows beside the portal as it stands: what is new, changed, unchanged, in conflict, refused.

Three versions meet in a row: what the workbook was made from, what it asks for, what the portal holds now. Only a row
that a person has touched in the workbook AND somebody else in the portal is a conflict.
"""

import hashlib
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from enum import StrEnum
from typing import NamedTuple

from accounts.models import User
from clusters.catalogue import Catalogue, Entry, catalogue_of
from evaluations import claims, rules
from evaluations.claims import Claim
from evaluations.models import AnswerVersion, Evaluation, PlaceTick
from evaluations.workbooks.wishes import Wish, claim_in, claim_of, tidy

CLAIM = ("kind", "option_id", "measure", "measure_before", "points", "reason", "note")
SAVED_BY = ("saved_by__first_name", "saved_by__username", "saved_by__office__name")


class Standing(NamedTuple):
    """An answer as the portal holds it; the first columns are those of a version."""

    kind: str
    option_id: int | None
    measure: Decimal | None
    measure_before: Decimal | None
    points: Decimal | None
    reason: str
    note: str
    pk: int
    question_id: int
    version: int
    saved_at: datetime | None
    saved_by: str | None  # who saved it last, in words; None: an import


class Base(NamedTuple):
    """An answer as it was when the workbook was made."""

    kind: str
    option_id: int | None
    measure: Decimal | None
    measure_before: Decimal | None
    points: Decimal | None
    reason: str
    note: str


BOTH = "Jawaban dan Angka sama-sama terisi. Kosongkan angkanya bila datanya memang tidak ada, atau kosongkan Jawaban."
MOVED = "Diubah di portal setelah buku kerja dibuat."
NOTHING = Base("", None, None, None, None, "", "")


class Kind(StrEnum):
    """What becomes of a row, in the order in which the page shows them."""

    REFUSED = "REFUSED"
    CONFLICT = "CONFLICT"
    NEW = "NEW"
    CHANGED = "CHANGED"
    NOTE = "NOTE"
    SAME = "SAME"

    @property
    def label(self) -> str:
        """Word on the page."""
        return _WORDS[self.value]


_WORDS = {
    "REFUSED": "Ditolak", "CONFLICT": "Berbenturan", "NEW": "Baru", "CHANGED": "Berubah", "NOTE": "Catatan saja",
    "SAME": "Tetap",
}  # fmt: skip
_WRITTEN = (Kind.NEW, Kind.CHANGED, Kind.NOTE)


def written_words(written: int, notes: int) -> str:
    """ "13 jawaban dan 1 catatan": a note alone answers nothing, and the counters beside it know."""
    said = [f"{written - notes} jawaban"] if written > notes or not notes else []
    return " dan ".join([*said, *([f"{notes} catatan"] if notes else [])])


@dataclass(frozen=True, slots=True)
class Row:
    """One row of the file, laid beside the portal's answer."""

    kind: Kind
    wish: Wish
    entry: Entry
    standing: Standing | None  # None: the answer is not this person's
    claim: Claim
    note: str
    faults: tuple[str, ...] = ()
    remark: str = ""

    @property
    def option(self) -> str:
        """What the workbook chooses, in words."""
        return _label(self.entry, self.claim.option_id)

    @property
    def standing_option(self) -> str:
        """What the portal holds, in words."""
        if self.standing is None or self.standing.points is None:
            return ""
        return _label(self.entry, self.standing.option_id) or self.standing.reason

    @property
    def is_note_only(self) -> bool:
        """Whether the claim stays as it is."""
        return self.standing is not None and self.claim == claim_in(self.standing)

    @property
    def note_differs(self) -> bool:
        """Whether the note is part of the change."""
        return self.standing is not None and self.note != self.standing.note


@dataclass(frozen=True, slots=True)
class Comparison:
    """All rows of a file; `seal` changes as soon as anything that would be written rests on another version."""

    rows: tuple[Row, ...]

    @property
    def refused(self) -> list[Row]:
        """Rows that cannot be taken."""
        return [row for row in self.rows if row.kind is Kind.REFUSED]

    @property
    def conflicts(self) -> list[Row]:
        """Rows that were touched on both sides."""
        return [row for row in self.rows if row.kind is Kind.CONFLICT]

    @property
    def same(self) -> list[Row]:
        """Rows that change nothing."""
        return [row for row in self.rows if row.kind is Kind.SAME]

    @property
    def written(self) -> list[Row]:
        """Rows that are written without asking: new and changed ones."""
        return self.chosen(())

    @property
    def written_words(self) -> str:
        """What is written without asking, in words."""
        return written_words(len(self.written), self.counts[Kind.NOTE.value])

    @property
    def doubtful(self) -> list[Row]:
        """Rows that may be written and whose figures are read otherwise than they stand in the cell."""
        return [row for row in self.rows if row.remark and row.kind in (*_WRITTEN, Kind.CONFLICT)]

    @property
    def counts(self) -> dict[str, int]:
        """How many rows of each kind."""
        found = dict.fromkeys(Kind, 0)
        for row in self.rows:
            found[row.kind] += 1
        return {kind.value: count for kind, count in found.items()}

    @property
    def seal(self) -> str:
        """Short for: these rows, on these versions."""
        said = [
            f"{row.kind}:{row.standing.pk}:{row.standing.version}"
            for row in self.rows
            if row.standing and row.kind in (*_WRITTEN, Kind.CONFLICT)
        ]
        return hashlib.sha256(" ".join(said).encode()).hexdigest()[:32]

    def chosen(self, portal_loses: Collection[int]) -> list[Row]:
        """What is written: new and changed rows, and conflicts in which the person chose the workbook (questions)."""
        return [
            row
            for row in self.rows
            if row.kind in _WRITTEN or (row.kind is Kind.CONFLICT and row.wish.question_id in portal_loses)
        ]


def compare(wishes: Sequence[Wish], evaluation: Evaluation, user: User) -> Comparison:
    """Lay wishes beside the answers this user may change; three statements, whatever the number of rows."""
    catalogue: Catalogue = catalogue_of(evaluation.cycle.instrument)
    standing = _standing(evaluation, user)
    bases = _bases(wishes, standing)
    ticked = frozenset(
        PlaceTick.objects.filter(answer__evaluation=evaluation).values_list("answer_id", flat=True).distinct()
    )
    return Comparison(
        tuple(_row(wish, catalogue.by_pk[wish.question_id], standing.get(wish.question_id), bases, ticked)
              for wish in wishes if wish.question_id in catalogue.by_pk)
    )  # fmt: skip


def _standing(evaluation: Evaluation, user: User) -> dict[int, Standing]:
    answers = rules.visible_answers(user).filter(evaluation=evaluation)
    rows = answers.values_list(*CLAIM, "pk", "question_id", "version", "saved_at", *SAVED_BY)
    found = {}
    for row in rows.iterator(chunk_size=2000):
        *said, first, username, office = row
        found[row[8]] = Standing._make([*said, ", ".join(each for each in (first or username, office) if each) or None])
    return found


def _bases(wishes: Iterable[Wish], standing: dict[int, Standing]) -> dict[int, Base]:
    """By answer, what it was at the workbook's version, where the portal has moved on since."""
    moved = {
        standing[wish.question_id].pk: wish.version
        for wish in wishes
        if wish.question_id in standing and 0 < wish.version < standing[wish.question_id].version
    }
    if not moved:
        return {}
    versions = AnswerVersion.objects.filter(answer__in=list(moved), version__in=set(moved.values()))
    rows = versions.values_list("answer_id", "version", *CLAIM)
    return {answer: Base._make(claim) for answer, version, *claim in rows if moved[answer] == version}


def _row(wish: Wish, entry: Entry, standing: Standing | None, bases: dict[int, Base], ticked: Collection[int]) -> Row:
    if standing is None:
        return _refused(wish, entry, None, "Pertanyaan ini bukan tugas perangkat daerah Anda. Barisnya tidak dipakai.")
    if wish.faults:
        return Row(Kind.REFUSED, wish, entry, standing, claims.EMPTY, "", wish.faults)
    if wish.version > standing.version:
        return _refused(wish, entry, standing, "Baris ini dibuat dari versi yang tidak dikenal. Unduh buku kerja baru.")
    old = claim_in(standing)
    moved = wish.version < standing.version
    base = NOTHING if wish.version == 0 else bases.get(standing.pk) if moved else standing
    if _says_both(wish, entry, base):
        return _refused(wish, entry, standing, BOTH)
    claim, note = claim_of(wish, entry, old), _note(wish, standing.note)
    if claim == old and note == standing.note:
        return Row(Kind.SAME, wish, entry, standing, old, standing.note, remark=MOVED if moved else "")
    if claim != old and standing.pk in ticked:
        return _refused(wish, entry, standing, "Angka: mengikuti lembar centang di portal. Ubah centangnya di sana.")
    if not moved:
        kind = Kind.NOTE if claim == old else Kind.CHANGED if standing.points is not None else Kind.NEW
        return Row(kind, wish, entry, standing, claim, note, remark=wish.remark)
    if (
        base is not None
        and claim_of(wish, entry, claim_in(base)) == claim_in(base)
        and _note(wish, base.note) == base.note
    ):
        return Row(Kind.SAME, wish, entry, standing, old, standing.note, remark=MOVED)
    return Row(Kind.CONFLICT, wish, entry, standing, claim, note, remark=wish.remark)


def _says_both(wish: Wish, entry: Entry, base: "Base | Standing | None") -> bool:
    """Whether "no data" was chosen in the workbook while its figures were left in place."""
    figures = wish.measure is not None or wish.before is not None
    chosen = wish.option_id is not None and (base is None or wish.option_id != base.option_id)
    return entry.question.two_years and figures and chosen


def _refused(wish: Wish, entry: Entry, standing: Standing | None, sentence: str) -> Row:
    return Row(Kind.REFUSED, wish, entry, standing, claims.EMPTY, "", (sentence,))


def _note(wish: Wish, standing: str) -> str:
    """The note that the wish makes of what stands; line ends alone are no change."""
    return standing if wish.note is None or wish.note == tidy(standing) else wish.note


def _label(entry: Entry, option_id: int | None) -> str:
    option = entry.option(option_id)
    return option.label if option else ""
