"""Which first verdict a second reading is compared with. Never writes."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from clusters.scoring import difference
from verification import rules
from verification.models import SecondReading, Verdict

UNDONE = "UNDONE"  # a first verdict taken back: nothing was said


@dataclass(frozen=True, slots=True)
class Pair:
    """A second reading with the first verdict beside it, where both are there."""

    reading: SecondReading
    first: Verdict | None

    @property
    def is_whole(self) -> bool:
        """Whether both have judged: only then either is shown to the other."""
        return self.reading.is_given and self.first is not None

    @property
    def points(self) -> tuple[Fraction, Fraction] | None:
        """What the first and the second gave, exactly; None while one is missing."""
        if self.first is None or self.reading.points is None:
            return None
        return Fraction(self.first.points), Fraction(self.reading.points)

    @property
    def differs(self) -> bool:
        """Whether they came to different points."""
        return self.first is not None and self.reading.points != self.first.points

    @property
    def change(self) -> Decimal | None:
        """What the second gave more."""
        if self.first is None or self.reading.points is None:
            return None
        return difference(self.reading.points, self.first.points)


def paired(readings: Iterable[SecondReading]) -> list[Pair]:
    """Each reading with the verdict that stood when it was given, or else the first that came afterwards; one query.

    So it is fixed for ever once both are there: whoever moves towards the other later does not change the comparison.
    What an administrator corrects after closing is nobody's first judgement.
    """
    wanted = list(readings)
    verdicts = Verdict.objects.for_reading().filter(answer__in=[each.answer_id for each in wanted])
    found: dict[tuple[int, str], list[Verdict]] = defaultdict(list)
    for verdict in rules.of_judges(verdicts).order_by("version"):
        said = found[verdict.answer_id, verdict.stage]
        if verdict.decision == UNDONE:
            del said[-1:]
        else:
            said.append(verdict)
    return [Pair(each, _first(each, found[each.answer_id, each.stage])) for each in wanted]


def _first(reading: SecondReading, verdicts: list[Verdict]) -> Verdict | None:
    others = [each for each in verdicts if each.given_by_id != reading.reader_id and each.pk != reading.settled_id]
    if reading.given_at is None or not others:
        return others[-1] if others else None
    before = [each for each in others if each.given_at <= reading.given_at]
    return before[-1] if before else others[0]
