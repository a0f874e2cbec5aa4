"""What is still weak before sending: empty answers and claims that nothing proves, each with its address."""

from dataclasses import dataclass
from decimal import Decimal

from clusters.catalogue import Entry, catalogue_of
from clusters.models import Cluster
from clusters.scoring import total
from evaluations.models import Evaluation, EvidenceUse
from evaluations.standing import Standing


@dataclass(frozen=True, slots=True)
class Weakness:
    """A cluster's questions that are empty, and those claimed without a document."""

    cluster: Cluster
    empty: list[Entry]
    unproved: list[Entry]


@dataclass(frozen=True, slots=True)
class SendingPage:
    """Everything the page shows."""

    weak: list[Weakness]
    empty: int
    unproved: int
    at_stake: Decimal


def build(evaluation: Evaluation, standing: Standing) -> SendingPage:
    """One query beside the standing."""
    catalogue = catalogue_of(evaluation.cycle.instrument)
    proved = set(
        EvidenceUse.objects.counted()
        .filter(answer__evaluation=evaluation)
        .values_list("answer__question_id", flat=True)
    )
    claimed = standing.sheet.claimed
    weak = []
    for cluster in catalogue.clusters:
        entries = [each for each in catalogue.entries if each.question.indicator.cluster_id == cluster.pk]
        empty = [each for each in entries if claimed[each.index] is None]
        unproved = [
            each
            for each in entries
            if claimed[each.index] and each.question.evidence and each.question.pk not in proved
        ]
        if empty or unproved:
            weak.append(Weakness(cluster, empty, unproved))
    return SendingPage(
        weak,
        sum(len(each.empty) for each in weak),
        sum(len(each.unproved) for each in weak),
        total([entry.question.maximum for each in weak for entry in each.empty]),
    )
