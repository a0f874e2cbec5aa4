"""What a workbook shows of an evaluation: an office's questions with their answers, proofs and states. Never writes."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from accounts.models import Office
from clusters.catalogue import Entry
from evaluations.models import Answer, Evaluation, EvidenceUse
from evaluations.worklist.standing import Line as Standing
from evaluations.worklist.standing import states_of

MOST_TITLES = 8


@dataclass(frozen=True, slots=True)
class Line:
    """One question of the office."""

    entry: Entry
    answer: Answer
    standing: Standing
    role: str
    proofs: tuple[str, ...]


def lines_of(evaluation: Evaluation, office: Office | None) -> list[Line]:
    """The questions an office leads or supports, or all of them, in the instrument's order; five statements."""
    standings = states_of(evaluation)
    if office is not None:
        own = {office.pk, office.part_of_id}
        standings = {pk: each for pk, each in standings.items() if any(duty.office_id in own for duty in each.offices)}
    answers = {answer.pk: answer for answer in Answer.objects.filter(evaluation=evaluation).iterator()}
    proofs = _proofs(evaluation, [each.answer_id for each in standings.values()])
    return [
        Line(each.entry, answers[each.answer_id], each, _role(each, office), tuple(proofs[each.answer_id]))
        for each in standings.values()
    ]


def _role(standing: Standing, office: Office | None) -> str:
    if office is None:
        return standing.lead.name if standing.lead else "Belum ada penanggung jawab"
    own = {office.pk, office.part_of_id}
    return "Penanggung jawab" if standing.lead and standing.lead.office_id in own else "Pendukung"


def _proofs(evaluation: Evaluation, answers: Iterable[int]) -> dict[int, list[str]]:
    """Titles of what proves each answer, the rest as a number."""
    wanted = set(answers)
    uses = EvidenceUse.objects.filter(answer__evaluation=evaluation, removed_at__isnull=True).order_by("pk")
    found: dict[int, list[str]] = defaultdict(list)
    for answer, title in uses.values_list("answer_id", "evidence__title"):
        if answer in wanted:
            found[answer].append(title)
    for titles in found.values():
        if len(titles) > MOST_TITLES:
            titles[MOST_TITLES:] = [f"dan {len(titles) - MOST_TITLES} lainnya"]
    return found
