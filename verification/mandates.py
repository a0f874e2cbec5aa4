"""Who may judge and who does, for the page on which the administrator decides."""

from collections.abc import Iterable
from dataclasses import dataclass

from accounts.models import User
from clusters.stages import Stage
from evaluations.models import Evaluation
from verification.models import Assignment
from verification.progress import is_past


@dataclass(frozen=True, slots=True)
class Candidate:
    """A verifier of the province, with or without a mandate, and how many other evaluations wait for them."""

    verifier: User
    mandate: Assignment | None
    others: int


@dataclass(frozen=True, slots=True)
class StageMandates:
    """A stage with everybody who could judge it."""

    stage: Stage
    is_closed: bool
    candidates: tuple[Candidate, ...]

    @property
    def assigned(self) -> int:
        """How many hold a mandate."""
        return sum(each.mandate is not None for each in self.candidates)


def of(evaluation: Evaluation, verifiers: Iterable[User]) -> list[StageMandates]:
    """The stages that need mandates; two queries whatever the number of verifiers."""
    people = sorted(verifiers, key=lambda person: (str(person), person.pk))
    held = Assignment.objects.filter(verifier__in=people, evaluation__cycle_id=evaluation.cycle_id)
    mine: dict[tuple[str, int], Assignment] = {}
    others: dict[tuple[str, int], int] = {}
    for mandate in held:
        key = (mandate.stage, mandate.verifier_id)
        if mandate.evaluation_id == evaluation.pk:
            mine[key] = mandate
        else:
            others[key] = others.get(key, 0) + 1
    return [
        StageMandates(
            stage,
            is_past(evaluation, stage),
            tuple(Candidate(each, mine.get((stage, each.pk)), others.get((stage, each.pk), 0)) for each in people),
        )
        for stage in Assignment.STAGES
        if stage in evaluation.cycle.stages
    ]
