"""Where an evaluation stands now: its points in the order of the questions, summed when shown, stored nowhere."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from decimal import Decimal

from clusters.rulebook import Edition, edition_of
from clusters.scoring import NO_FIGURES, Figures, Points, Score, score
from clusters.stages import Stage, carried, lead_to
from evaluations import readers
from evaluations.models import Answer, Evaluation, StageFigure


@dataclass(slots=True)
class PointsSheet:
    """One evaluation's points: claimed, and judged per stage; every row in the order of the questions."""

    edition: Edition
    claimed: list[Points]
    judged: dict[Stage, list[Points]] = field(default_factory=dict)
    figures: dict[Stage, Figures] = field(default_factory=dict)  # from outside, where they stand in for a sum
    moving: set[Stage] = field(default_factory=set)  # with a verdict on what may have changed since

    def at(self, stage: Stage) -> list[Points]:
        """Points after `stage`: untouched questions keep those of the stage before."""
        return carried(self.claimed, [self.judged[each] for each in lead_to(stage, self.judged)])

    def hide(self, stage: str, question_pks: Iterable[int]) -> None:
        """Take points of a stage away from this sheet, for a reader who must not know them yet."""
        row = self.judged.get(Stage(stage)) if stage else None
        if row is None:
            return
        for pk in question_pks:
            row[self.edition.places[pk]] = None
        if all(points is None for points in row):
            del self.judged[Stage(stage)]

    def score_at(self, stage: Stage) -> Score:
        """The three levels after `stage`."""
        return score(self.edition.book, self.at(stage), self.figures.get(stage, NO_FIGURES))


def points_sheet(
    evaluation: Evaluation, claimed: Iterable[tuple[int, Points]] | None = None, *, reviewed: bool = False
) -> PointsSheet:
    """Read all points of one evaluation, verdicts too: one query, none where its claims are known and nothing judged.

    Before it is sent there can be verdicts of the internal review only; they are read for whoever asks (`reviewed`).
    """
    if evaluation.is_submitted or reviewed:
        sheet = judged_sheet(evaluation)
    else:
        edition = edition_of(evaluation.cycle.instrument)
        sheet = PointsSheet(edition, [None] * edition.book.size)
        if claimed is None:
            answers = Answer.objects.filter(evaluation=evaluation, points__isnull=False)
            claimed = answers.values_list("question_id", "points")
        for question_id, points in claimed:
            sheet.claimed[edition.places[question_id]] = points
    if evaluation.is_submitted and takes_figures(evaluation):
        add_figures({evaluation.pk: sheet})
    return sheet


def judged_sheet(evaluation: Evaluation) -> PointsSheet:
    """Claims and verdicts laid side by side, figures from outside left out; one query."""
    edition = edition_of(evaluation.cycle.instrument)
    sheet = PointsSheet(edition, [None] * edition.book.size)
    for question, claimed, stage, points, may_have_moved in readers.sheet_rows(evaluation):
        place = edition.places[question]
        sheet.claimed[place] = claimed
        if stage:
            sheet.judged.setdefault(Stage(stage), [None] * edition.book.size)[place] = points
            if may_have_moved:
                sheet.moving.add(Stage(stage))
    return sheet


def takes_figures(evaluation: Evaluation) -> bool:
    """Whether figures from outside can have come: the ministry's stage has begun."""
    return Stage.VF in evaluation.cycle.used_stages and evaluation.stage in (Stage.VF, "")


def add_figures(sheets: dict[int, PointsSheet]) -> None:
    """Lay figures from outside over the sums of many evaluations; one query."""
    found: dict[tuple[int, str], dict[int | None, Decimal]] = {}
    rows = StageFigure.objects.filter(evaluation__in=list(sheets))
    for pk, stage, indicator, points in rows.values_list("evaluation", "stage", "indicator", "points"):
        found.setdefault((pk, stage), {})[indicator] = points
    for (pk, stage), figures in found.items():
        sheets[pk].figures[Stage(stage)] = figures


def add_judged(sheets: dict[int, PointsSheet]) -> None:
    """Lay the reviewers' points over the sheets of many evaluations; one query."""
    for evaluation_pk, stage, question_pk, points in readers.judged_points(sheets):
        sheet = sheets[evaluation_pk]
        row = sheet.judged.setdefault(Stage(stage), [None] * sheet.edition.book.size)
        row[sheet.edition.places[question_pk]] = points


def draft(evaluation: Evaluation) -> Score:
    """The self-evaluation as it stands this moment."""
    return points_sheet(evaluation).score_at(Stage.EM)
