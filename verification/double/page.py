"""What is read twice in one evaluation: what one owes oneself, and for the coordinator what differs. Never writes."""

from collections import Counter
from dataclasses import dataclass
from typing import Any

from accounts.models import User
from clusters.catalogue import Entry, catalogue_of
from clusters.stages import Stage
from evaluations.models import Evaluation
from verification.desk import stage_of
from verification.double import rules
from verification.double.pairs import Pair, paired
from verification.models import Assignment, DoubleSample, SecondReading, Verdict


@dataclass(frozen=True, slots=True)
class Progress:
    """How far one second reader is."""

    reader: User
    given: int
    whole: int


def stage_in(evaluation: Evaluation, named: str) -> Stage:
    """The stage an address names, if the province judges it; else the one on the desk."""
    used = [stage for stage in Assignment.STAGES if stage in evaluation.cycle.stages]
    return next((stage for stage in used if stage == named), stage_of(evaluation))


def build(user: User, evaluation: Evaluation, stage: Stage) -> dict[str, Any]:
    """The page's context; a constant number of queries."""
    readings = list(
        rules.visible_readings(user)
        .filter(answer__evaluation=evaluation, stage=stage)
        .for_page()
        .order_by("answer__question__position")
    )
    pairs = paired(readings)
    shown = [pair for pair in pairs if pair.is_whole]
    coordinator = Assignment.objects.filter(evaluation=evaluation, stage=stage, is_coordinator=True)
    oversees = rules.can_draw(user, evaluation)
    return {
        "evaluation": evaluation,
        "stage": stage,
        "stages": [each for each in Assignment.STAGES if each in evaluation.cycle.stages],
        "sample": DoubleSample.objects.filter(evaluation=evaluation, stage=stage).select_related("drawn_by").first(),
        "owed": [each for each in readings if each.reader_id == user.pk and not each.is_given],
        "waiting": [pair for pair in pairs if pair.reading.reader_id == user.pk and pair.reading.is_given
                    and not pair.is_whole],
        "differing": [pair for pair in shown if pair.differs and not pair.reading.settled_at],
        "settled": [pair for pair in shown if pair.reading.settled_at],
        "equal": [pair for pair in shown if not pair.differs and not pair.reading.settled_at],
        "progress": progress_of(evaluation, stage) if oversees else [],
        "coordinator": getattr(coordinator.select_related("verifier").first(), "verifier", None),
        "is_running": evaluation.stage == stage,
        "can_draw": oversees and evaluation.stage in Assignment.STAGES,
        "can_settle": evaluation.stage == stage and rules.can_settle(user, evaluation),
    }  # fmt: skip


def progress_of(evaluation: Evaluation, stage: Stage) -> list[Progress]:
    """Second readers with how many of theirs are given: counts only, nothing of what was found; one query."""
    rows = SecondReading.objects.filter(answer__evaluation=evaluation, stage=stage).select_related("reader")
    whole, given, readers = Counter[int](), Counter[int](), {}
    for each in rows:
        readers[each.reader_id] = each.reader
        whole[each.reader_id] += 1
        given[each.reader_id] += each.is_given
    people = sorted(readers.values(), key=str)
    return [Progress(each, given[each.pk], whole[each.pk]) for each in people]


def pair_of(user: User, evaluation: Evaluation, code: str, stage: Stage) -> Pair | None:
    """One pair that this person may see, whole or not."""
    found = rules.visible_readings(user).filter(answer__evaluation=evaluation, answer__question__code=code, stage=stage)
    reading = found.select_related("answer__evaluation").for_page().first()
    return paired([reading])[0] if reading else None


def current_of(pair: Pair) -> Verdict | None:
    """The verdict that counts now; one query."""
    reading = pair.reading
    current = Verdict.objects.current().filter(answer=reading.answer_id, stage=reading.stage)
    return current.for_reading().first()


def entry_of(evaluation: Evaluation, code: str) -> Entry | None:
    """The question in the catalogue."""
    return catalogue_of(evaluation.cycle.instrument).by_code.get(code)
