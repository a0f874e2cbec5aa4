"""The *Lampiran Matriks* poured into its printed form: wide pages, a long table cut short, with a word on the rest."""

from dataclasses import dataclass

from reports.content.matrices import MatricesContent, MatrixPart
from reports.issues import Issue
from reports.letterheads import Masthead
from reports.printing import PrintedForm, day, poured

MOST_PRINTED = 100  # rows of one table
MOST_ALL = 1000  # rows of all tables: half a minute of the engine on a busy machine


@dataclass(frozen=True, slots=True)
class PrintedTable:
    """A table with the rows that fit."""

    part: MatrixPart
    rows: tuple[tuple[str, ...], ...]
    saved_on: str

    @property
    def left_out(self) -> int:
        """Rows that stand in the workbook only."""
        return len(self.part.cells) - len(self.rows)


def matrices(content: MatricesContent, masthead: Masthead, issue: Issue) -> PrintedForm:
    """The appendix ready for the engine."""
    most = most_of_one(content)
    zone = content.standing.zone
    values = {
        "standing": content.standing,
        "submitted_on": day(content.standing.submitted_at, zone),
        "content": content,
        "tables": [PrintedTable(part, part.cells[:most], day(part.saved_at, zone)) for part in content.parts],
    }
    sheets = ["matriks.css", *(["demo-lebar.css"] if content.standing.is_demo else [])]
    return poured("matriks", values, masthead, issue, zone, sheets)


def most_of_one(content: MatricesContent) -> int:
    """How many rows of a table are printed: fewer when many tables are long."""
    most = MOST_PRINTED
    while most > 10 and sum(min(most, len(part.cells)) for part in content.parts) > MOST_ALL:
        most -= 10
    return most


def weight(content: MatricesContent) -> int:
    """Rows that will be printed, by which the number of pages is guessed."""
    most = most_of_one(content)
    return sum(min(most, len(part.cells)) for part in content.parts)
