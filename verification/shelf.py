"""Which documents prove which questions of an evaluation: counted for the desk's list, in one query."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from evaluations.models import Answer, Evaluation, EvidenceUse


@dataclass(frozen=True, slots=True)
class Shelf:
    """Numbers of documents by question, and the questions that share one with others."""

    counts: Counter[int]
    shared: frozenset[int]


def shelf_of(evaluation: Evaluation) -> Shelf:
    """Read by the keys of the answers, and without an object per document: there are hundreds."""
    uses = EvidenceUse.objects.counted().filter(answer__in=Answer.objects.filter(evaluation=evaluation).values("pk"))
    return _counted(uses.values_list("answer__question_id", "evidence_id"))


def _counted(uses: Iterable[tuple[int, int]]) -> Shelf:
    counts: Counter[int] = Counter()
    questions: dict[int, set[int]] = {}
    for question, evidence in uses:
        counts[question] += 1
        questions.setdefault(evidence, set()).add(question)
    shared = frozenset(each for group in questions.values() if len(group) > 1 for each in group)
    return Shelf(counts, shared)
