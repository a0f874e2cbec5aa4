"""A question on the desk, and which questions the desk lists."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from urllib.parse import urlencode

from clusters.catalogue import Catalogue, Entry
from clusters.scoring import ZERO, Points, difference
from clusters.stages import Stage
from evaluations.worklist.states import State
from verification.findings import (
    AGAIN,
    LENS_NOTES,
    LENSES,
    REVIEW_FILTERS,
    VERDICT_FILTERS,
    WORDS,
    Finding,
    Lens,
    Words,
)
from verification.review.reading import Review

FAR = 4  # parts of the maximum: one of them is a large difference


@dataclass(frozen=True, slots=True)
class Filter:
    """Which questions the desk lists, in which order; what the address says beyond the known words is ignored."""

    stage: Stage
    cluster: str = ""  # empty: all
    finding: str = ""
    shared: frozenset[int] = frozenset()  # questions with a document that proves others too, read where they are asked

    @classmethod
    def read(cls, query: Mapping[str, str], catalogue: Catalogue, stage: Stage, first: str) -> "Filter":
        """From an address; without a word about clusters the desk opens at `first`, a review at what is ready."""
        code = query.get("klaster", first)
        finding = query.get("keadaan", Finding.READY.value if stage is Stage.TI else "")
        chosen = cls(stage, code if catalogue.cluster(code) else "", finding)
        return chosen if finding in dict(chosen.findings) else cls(stage, chosen.cluster)

    @property
    def findings(self) -> list[tuple[str, str]]:
        """What can be chosen, with its words; all of them last."""
        known = REVIEW_FILTERS if self.stage is Stage.TI else VERDICT_FILTERS
        lenses = [(each.value, words) for each, words in LENSES]
        return [*((each.value, words) for each, words in known), *lenses, ("", "Semua")]

    @property
    def words(self) -> str:
        """The chosen filter in words."""
        return dict(self.findings)[self.finding]

    @property
    def note(self) -> str:
        """What a lens shows, in a sentence."""
        return LENS_NOTES.get(self.finding, "")

    @property
    def query(self) -> str:
        """The filter as part of an address, so that next and previous keep it."""
        return urlencode({"klaster": self.cluster, "keadaan": self.finding})

    def holds(self, line: "Line") -> bool:
        """Whether a question is listed; what is ready is what waits for the reviewer, new or changed."""
        if self.cluster not in ("", line.cluster):
            return False
        match self.finding:
            case "":
                return True
            case Finding.READY:
                return line.is_waiting
            case Lens.STAKE:
                return line.judged is None and line.before > ZERO
            case Lens.GAP:
                return line.is_far
            case Lens.SHARED:
                return line.entry.question.pk in self.shared
        return self.finding == line.finding.value

    def ranked(self, lines: "Sequence[Line]") -> "Sequence[Line]":
        """All lines in the order of the filter: what can be lost, or what was taken, largest first."""
        if self.finding == Lens.STAKE:
            return sorted(lines, key=lambda line: (-line.before, line.entry.index))
        if self.finding == Lens.GAP:
            return sorted(lines, key=lambda line: (-line.gap, line.entry.index))
        return lines


@dataclass(frozen=True, slots=True)
class Line:
    """One question at this stage: claimed by the offices, brought in from the stage before, judged now.

    What may move also has a `review`; before sending every answer does, with its state.
    """

    entry: Entry
    claimed: Points
    before: Decimal
    judged: Points
    state: State | None = None
    review: Review | None = None

    @property
    def cluster(self) -> str:
        """Code of its cluster."""
        return self.entry.cluster

    @property
    def finding(self) -> Finding:
        """What the stage has done to it."""
        if self.judged is None:
            return Finding.OPEN
        if self.review is not None and self.review.is_changed:
            return Finding.CHANGED
        if self.review is not None and self.review.is_return:
            return Finding.RETURNED
        if self.judged == self.before:
            return Finding.ACCEPTED
        return Finding.LOWERED if self.judged < self.before else Finding.RAISED

    @property
    def is_judged(self) -> bool:
        """Whether the stage has spoken; after sending, a verdict on what has changed since waits to be given again."""
        return self.judged is not None and (self.state is not None or self.finding is not Finding.CHANGED)

    @property
    def is_waiting(self) -> bool:
        """Ready for the reviewer: never looked at, or not as it is now."""
        return self.state is State.READY and self.finding in (Finding.OPEN, Finding.CHANGED)

    @property
    def change(self) -> Decimal | None:
        """What the stage gave or took; None before it has judged."""
        return None if self.judged is None else difference(self.judged, self.before)

    @property
    def gap(self) -> Decimal:
        """How far the stage is from the self-evaluation, up or down; nothing until it has judged."""
        return ZERO if self.judged is None else abs(difference(self.judged, self.claimed or ZERO))

    @property
    def is_far(self) -> bool:
        """Whether the stage sees it very differently: by a quarter of what the question is worth."""
        return self.gap > ZERO and self.gap * FAR >= self.entry.question.maximum

    @property
    def hanging(self) -> Decimal:
        """What is lost if the province sees it as the review does."""
        return max(ZERO, difference(self.before, self.before if self.judged is None else self.judged))

    @property
    def words(self) -> Words:
        """Word, icon and colour of the finding."""
        if self.finding is Finding.OPEN and self.state is not None:
            return WORDS[Finding.READY] if self.is_waiting else ("Belum ditelaah", "clock", "plain")
        if self.finding is Finding.CHANGED and self.state is None:
            return AGAIN
        return WORDS[self.finding]

    @property
    def also(self) -> str:
        """The state of the answer where it says more than the finding."""
        return "" if self.state in (None, State.READY, State.RETURNED) else self.state.label
