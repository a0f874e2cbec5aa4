"""The proposal for a province: what is without a judge, who could take it, loads before and after. Never writes."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from accounts.models import Province, User
from clusters.models import Cycle
from clusters.stages import LABELS, Stage
from evaluations.models import Evaluation
from verification import mandates
from verification.models import Assignment, ConflictOfInterest
from verification.progress import is_past
from verification.reach import Reach
from verification.teams import sharing
from verification.teams.share_actions import mark_of
from verification.teams.sharing import Piece, Share

WHOLE, APART = "daerah", "klaster"


@dataclass(frozen=True, slots=True)
class Chosen:
    """What is shared out: a province's regions in a cycle at a stage, whole or cluster by cluster."""

    cycle: Cycle
    province: Province
    stage: str
    way: str = WHOLE


@dataclass(frozen=True, slots=True)
class Row:
    """One piece on the page: who is proposed, who could take it."""

    piece: Piece
    evaluation: Evaluation
    person: int | None
    choices: list[User]
    barred: list[User]


@dataclass(frozen=True, slots=True)
class Load:
    """One verifier's questions before and after."""

    verifier: User
    before: int
    after: int


@dataclass(frozen=True, slots=True)
class Proposal:
    """Everything the page shows."""

    chosen: Chosen
    rows: list[Row]
    loads: list[Load]
    seen: str

    @property
    def left(self) -> int:
        """Pieces that nobody takes."""
        return sum(row.person is None for row in self.rows)

    @property
    def spread(self) -> int:
        """How far the loads lie apart afterwards."""
        carried = [load.after for load in self.loads]
        return max(carried, default=0) - min(carried, default=0)


def build(chosen: Chosen, verifiers: list[User], picked: Mapping[str, int | None] | None = None) -> Proposal:
    """The portal's proposal, or with `picked` (by the key of a piece) what the administrator made of it."""
    whole = _evaluations(chosen)
    used = chosen.stage in chosen.cycle.stages
    cases = {pk: each for pk, each in whole.items() if used and not is_past(each, chosen.stage)}
    held = list(Assignment.objects.filter(evaluation__in=list(cases), stage=chosen.stage))
    pieces = _pieces(chosen, cases, held, _conflicts(verifiers))
    before = _before(cases, held, verifiers)
    shares = sharing.proposed(pieces, before)
    if picked is not None:
        shares = [Share(each.piece, picked.get(each.piece.key)) for each in shares]
    after = sharing.loads(shares, before)
    return Proposal(
        chosen,
        [_row(share, cases[share.piece.evaluation], verifiers) for share in shares],
        [Load(each, before[each.pk], after[each.pk]) for each in verifiers],
        mark_of(whole, chosen.stage),
    )


def _evaluations(chosen: Chosen) -> dict[int, Evaluation]:
    """Those of the province in the cycle, by name, sent or not: mandates may be given beforehand."""
    found = Evaluation.objects.filter(cycle=chosen.cycle, region__province=chosen.province)
    return {
        each.pk: each for each in found.select_related("region", "cycle__instrument").order_by("region__name", "pk")
    }


def _conflicts(verifiers: list[User]) -> dict[int, frozenset[int]]:
    """Who must not judge which region."""
    near: dict[int, set[int]] = {}
    rows = ConflictOfInterest.objects.standing().filter(verifier__in=verifiers)
    for region, verifier in rows.values_list("region", "verifier"):
        near.setdefault(region, set()).add(verifier)
    return {region: frozenset(people) for region, people in near.items()}


def _pieces(
    chosen: Chosen, cases: Mapping[int, Evaluation], held: list[Assignment], near: Mapping[int, frozenset[int]]
) -> list[Piece]:
    """What nobody judges yet, region by region."""
    covered: dict[int, list[Reach]] = {}
    for mandate in held:
        covered.setdefault(mandate.evaluation_id, []).append(Reach.of(mandate.clusters))
    pieces = []
    for pk, evaluation in cases.items():
        sizes = mandates.sizes_of(evaluation)
        free = [code for code in sizes if not any(reach.holds(code) for reach in covered.get(pk, []))]
        barred = near.get(evaluation.region_id, frozenset())
        groups = [(code,) for code in free] if chosen.way == APART else [tuple(free)] if free else []
        pieces += [Piece(pk, codes, sum(sizes[code] for code in codes), barred) for codes in groups]
    return pieces


def _before(cases: Mapping[int, Evaluation], held: list[Assignment], verifiers: list[User]) -> dict[int, int]:
    """Questions everybody has at this stage already."""
    load = {each.pk: 0 for each in verifiers}
    for mandate in held:
        if mandate.verifier_id in load:
            sizes = mandates.sizes_of(cases[mandate.evaluation_id])
            load[mandate.verifier_id] += sum(sizes[code] for code in mandate.clusters or sizes if code in sizes)
    return load


def _row(share: Share, evaluation: Evaluation, verifiers: list[User]) -> Row:
    barred = [each for each in verifiers if each.pk in share.piece.barred]
    return Row(share.piece, evaluation, share.person, [each for each in verifiers if each not in barred], barred)


def page(proposal: Proposal, **more: Any) -> dict[str, Any]:
    """The page's context."""
    stages = [(each.value, LABELS[Stage(each)]) for each in Assignment.STAGES]
    ways = [(WHOLE, "Daerah utuh"), (APART, "Klaster demi klaster")]
    return {"proposal": proposal, "chosen": proposal.chosen, "stages": stages, "ways": ways, **more}
