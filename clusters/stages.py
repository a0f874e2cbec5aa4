"""Stages and what follows what. Pure: the moment is handed in by whoever asks."""

from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal
from enum import StrEnum
from typing import Any

from clusters.scoring import Points


class Stage(StrEnum):
    """The five stages in their order; a cycle says which of them it uses."""

    EM = "EM"
    TI = "TI"
    VA = "VA"
    VL = "VL"
    VF = "VF"

    @property
    def label(self) -> str:
        """Name on the page."""
        return LABELS[self]

    @property
    def short(self) -> str:
        """Name in a narrow column."""
        return SHORT_LABELS[self]


LABELS: Mapping[Stage, str] = {
    Stage.EM: "Evaluasi mandiri",
    Stage.TI: "Telaah internal",
    Stage.VA: "Verifikasi administrasi",
    Stage.VL: "Verifikasi lapangan",
    Stage.VF: "Verifikasi final",
}
SHORT_LABELS: Mapping[Stage, str] = {
    Stage.EM: "Mandiri",
    Stage.TI: "Telaah",
    Stage.VA: "Administrasi",
    Stage.VL: "Lapangan",
    Stage.VF: "Final",
}


def in_order(codes: Iterable[str]) -> list[Stage]:
    """The stages a cycle uses, in the order in which they are named."""
    wanted = set(codes)
    return [stage for stage in Stage if stage.value in wanted]


def walked(used: Iterable[str]) -> list[Stage]:
    """The stages that follow each other. The internal review runs beside the self-evaluation and hands nothing on."""
    return [stage for stage in in_order(used) if stage is not Stage.TI]


def judged_at(stage: str, used: Iterable[str]) -> str:
    """The stage whose verdicts are given at `stage`: during self-evaluation the internal review; empty for none."""
    if stage != Stage.EM:
        return stage
    return Stage.TI.value if Stage.TI.value in used else ""


def after(stage: Stage, used: Sequence[str]) -> Stage | None:
    """The stage that opens when `stage` closes; None after the last."""
    ordered = walked(used)
    position = ordered.index(stage) + 1
    return ordered[position] if position < len(ordered) else None


def before(stage: Stage, used: Sequence[str]) -> list[Stage]:
    """The stages whose points lead into `stage`: for the internal review the claims, which for others it never is."""
    ordered = [Stage.EM, Stage.TI] if stage is Stage.TI else walked(used)
    return ordered[: ordered.index(stage)]


def lead_to(stage: Stage, judged: Iterable[str]) -> list[Stage]:
    """Of the stages that were judged, those whose points count after `stage`, in their order."""
    if stage is Stage.TI:
        return [each for each in in_order(judged) if each is Stage.TI]
    order = list(Stage)
    return [each for each in walked(judged) if order.index(each) <= order.index(stage)]


def crossed(closing: Mapping[Stage, Any], used: Iterable[str]) -> list[tuple[Stage, Stage]]:
    """Pairs (earlier, later) of which the earlier closes after the later; the review has to end with the claims.

    `closing` holds moments, or whatever else can be compared.
    """
    walk = walked(used)
    pairs = [(first, second) for place, first in enumerate(walk) for second in walk[place + 1 :]]
    return [
        (first, second)
        for first, second in [(Stage.TI, Stage.EM), *pairs]
        if first in closing and second in closing and closing[first] > closing[second]
    ]


def carried(claimed: Sequence[Points], judged: Sequence[Sequence[Points]]) -> list[Points]:
    """Points after the last of `judged`: a stage that did not touch a question keeps the points of the stage before.

    `claimed` and every row of `judged` run in the order of the questions, the rows in that of the stages. Nothing is
    averaged.
    """
    points = list(claimed)
    for row in judged:
        points = [old if new is None else new for old, new in zip(points, row, strict=True)]
    return points


def expected(points: Decimal, judged_on: Decimal, claimed: Points) -> Decimal:
    """What a review expects of a claim that may have changed since: an accepted claim is followed, no claim exceeded.

    `judged_on` is what was claimed when it was judged. The verdict counts in full as long as the claim is the same.
    """
    now = claimed or Decimal("0.00")
    if now == judged_on:
        return points
    return now if points == judged_on else min(points, now)


def lowers(points: Decimal, before_points: Points) -> bool:
    """Whether a verdict takes something away and so needs a reason."""
    return points < (before_points or Decimal("0.00"))
