"""What two tables do not have in common, row by row."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher

from clusters.matrices import Column
from clusters.matrix_cells import show_value
from evaluations.matrices.rows import Row

MOST_SHOWN = 60


@dataclass(frozen=True, slots=True)
class Pair:
    """A cell before and after."""

    before: str
    after: str

    @property
    def differs(self) -> bool:
        """Whether it was changed."""
        return self.before != self.after


@dataclass(frozen=True, slots=True)
class Change:
    """A row that stands in one table only ("removed", "added"), or differently in both ("changed")."""

    kind: str
    number: int  # in the table where it stands
    cells: tuple[Pair, ...]


@dataclass(frozen=True, slots=True)
class Difference:
    """All changes, the first of them to show, and how many rows are the same."""

    columns: tuple[Column, ...]
    changes: Sequence[Change]
    count: int
    same: int

    @property
    def hidden(self) -> int:
        """Changes that are not shown."""
        return self.count - len(self.changes)


def difference(columns: Sequence[Column], before: Sequence[Row], after: Sequence[Row]) -> Difference:
    """Compare two tables under the same columns."""
    old, new = _comparable(columns, before), _comparable(columns, after)
    matcher = SequenceMatcher(None, old, new, autojunk=False)
    changes = [change for tag, *span in matcher.get_opcodes() if tag != "equal" for change in _changes(old, new, *span)]
    same = sum(block.size for block in matcher.get_matching_blocks())
    return Difference(tuple(columns), changes[:MOST_SHOWN], len(changes), same)


def _comparable(columns: Sequence[Column], rows: Sequence[Row]) -> list[tuple[str, ...]]:
    return [tuple(show_value(column, row.get(column.code, "")) for column in columns) for row in rows]


def _changes(
    old: list[tuple[str, ...]], new: list[tuple[str, ...]], first: int, last: int, start: int, end: int
) -> Iterator[Change]:
    both = min(last - first, end - start)
    for step in range(both):
        cells = zip(old[first + step], new[start + step], strict=True)
        yield Change("changed", start + step + 1, tuple(Pair(*cell) for cell in cells))
    for place in range(first + both, last):
        yield Change("removed", place + 1, tuple(Pair(text, "") for text in old[place]))
    for place in range(start + both, end):
        yield Change("added", place + 1, tuple(Pair("", text) for text in new[place]))


def merged(base: Sequence[Row], theirs: Sequence[Row], mine: Sequence[Row]) -> tuple[list[Row], int]:
    """Their table with my changes since the common beginning, and how many of these met a row that they changed too.

    A row that I changed or took out is found again in theirs if they left it alone; where they did not, theirs stays
    and mine is added behind.
    """
    rows, behind = list(theirs), 0
    old, new = [tuple(sorted(row.items())) for row in base], [tuple(sorted(row.items())) for row in mine]
    for tag, first, last, start, end in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if tag == "equal":
            continue
        for step in range(max(last - first, end - start)):
            before = base[first + step] if first + step < last else None
            after = mine[start + step] if start + step < end else None
            behind += _merge(rows, before, after)
    return rows, behind


def _merge(rows: list[Row], before: Row | None, after: Row | None) -> bool:
    """One change of mine put into their rows; whether it met one of theirs."""
    if before is not None and before in rows:
        place = rows.index(before)
        rows[place : place + 1] = [after] if after is not None else []
        return False
    if after is not None and after not in rows:
        rows.append(after)
    return before is not None and after is not None
