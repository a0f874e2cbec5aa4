"""Importing a recap: all of a region's points at once, and where the recap contradicts itself."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

from django.db import transaction
from django.db.models import Exists, OuterRef

from accounts import audit
from accounts.models import User
from clusters.models import Instrument, Option
from clusters.rulebook import edition_of
from clusters.scoring import difference, score, total
from clusters.stages import Stage
from evaluations import claims, tasks, windows
from evaluations.actions import AlreadySubmitted
from evaluations.actions.many import Change, save_many
from evaluations.claims import Claim
from evaluations.models import Answer, Evaluation, PlaceTick
from evaluations.recap_rows import Heading, Recap, RecapRow


@dataclass(frozen=True, slots=True)
class Level:
    """One line of the report: what the questions add up to, and what the recap states, if it does."""

    level: str  # "indicator", "cluster", "total"
    code: str
    name: str
    maximum: Decimal
    points: Decimal
    surplus: Decimal  # what ceilings of indicators cut off
    stated: Decimal | None
    stated_maximum: Decimal | None

    @property
    def gap(self) -> Decimal | None:
        """What the heading states, above or below what the questions add up to."""
        return None if self.stated is None else difference(self.stated, self.points)

    @property
    def disagrees(self) -> bool:
        """Whether a stated sum or maximum is another than the computed one."""
        return self.stated not in (None, self.points) or self.stated_maximum not in (None, self.maximum)


@dataclass(frozen=True, slots=True)
class Sums:
    """All levels in the order of the instrument, and the total that each kind of row would give by itself."""

    levels: tuple[Level, ...]
    of_questions: Decimal
    of_indicator_rows: Decimal | None
    of_cluster_rows: Decimal | None

    @property
    def counted(self) -> Decimal:
        """The total by the instrument's rules: what ceilings of indicators cut off is not in it."""
        return self.levels[-1].points

    @property
    def stated_total(self) -> Decimal | None:
        """The grand total that the recap states, if it does."""
        return self.levels[-1].stated

    @property
    def disagreements(self) -> list[Level]:
        """Levels whose heading says something else."""
        return [level for level in self.levels if level.disagrees]


def sums_of(recap: Recap, instrument: Instrument) -> Sums:
    """Add the recap up by the instrument's own rules and lay its headings beside the result."""
    edition = edition_of(instrument)
    points: list[Decimal | None] = [None] * edition.book.size
    for row in recap.rows:
        points[edition.places[row.question_id]] = row.points
    names = {("cluster", each.code): each.name for each in instrument.clusters.all()}
    for cluster in instrument.clusters.prefetch_related("indicators"):
        names.update({("indicator", each.code): each.name for each in cluster.indicators.all()})
    stated = {(heading.level, heading.code): heading for heading in recap.headings}
    result = score(edition.book, points)
    levels: list[Level] = []
    for each in result.clusters:
        surplus = total([indicator.surplus for indicator in each.indicators])
        levels.append(_level("cluster", each.rule.code, each.rule.maximum, each.points, surplus, names, stated))
        levels += [
            _level("indicator", one.rule.code, one.rule.maximum, one.points, one.surplus, names, stated)
            for one in each.indicators
        ]
    surplus = total([level.surplus for level in levels if level.level == "cluster"])
    levels.append(_level("total", "", result.maximum, result.total, surplus, names, stated))
    return Sums(
        levels=tuple(levels),
        of_questions=total([row.points for row in recap.rows if row.points is not None]),
        of_indicator_rows=_of_rows(recap, "indicator"),
        of_cluster_rows=_of_rows(recap, "cluster"),
    )


@dataclass(frozen=True, slots=True)
class RecapChange:
    """An answer that a recap would change, and what it would claim."""

    answer: Answer
    claim: Claim
    is_ticked: bool = False  # the figure follows a tick sheet, so the recap's points are not taken

    @property
    def option(self) -> Option | None:
        """The option that earns the points, if it is the only one."""
        return next((each for each in self.answer.question.options.all() if each.pk == self.claim.option_id), None)


def changes_of(evaluation: Evaluation, rows: Sequence[RecapRow], source: str) -> list[RecapChange]:
    """What a recap changes, in the instrument's order; cells left empty leave their answers as they are."""
    return [each for each in differences_of(evaluation, rows, source) if not each.is_ticked]


def differences_of(evaluation: Evaluation, rows: Sequence[RecapRow], source: str) -> list[RecapChange]:
    """The same with what is refused because it is counted place by place (`is_ticked`)."""
    wanted = {row.question_id: row.points for row in rows if row.points is not None}
    ticked = Exists(PlaceTick.objects.filter(answer=OuterRef("pk")))
    answers = Answer.objects.filter(evaluation=evaluation, question_id__in=wanted).order_by("question__position")
    answers = answers.annotate(is_ticked=ticked)
    changes = []
    for answer in answers.select_related("question", "option").prefetch_related("question__options"):
        claim = _claim(answer, wanted[answer.question_id], source)
        if not _says_the_same(claim, claims.standing(answer)):
            changes.append(RecapChange(answer, claim, answer.is_ticked))
    return changes


@transaction.atomic
def import_recap(
    *, evaluation: Evaluation, rows: Sequence[RecapRow], source: str, by: User | None, at: datetime
) -> int:
    """Claim the points of all rows and return how many answers changed; the same recap again changes none.

    An administrator's act, so the window of the stage does not bind it; a sent evaluation does: `AlreadySubmitted`,
    and one that waits for its leader: `windows.AwaitingApproval`.
    """
    evaluation = Evaluation.objects.select_for_update().get(pk=evaluation.pk)
    if evaluation.is_submitted:
        raise AlreadySubmitted
    if evaluation.is_waiting:
        raise windows.AwaitingApproval
    changes = changes_of(evaluation, rows, source)
    if not changes:
        return 0
    write_changes(evaluation, changes, rows, source, by, at)
    return len(changes)


def write_changes(
    evaluation: Evaluation,
    changes: Sequence[RecapChange],
    rows: Sequence[RecapRow],
    source: str,
    by: User | None,
    at: datetime,
) -> None:
    """Write what a recap changes; the caller holds the evaluation's row."""
    save_many([Change(each.answer.pk, each.claim, each.answer.note) for each in changes], by=by, at=at)
    given = [row.points for row in rows if row.points is not None]
    audit.record(
        action="recap.imported",
        subject=f"evaluation:{evaluation.pk}",
        by=by,
        at=at,
        region_id=evaluation.region_id,
        details={"source": source, "rows": len(given), "changed": len(changes), "total": total(given)},
    )
    tasks.promise_settlement(evaluation.pk, Stage.EM, at)


def _says_the_same(claim: Claim, standing: Claim) -> bool:
    """Free points of the same worth stay, whichever file they came from."""
    both_free = claim.kind == standing.kind == Answer.Kind.FREE
    return claim.points == standing.points if both_free else claim == standing


def _claim(answer: Answer, points: Decimal, source: str) -> Claim:
    """The one option that earns exactly these points, else free points; a measured option needs its figure first."""
    fitting: list[Option] = []
    if not answer.question.option_follows_measure:
        fitting = [option for option in answer.question.options.all() if option.points == points]
    if len(fitting) == 1:
        return claims.from_option(fitting[0])
    return claims.from_points(points, f"Impor rekap {source}"[:300])


def _level(
    level: str,
    code: str,
    maximum: Decimal,
    points: Decimal,
    surplus: Decimal,
    names: dict[tuple[str, str], str],
    stated: dict[tuple[str, str], Heading],
) -> Level:
    heading = stated.get((level, code))
    return Level(
        level=level,
        code=code,
        name=names.get((level, code), "Jumlah"),
        maximum=maximum,
        points=points,
        surplus=surplus,
        stated=heading.points if heading else None,
        stated_maximum=heading.maximum if heading else None,
    )


def _of_rows(recap: Recap, level: str) -> Decimal | None:
    """What the headings of one level add up to; None when the recap has none."""
    headings: Iterable[Heading] = [each for each in recap.headings if each.level == level]
    given = [each.points for each in headings if each.points is not None]
    return total(given) if given else None
