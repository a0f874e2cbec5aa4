"""Drawing what is read twice, giving the second judgement, settling differences, switching it on and off."""

import secrets
from collections.abc import Hashable, Iterable
from datetime import datetime
from decimal import Decimal
from typing import Any

from django.db import transaction
from django.urls import reverse

from accounts import audit
from accounts.models import User
from clusters.models import Cycle, Option
from clusters.stages import Stage, lowers
from evaluations import windows
from evaluations.models import Answer, Evaluation, EvidenceUse
from notices import actions as news
from notices.models import Notice
from verification import rules
from verification.actions import ReasonNeeded, Refusal, StageClosed, record_verdict, verdicts
from verification.actions.state import locked
from verification.double import sampling
from verification.double.pairs import paired
from verification.models import Assignment, DoubleSample, SecondReading, Verdict
from verification.reach import Reach
from verification.repairs.opening import go_on


class SwitchedOff(Refusal):
    """The cycle reads nothing twice."""

    sentence = "Penilaian ganda tidak dipakai pada siklus ini. Administrator mengaturnya di halaman siklus."


class NothingToDraw(Refusal):
    """No question with evidence, or nobody who could read it a second time."""

    sentence = (
        "Belum ada yang dapat dinilai ganda: perlu pertanyaan berbukti, penilai klasternya, dan verifikator lain "
        "tanpa benturan kepentingan. Atur penugasan lebih dulu."
    )


class AlreadyGiven(Refusal):
    """A second judgement is given once; afterwards the first one is known."""

    sentence = "Penilaian kedua sudah diberikan dan tidak dapat diubah. Perbedaan diputuskan koordinator."


class NotComparable(Refusal):
    """One of the two judgements is missing."""

    sentence = "Kedua penilaian belum lengkap, sehingga belum ada yang diputuskan."


class AlreadySettled(Refusal):
    """The coordinator has decided."""

    sentence = "Perbedaan ini sudah diputuskan koordinator."


class WhyMissing(Refusal):
    """A decision without a word for the two who judged."""

    sentence = "Tulis pertimbangan singkat, agar kedua penilai memahami keputusannya."


@transaction.atomic
def draw(*, evaluation: Evaluation, by: User, at: datetime, seed: str = "") -> DoubleSample:
    """Draw the sample of the running stage, once; drawing again only finds readers for questions that have none.

    Raises `SwitchedOff`, `NothingToDraw`, `StageClosed`, `windows.WindowClosed`.
    """
    evaluation = locked(evaluation.pk)
    if evaluation.stage not in Assignment.STAGES:
        raise StageClosed("", evaluation.stage)
    windows.require_open(evaluation, evaluation.stage, at)
    if not evaluation.cycle.double_share:
        raise SwitchedOff
    sample = DoubleSample.objects.filter(evaluation=evaluation, stage=evaluation.stage).first()
    fresh = sample is None
    sample = sample or DoubleSample(
        evaluation=evaluation, stage=evaluation.stage, seed=seed or secrets.token_hex(8),
        share=evaluation.cycle.double_share, drawn_at=at, drawn_by=by,
    )  # fmt: skip
    if fresh:
        sample.save()
    readings = _deal(sample, evaluation, at)
    if fresh and not readings:
        raise NothingToDraw
    if readings:
        audit.record(
            action="double.drawn", subject=f"evaluation:{evaluation.pk}", by=by, at=at, region_id=evaluation.region_id,
            details={"stage": sample.stage, "seed": sample.seed, "share": sample.share, "questions": len(readings)},
        )  # fmt: skip
    return sample


def _deal(sample: DoubleSample, evaluation: Evaluation, at: datetime) -> list[SecondReading]:
    """Readers for the sampled questions that have none; each of them is told how many there are."""
    answers = _proved(evaluation)
    strata: dict[Hashable, list[str]] = {}
    for code, answer in answers.items():
        strata.setdefault(answer.question.indicator.code, []).append(code)
    wanted = [answers[code] for code in sampling.drawn(sample.seed, strata, sample.share)]
    known = SecondReading.objects.filter(answer__evaluation=evaluation, stage=sample.stage)
    read = dict(known.values_list("answer", "reader"))
    load: dict[int, int] = {}
    for reader in read.values():
        load[reader] = load.get(reader, 0) + 1
    people = rules.unbound_verifiers(evaluation).values_list("pk", flat=True)
    open_ones = _sampled(evaluation, [each for each in wanted if each.pk not in read])
    chosen = sampling.readers(open_ones, list(people), load)
    readings = SecondReading.objects.bulk_create(
        SecondReading(sample=sample, answer=answers[code], stage=sample.stage, reader_id=reader)
        for code, reader in chosen.items()
    )
    _tell_readers(sample, evaluation, chosen.values(), at)
    return readings


def _proved(evaluation: Evaluation) -> dict[str, Answer]:
    """Answers with evidence by code, in the instrument's order; one query."""
    proved = EvidenceUse.objects.counted().filter(answer__evaluation=evaluation).values("answer")
    answers = Answer.objects.filter(pk__in=proved).select_related("question__indicator__cluster")
    return {each.question.code: each for each in answers.order_by("question__position")}


def _sampled(evaluation: Evaluation, answers: list[Answer]) -> list[sampling.Sampled]:
    """With who could be the first and who has judged already; two queries."""
    mandates = Assignment.objects.filter(evaluation=evaluation, stage=evaluation.stage)
    reaches = {verifier: Reach.of(codes) for verifier, codes in mandates.values_list("verifier", "clusters")}
    judges: dict[int, set[int]] = {}
    given = Verdict.objects.filter(answer__in=answers, stage=evaluation.stage).values_list("answer", "given_by")
    for answer, judge in given:
        judges.setdefault(answer, set()).add(judge)
    return [
        sampling.Sampled(
            each.question.code,
            frozenset(pk for pk, reach in reaches.items() if reach.holds(each.question.indicator.cluster.code)),
            frozenset(judges.get(each.pk, ())),
        )
        for each in answers
    ]


def _tell_readers(sample: DoubleSample, evaluation: Evaluation, readers: Iterable[int], at: datetime) -> None:
    counts: dict[int, int] = {}
    for reader in readers:
        counts[reader] = counts.get(reader, 0) + 1
    for reader, count in counts.items():
        news.tell(
            users=[reader], kind=Notice.Kind.ASSIGNED, key=f"double:{sample.pk}:{at.timestamp():.0f}",
            text=f"{count} pertanyaan {evaluation.region.name} menunggu penilaian kedua dari Anda.",
            link=reverse("verification:double", args=[evaluation.pk]), at=at,
        )  # fmt: skip


@transaction.atomic
def give(
    *,
    reading: SecondReading,
    decision: str,
    option: Option | None,
    points: Decimal | None,
    reason: str,
    note: str,
    by: User,
    at: datetime,
) -> SecondReading:
    """The second judgement, once and for all; it moves no score. The same sent twice is one.

    Raises `AlreadyGiven`, `StageClosed`, `windows.WindowClosed`, or what a verdict would.
    """
    evaluation = locked(reading.answer.evaluation_id)
    if evaluation.stage != reading.stage:
        raise StageClosed(reading.stage, evaluation.stage)
    windows.require_open(evaluation, reading.stage, at)
    reading = SecondReading.objects.select_related("answer__question").get(pk=reading.pk, reader=by)
    before = verdicts.points_before(reading.answer, evaluation, Stage(reading.stage))
    given, chosen = verdicts.judged(reading.answer, decision, option, points, before)
    if lowers(given, before) and not reason:
        raise ReasonNeeded
    said = {
        "decision": decision, "option": chosen, "points": given, "before_points": before,
        "reason": reason if lowers(given, before) else "", "note": note,
    }  # fmt: skip
    if reading.is_given:
        if all(getattr(reading, name) == value for name, value in said.items()):
            return reading
        raise AlreadyGiven
    for name, value in said.items():
        setattr(reading, name, value)
    reading.given_at = at
    reading.save(update_fields=[*said, "given_at"])
    audit.record(
        action="double.read", subject=f"answer:{reading.answer_id}", by=by, at=at, region_id=evaluation.region_id,
        details={"stage": reading.stage},
    )  # fmt: skip
    return reading


@transaction.atomic
def settle(
    *, reading: SecondReading, version: int, outcome: str, other: dict[str, Any], why: str, by: User, at: datetime
) -> SecondReading:
    """The coordinator's word on two judgements: a new verdict, whichever of the two it follows.

    `version` is that of the current verdict the coordinator has seen; `other` is the judgement for a third value.
    Whoever follows the first verdict while it sends the question back sends it back as well.
    Raises `NotComparable`, `AlreadySettled`, `WhyMissing`, or what a verdict would.
    """
    evaluation = locked(reading.answer.evaluation_id)
    reading = SecondReading.objects.select_related("answer__question", "answer__evaluation", "option").get(
        pk=reading.pk
    )
    if reading.settled_at is not None:
        if (reading.outcome, reading.settled_by_id) == (outcome, by.pk):
            return reading
        raise AlreadySettled
    pair = paired([reading])[0]
    if not pair.is_whole or pair.first is None:
        raise NotComparable
    if not why.strip():
        raise WhyMissing
    followed = {SecondReading.Outcome.FIRST: pair.first, SecondReading.Outcome.SECOND: reading}.get(outcome)  # type: ignore[call-overload]
    verdict = record_verdict(
        answer=reading.answer, stage=reading.stage, version=version, by=by, at=at,
        **(other if followed is None else _judgement_of(followed)),
        is_return=followed is pair.first and pair.first.is_return and pair.first.is_current,
    )  # fmt: skip
    go_on(verdict, pair.first)
    reading.first, reading.settled, reading.outcome, reading.why = pair.first, verdict, outcome, why.strip()
    reading.settled_at, reading.settled_by = at, by
    reading.save(update_fields=["first", "settled", "outcome", "why", "settled_at", "settled_by"])
    audit.record(
        action="double.settled", subject=f"answer:{reading.answer_id}", by=by, at=at, region_id=evaluation.region_id,
        details={"stage": reading.stage, "outcome": outcome},
    )  # fmt: skip
    _tell_settled(reading, pair.first, evaluation, at)
    return reading


def _judgement_of(judgement: Verdict | SecondReading) -> dict[str, Any]:
    """What `record_verdict` needs to say the same once more."""
    return {
        "decision": judgement.decision,
        "option": judgement.option,
        "points": judgement.points if judgement.decision == Verdict.Decision.POINTS else None,
        "reason": judgement.reason,
        "note": judgement.note,
    }


def _tell_settled(reading: SecondReading, first: Verdict, evaluation: Evaluation, at: datetime) -> None:
    code = reading.answer.question.code
    news.tell(
        users={reading.reader_id, first.given_by_id} - {reading.settled_by_id}, kind=Notice.Kind.ASSIGNED,
        key=f"settled:{reading.pk}",
        text=f"{evaluation.region.name} {code}: perbedaan dua penilaian sudah diputuskan koordinator.",
        link=reverse("verification:double", args=[evaluation.pk]), at=at,
    )  # fmt: skip


@transaction.atomic
def release(*, evaluation: Evaluation, verifier: User, by: User, at: datetime) -> int:
    """Take the readings back that somebody still owes here and find others for them; how many there were.

    Belongs under the evaluation's lock, into the transaction of what makes it necessary.
    """
    gone, _ = SecondReading.objects.owed().filter(answer__evaluation=evaluation, reader=verifier).delete()
    sample = DoubleSample.objects.filter(evaluation=evaluation, stage=evaluation.stage).first()
    if gone and sample is not None:
        _deal(sample, evaluation, at)
        audit.record(
            action="double.released", subject=f"evaluation:{evaluation.pk}", by=by, at=at,
            region_id=evaluation.region_id, details={"stage": sample.stage, "reader": verifier.pk, "questions": gone},
        )  # fmt: skip
    return gone


@transaction.atomic
def set_share(*, cycle: Cycle, share: int, by: User, at: datetime) -> None:
    """How many per cent of the questions with evidence are read twice; samples already drawn stay as they are.

    0 switches it off and takes back what is still owed: nothing is kept from anybody any more.
    """
    cycle = Cycle.objects.select_for_update().get(pk=cycle.pk)
    if cycle.double_share == share:
        return
    before, cycle.double_share = cycle.double_share, share
    cycle.save(update_fields=["double_share"])
    if not share:
        SecondReading.objects.owed().filter(answer__evaluation__cycle=cycle).delete()
    audit.record(
        action="double.share_set", subject=f"cycle:{cycle.pk}", by=by, at=at, details={"from": before, "to": share}
    )
