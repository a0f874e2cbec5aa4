"""What the region said of the same question in its last cycle, and what came of it. Never writes."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from accounts.models import User
from clusters.catalogue import Entry, catalogue_of
from evaluations import readers, rules
from evaluations.carryover.matching import TICKED, claim_again
from evaluations.claims import Claim, NotAClaim
from evaluations.models import Answer, Evaluation, Evidence, EvidenceUse, PlaceTick
from evaluations.readers import VerdictLine


@dataclass(frozen=True, slots=True)
class OldDocument:
    """A document that proved the old answer; `is_here` when this cycle's answer has it already."""

    evidence: Evidence
    pages: str
    is_here: bool


@dataclass(frozen=True, slots=True)
class Old:
    """The old answer beside the new question."""

    evaluation: Evaluation
    answer: Answer
    option: str  # in the old instrument's words
    verdict: VerdictLine | None
    documents: Sequence[OldDocument]
    claim: Claim | None  # what it would be now; None where the old answer does not fit
    why_not: str  # then: the reason, a sentence

    @property
    def points(self) -> Decimal | None:
        """What the old claim would earn now."""
        return self.claim.points if self.claim else None


def previous_of(evaluation: Evaluation) -> Evaluation | None:
    """The region's evaluation of the cycle before; None for its first. One query."""
    cycle = evaluation.cycle
    earlier = Evaluation.objects.for_page().filter(region=evaluation.region_id, cycle__award_year__lt=cycle.award_year)
    return earlier.order_by("-cycle__award_year", "-cycle__code").first()


def old_answers(user: User, evaluation: Evaluation, entries: Sequence[Entry]) -> dict[int, Old]:
    """The old answer of each of these questions, by the new question's key; a constant number of queries.

    Questions are the same where their codes are. Only what the user could see in the old evaluation is shown.
    """
    previous = previous_of(evaluation)
    if previous is None:
        return {}
    old_entries = catalogue_of(previous.cycle.instrument).by_code
    pairs = {old_entries[each.question.code].question.pk: each for each in entries if each.question.code in old_entries}
    answers = list(
        rules.visible_answers(user)
        .filter(evaluation=previous, question__in=list(pairs), points__isnull=False)
        .select_related("option", "question")
        .order_by("question__position")
    )
    if not answers:
        return {}
    verdicts = readers.verdict_lines(user, previous, [answer.question_id for answer in answers])
    documents = _documents(user, evaluation, answers)
    found = {
        pairs[answer.question_id].question.pk: _old(previous, answer, pairs[answer.question_id], verdicts, documents)
        for answer in answers
    }
    ticks = PlaceTick.objects.filter(answer__evaluation=evaluation, answer__question__in=list(found))
    counted = set(ticks.values_list("answer__question", flat=True)) if any(_by_places(entries)) else set()
    return {pk: replace(old, claim=None, why_not=TICKED) if pk in counted else old for pk, old in found.items()}


def _by_places(entries: Iterable[Entry]) -> Iterator[bool]:
    return (bool(each.question.place_unit) for each in entries)


def _old(
    previous: Evaluation,
    answer: Answer,
    entry: Entry,
    verdicts: dict[int, VerdictLine],
    documents: dict[int, list[OldDocument]],
) -> Old:
    try:
        claim, why_not = claim_again(answer, entry), ""
    except NotAClaim as refusal:
        claim, why_not = None, str(refusal)
    return Old(
        evaluation=previous,
        answer=answer,
        option=answer.option.label if answer.option else answer.reason,
        verdict=verdicts.get(answer.question_id),
        documents=documents.get(answer.pk, []),
        claim=claim,
        why_not=why_not,
    )


def _documents(user: User, evaluation: Evaluation, answers: Iterable[Answer]) -> dict[int, list[OldDocument]]:
    """Documents of old answers, and whether the new evaluation's same question has them. Two queries."""
    codes = {answer.pk: answer.question.code for answer in answers}
    uses = EvidenceUse.objects.filter(
        answer__in=list(codes), removed_at=None, evidence__in=rules.visible_evidence(user)
    ).select_related("evidence")
    here = {
        (code, sha256 or url)
        for code, sha256, url in EvidenceUse.objects.filter(
            answer__evaluation=evaluation, removed_at=None, answer__question__code__in=list(codes.values())
        ).values_list("answer__question__code", "evidence__sha256", "evidence__url")
    }
    found: dict[int, list[OldDocument]] = {}
    for use in uses.order_by("pk"):
        if use.evidence.is_withheld:
            continue
        mark = (codes[use.answer_id], use.evidence.sha256 or use.evidence.url)
        found.setdefault(use.answer_id, []).append(OldDocument(use.evidence, use.pages, mark in here))
    return found
