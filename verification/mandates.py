"""Who may judge and who does, for the page on which the administrator decides."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from accounts.models import User
from clusters.catalogue import catalogue_of
from clusters.models import Cluster
from clusters.stages import Stage
from evaluations.models import Evaluation
from verification.models import Assignment, ConflictOfInterest
from verification.progress import is_past
from verification.reach import Reach


@dataclass(frozen=True, slots=True)
class Candidate:
    """A verifier of the province: mandate here if any, how much waits elsewhere, why they must not judge here."""

    verifier: User
    mandate: Assignment | None
    others: int  # evaluations
    load: int  # questions of those
    conflict: ConflictOfInterest | None

    @property
    def reach(self) -> Reach:
        """What the mandate covers."""
        return Reach.of(self.mandate.clusters) if self.mandate else Reach()

    @property
    def has(self) -> list[str]:
        """Codes ticked on the form; none: every cluster."""
        return self.mandate.clusters if self.mandate else []


@dataclass(frozen=True, slots=True)
class StageMandates:
    """A stage with everybody who could judge it."""

    stage: Stage
    is_closed: bool
    candidates: tuple[Candidate, ...]
    clusters: Sequence[Cluster]

    @property
    def assigned(self) -> int:
        """How many hold a mandate."""
        return sum(each.mandate is not None for each in self.candidates)

    @property
    def uncovered(self) -> list[Cluster]:
        """Clusters that nobody judges."""
        return [each for each in self.clusters if not any(one.reach.holds(each.code) for one in self.candidates)]

    @property
    def coordinator(self) -> User | None:
        """Who settles differences."""
        held = (each for each in self.candidates if each.mandate and each.mandate.is_coordinator)
        return next((each.verifier for each in held), None)


def page_of(evaluation: Evaluation, verifiers: Iterable[User]) -> dict[str, Any]:
    """The page's context; three queries whatever the number of verifiers."""
    catalogue = catalogue_of(evaluation.cycle.instrument)
    return {"evaluation": evaluation, "stages": of(evaluation, verifiers), "clusters": catalogue.clusters}


def sizes_of(evaluation: Evaluation) -> dict[str, int]:
    """Questions of each cluster of the evaluation's instrument; no query."""
    sizes: dict[str, int] = {}
    for entry in catalogue_of(evaluation.cycle.instrument).entries:
        code = entry.question.indicator.cluster.code
        sizes[code] = sizes.get(code, 0) + 1
    return sizes


def of(evaluation: Evaluation, verifiers: Iterable[User]) -> list[StageMandates]:
    """The stages that need mandates; two queries whatever the number of verifiers."""
    people = sorted(verifiers, key=lambda person: (str(person), person.pk))
    held = Assignment.objects.filter(verifier__in=people, evaluation__cycle_id=evaluation.cycle_id)
    near = ConflictOfInterest.objects.standing().filter(verifier__in=people, region=evaluation.region_id)
    conflicts = {each.verifier_id: each for each in near}
    sizes = sizes_of(evaluation)
    mine: dict[tuple[str, int], Assignment] = {}
    others: dict[tuple[str, int], list[int]] = {}
    for mandate in held:
        key = (mandate.stage, mandate.verifier_id)
        if mandate.evaluation_id == evaluation.pk:
            mine[key] = mandate
        else:
            others.setdefault(key, []).append(sum(sizes.get(code, 0) for code in mandate.clusters or sizes))
    return [
        StageMandates(
            stage,
            is_past(evaluation, stage),
            tuple(
                Candidate(each, mine.get(key), len(loads), sum(loads), conflicts.get(each.pk))
                for each in people
                for key in [(stage, each.pk)]
                for loads in [others.get(key, [])]
            ),
            catalogue_of(evaluation.cycle.instrument).clusters,
        )
        for stage in Assignment.STAGES
        if stage in evaluation.cycle.stages
    ]
