"""Stages and what follows what. Pure: the moment is handed in by whoever asks."""

from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal
from enum import StrEnum

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
    """The stages a cycle uses, in the order in which they are walked."""
    wanted = set(codes)
    return [stage for stage in Stage if stage.value in wanted]


def after(stage: Stage, used: Sequence[str]) -> Stage | None:
    """The stage that opens when `stage` closes; None after the last."""
    ordered = in_order(used)
    position = ordered.index(stage) + 1
    return ordered[position] if position < len(ordered) else None


def before(stage: Stage, used: Sequence[str]) -> list[Stage]:
    """All stages in use before `stage`, in their order."""
    ordered = in_order(used)
    return ordered[: ordered.index(stage)]


def carried(claimed: Sequence[Points], judged: Sequence[Sequence[Points]]) -> list[Points]:
    """Points after the last of `judged`: a stage that did not touch a question keeps the points of the stage before.

    `claimed` and every row of `judged` run in the order of the questions, the rows in that of the stages. Nothing is
    averaged.
    """
    points = list(claimed)
    for row in judged:
        points = [old if new is None else new for old, new in zip(points, row, strict=True)]
    return points


def lowers(points: Decimal, before_points: Points) -> bool:
    """Whether a verdict takes something away and so needs a reason."""
    return points < (before_points or Decimal("0.00"))
