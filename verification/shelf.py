"""Which documents prove which questions of an evaluation: counted for the desk's list, in one query."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache

from django.conf import settings
from django.db.models import QuerySet

from evaluations.models import Answer, Evaluation, EvidenceUse
from kla_portal.prepared import Prepared


@dataclass(frozen=True, slots=True)
class Shelf:
    """Numbers of documents by question, and the questions that share one with others."""

    counts: Counter[int]
    shared: frozenset[int]


def shelf_of(evaluation: Evaluation) -> Shelf:
    """Read without an object per document: there are hundreds."""
    return _counted(_asked(settings.ANTIVIRUS).rows(evaluation.pk))


@lru_cache(maxsize=4)
def _asked(_antivirus: str) -> Prepared:
    """What counts as proof depends on whether files must be scanned."""
    return Prepared(_uses)


def _uses(evaluation: int) -> QuerySet[EvidenceUse, tuple[int, int]]:
    """By the keys of the answers: joined, PostgreSQL may walk all answers of the country."""
    answers = Answer.objects.filter(evaluation=evaluation).values("pk")
    return EvidenceUse.objects.counted().filter(answer__in=answers).values_list("answer__question_id", "evidence_id")


def _counted(uses: Iterable[tuple[int, int]]) -> Shelf:
    counts: Counter[int] = Counter()
    questions: dict[int, set[int]] = {}
    for question, evidence in uses:
        counts[question] += 1
        questions.setdefault(evidence, set()).add(question)
    shared = frozenset(each for group in questions.values() if len(group) > 1 for each in group)
    return Shelf(counts, shared)
