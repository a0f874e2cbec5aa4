"""Doubts about documents as pages read them: by question for the sending list, by document for lists. Never writes."""

from collections import defaultdict
from collections.abc import Iterable

from django.db.models import Count

from evaluations.models import Evaluation, EvidenceUse, EvidenceWarning


def unanswered_warnings(evaluation: Evaluation) -> dict[int, int]:
    """How many doubts about its documents nobody has answered, by question pk; questions without any have no key.

    One query. A document that proves two questions counts for both; one that was taken away or replaced for none.
    """
    open_doubts = EvidenceUse.objects.current().filter(
        evidence__evaluation=evaluation, evidence__warnings__isnull=False, evidence__warnings__answered_at__isnull=True
    )
    counted = open_doubts.values("answer__question_id").annotate(doubts=Count("evidence__warnings")).order_by()
    return {row["answer__question_id"]: row["doubts"] for row in counted}


def warnings_of(evidence_ids: Iterable[int]) -> dict[int, list[EvidenceWarning]]:
    """The doubts about each of these documents, unanswered first; documents without any have no key. One query."""
    found: dict[int, list[EvidenceWarning]] = defaultdict(list)
    doubts = EvidenceWarning.objects.filter(evidence__in=list(evidence_ids)).select_related("answered_by")
    for doubt in sorted(doubts, key=lambda each: (each.is_answered, each.pk)):
        found[doubt.evidence_id].append(doubt)
    return dict(found)
