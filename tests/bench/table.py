"""What was measured, as lines for the screen and for docs/benchmarks.md."""

from dataclasses import dataclass
from pathlib import Path

PAGE = Path(__file__).resolve().parents[2] / "docs" / "benchmarks.md"


@dataclass(frozen=True)
class Row:
    """One work beside its limit, both in seconds, with the bounds that were promised."""

    work: str
    database: str
    measure: str  # what was counted: "CPU in-process", "CPU server + database"
    ours: float
    limit: float
    bound: float | None = None  # the ratio that was promised; None: for information
    statements: int | None = None
    most_statements: int | None = None
    peer: str = ""  # the published figure of the best open peer for such work

    @property
    def ratio(self):
        """How many times the least that is possible."""
        return self.ours / self.limit

    @property
    def holds(self):
        """Whether both promises are kept."""
        few = self.most_statements is None or self.statements <= self.most_statements
        return few and (self.bound is None or self.ratio <= self.bound)


@dataclass(frozen=True)
class Fact:
    """A figure without a limit of its own: memory, pages, other pages' cost."""

    what: str
    value: str
    holds: bool = True


def markdown(rows, facts, notes):
    """The page of the documentation, without the moment it was made, so that equal figures make no difference."""
    lines = [
        "# Benchmarks",
        "",
        "Written by `make bench`; change nothing here by hand. Each figure stands beside its *limit*: the least that",
        "the same result can cost on the same machine, measured in turn with it in the same run, medians of many",
        "rounds. Ratios are what to compare; the milliseconds belong to a shared machine with two cores.",
        "",
        "| work | database | counted | ours | limit | ratio | at most | statements | | best open peer |",
        "|---|---|---|---:|---:|---:|---:|---:|---|---|",
        *(_line(row) for row in rows),
        "",
        "## Beside the limits",
        "",
        "| what | figure | |",
        "|---|---|---|",
        *(f"| {fact.what} | {fact.value} | {'pass' if fact.holds else '**FAIL**'} |" for fact in facts),
        "",
        "## How to read it",
        "",
        *notes,
        "",
    ]
    return "\n".join(lines)


def _line(row):
    verdict = ("pass" if row.holds else "**FAIL**") if row.bound else "for information"
    asked = "" if row.statements is None else str(row.statements)
    asked += f" of {row.most_statements}" if row.most_statements else ""
    bound = f"{row.bound:g}x" if row.bound else ""
    cells = (
        row.work, row.database, row.measure, shown(row.ours), shown(row.limit), f"{row.ratio:.2f}x", bound, asked,
        verdict, row.peer,
    )  # fmt: skip
    return "| " + " | ".join(cells) + " |"


def shown(seconds):
    """Seconds as people read them: 0.0034 -> "3.40 ms", 2.05 -> "2.05 s"."""
    return f"{seconds:.2f} s" if seconds >= 1 else f"{seconds * 1000:.2f} ms"


def plain(row):
    """One line for the screen."""
    verdict = ("pass" if row.holds else "FAIL") if row.bound else "info"
    asked = "" if row.statements is None else f", {row.statements} statements"
    bound = f" (at most {row.bound:g}x)" if row.bound else ""
    return (
        f"{verdict:<5}{row.work} [{row.database}, {row.measure}]: {shown(row.ours)} against {shown(row.limit)}"
        f" = {row.ratio:.2f}x{bound}{asked}"
    )
