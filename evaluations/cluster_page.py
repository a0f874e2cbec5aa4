"""The rows of a cluster page: static texts from the catalogue, four reads for what differs, no object per row."""

from collections import Counter
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from zoneinfo import ZoneInfo

from django.urls import reverse

from accounts.models import User
from clusters.catalogue import Catalogue, Entry
from clusters.models import Indicator, Option
from clusters.scoring import IndicatorScore
from evaluations import readers
from evaluations.models import Answer, Evaluation, EvidenceUse
from evaluations.readers import VerdictLine
from evaluations.standing import Standing
from evaluations.worklist.states import State

ANSWER_COLUMNS = (
    "pk", "question_id", "kind", "option_id", "measure", "measure_before", "points", "reason", "version", "saved_at"
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class AnswerLine:
    """An answer as a row needs it."""

    pk: int
    question_id: int
    kind: str
    option_id: int | None
    measure: Decimal | None
    measure_before: Decimal | None
    points: Decimal | None
    reason: str
    version: int
    saved_at: datetime | None


@dataclass(slots=True)
class Row:
    """One question of the page: its static part and this evaluation's part."""

    entry: Entry
    state: State
    answer: AnswerLine
    url: str
    evidence: int
    verdict: VerdictLine | None
    can_edit: bool
    zone: ZoneInfo
    token: str = ""
    saved_now: bool = False
    errors: list[str] | None = None

    @property
    def lacks_evidence(self) -> bool:
        """A claim worth something, an expectation, and nothing that proves it."""
        return bool(self.answer.points and self.entry.question.evidence and not self.evidence)

    @property
    def chosen(self) -> Option | None:
        """The option that stands."""
        return self.entry.option(self.answer.option_id)

    @property
    def clock(self) -> str:
        """When it was saved, in the region's own time: "10.32"."""
        return f"{self.answer.saved_at.astimezone(self.zone):%H.%M}" if self.answer.saved_at else ""


@dataclass(frozen=True, slots=True)
class Section:
    """An indicator with its rows and its points so far."""

    indicator: Indicator
    score: IndicatorScore
    rows: list[Row]


def sections(
    user: User,
    evaluation: Evaluation,
    catalogue: Catalogue,
    standing: Standing,
    code: str,
    *,
    can_edit: bool,
    token: str,
) -> list[Section]:
    """The cluster's indicators with the questions this user sees. Three queries."""
    groups = catalogue.of_cluster(code)
    mine = standing.mine
    entries = [entry for _, group in groups for entry in group if mine is None or entry.question.pk in mine]
    if not entries:
        return []
    found = rows_of(user, standing, entries, can_edit=can_edit, token=token)
    rows = {row.entry.question.pk: row for row in found}
    scores = {each.rule.pk: each for each in standing.cluster(code).indicators}
    laid_out = (
        Section(indicator, scores[indicator.pk], [rows[each.question.pk] for each in group if each.question.pk in rows])
        for indicator, group in groups
    )
    return [section for section in laid_out if section.rows]


def rows_of(user: User, standing: Standing, entries: list[Entry], *, can_edit: bool, token: str) -> list[Row]:
    """Rows for these questions in their order: answers, evidence counts, verdicts. Three queries."""
    evaluation = standing.evaluation
    wanted = [entry.question.pk for entry in entries]
    answers = {
        line[1]: AnswerLine(*line)
        for line in evaluation.answers.filter(question_id__in=wanted).values_list(*ANSWER_COLUMNS)
    }
    evidence = Counter(
        EvidenceUse.objects.counted()
        .filter(answer_id__in=[answer.pk for answer in answers.values()])
        .values_list("answer_id", flat=True)  # by their keys: joined, PostgreSQL may walk all answers of the country
    )
    verdicts = readers.verdict_lines(user, evaluation, wanted) if evaluation.is_submitted else {}
    zone = ZoneInfo(evaluation.region.time_zone)
    base = reverse("evaluations:overview", args=[evaluation.pk]) + "pertanyaan/"
    return [
        Row(
            entry,
            standing.state(entry.question.pk),
            answers[entry.question.pk],
            f"{base}{entry.question.code}/",
            evidence[answers[entry.question.pk].pk],
            verdicts.get(entry.question.pk),
            can_edit,
            zone,
            token,
        )
        for entry in entries
    ]


def row_after_save(answer: Answer, entry: Entry, state: State, *, can_edit: bool, errors: list[str], token: str) -> Row:
    """The row as it stands after an attempt to save; `answer.proofs` was counted when it was fetched. No query."""
    line = AnswerLine(*(getattr(answer, name) for name in ANSWER_COLUMNS))
    return Row(
        entry,
        state,
        line,
        reverse("evaluations:question", args=[answer.evaluation_id, entry.question.code]),
        getattr(answer, "proofs", 0),
        None,
        can_edit,
        ZoneInfo(answer.evaluation.region.time_zone),
        token,
        saved_now=not errors,
        errors=errors,
    )
