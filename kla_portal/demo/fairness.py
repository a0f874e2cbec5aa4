"""Judged twice: a second reader, a coordinator who settles what differs, marks on evidence, one who lives too near."""

from datetime import datetime, timedelta
from typing import Any

from accounts.models import Region, User
from clusters.stages import Stage
from evaluations.models import Evaluation, EvidenceUse
from kla_portal.demo import findings
from verification import actions as judging
from verification.double import actions as doubles
from verification.double.pairs import Pair, paired
from verification.models import SecondReading, Verdict
from verification.notes import actions as noting
from verification.teams import actions as teams

NEAR = "63.72"  # where the second reader lives
MARKS = (
    "Halaman pengesahan belum ditandatangani.",
    "Tahun pada judul berbeda dengan tahun data.",
    "Lampiran daftar sasaran tidak ada.",
    "Foto tanpa keterangan tempat dan tanggal.",
)


def seed_twice(evaluation: Evaluation, people: dict[str, User], at: datetime) -> None:
    """Before the first stage is closed: a sample read twice, two differences settled, a few marks."""
    coordinator, second = people["koordinator"], people["verifikator.dua"]
    judging.assign(
        evaluation=evaluation, stage=Stage.VA, verifier=coordinator, is_coordinator=True, by=people["admin"], at=at
    )
    doubles.draw(evaluation=evaluation, by=people["admin"], at=at, seed="contoh")
    for place, pair in enumerate(_pairs(evaluation, Stage.VA)):
        _read(pair, place, second, at + timedelta(hours=1 + place))
    differing = [pair for pair in _pairs(evaluation, Stage.VA) if pair.differs]
    for pair in differing[:2]:
        doubles.settle(
            reading=pair.reading, version=pair.first.version if pair.first else 0, outcome=SecondReading.Outcome.FIRST,
            other={}, why="Bukti kedua tahun sudah diperiksa bersama.", by=coordinator, at=at + timedelta(days=1),
        )  # fmt: skip
    _mark(evaluation, people["verifikator"], at)


def seed_owed(evaluation: Evaluation, people: dict[str, User], at: datetime) -> None:
    """At the running stage: what the second reader still owes; and a region that is too near."""
    near = Region.objects.get(code=NEAR)
    second = people["verifikator.dua"]
    teams.declare(verifier=second, region=near, kind="HOME", reason="", by=second, at=at)
    judging.assign(
        evaluation=evaluation, stage=Stage.VL, verifier=people["koordinator"], is_coordinator=True, by=people["admin"],
        at=at,
    )  # fmt: skip
    doubles.draw(evaluation=evaluation, by=people["admin"], at=at, seed="contoh-lapangan")


def _pairs(evaluation: Evaluation, stage: Stage) -> list[Pair]:
    readings = SecondReading.objects.filter(answer__evaluation=evaluation, stage=stage)
    related = readings.select_related("answer__question__indicator", "answer__evaluation")
    return paired(related.order_by("answer__question__position"))


def _read(pair: Pair, place: int, by: User, at: datetime) -> None:
    """Mostly the same as the first, who is not seen; every third time the claim is accepted or lowered instead."""
    first, answer = pair.first, pair.reading.answer
    lower = answer.question.options.filter(points__lt=answer.points or 0).order_by("-points").first()
    told: dict[str, Any] = {
        "decision": Verdict.Decision.ACCEPT,
        "option": None,
        "points": None,
        "reason": "",
        "note": "",
    }
    if first is not None and place % 3:
        told |= {"decision": first.decision, "option": first.option, "reason": first.reason}
        told["points"] = first.points if first.decision == Verdict.Decision.POINTS else None
    elif first is not None and not first.reason and lower is not None:
        told |= {"decision": Verdict.Decision.OPTION, "option": lower, "reason": Verdict.Reason.INCOMPLETE}
        told["note"] = findings.NOTES[Verdict.Reason.INCOMPLETE][1]
    doubles.give(reading=pair.reading, by=by, at=at, **told)


def _mark(evaluation: Evaluation, by: User, at: datetime) -> None:
    lowered = Verdict.objects.current().filter(answer__evaluation=evaluation, stage=Stage.VA).exclude(reason="")
    uses = (
        EvidenceUse.objects.counted().filter(answer__in=lowered.values("answer")).select_related("answer", "evidence")
    )
    by_answer = {use.answer_id: use for use in uses.order_by("-answer__question__position", "-pk")}
    for use, text in zip(list(by_answer.values())[::-1], MARKS, strict=False):
        page = 1 if use.evidence.page_count else None
        noting.write(answer=use.answer, evidence=use.evidence, page=page, text=text, by=by, at=at)
