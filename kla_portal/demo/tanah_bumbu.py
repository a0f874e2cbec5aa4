"""Tanah Bumbu, the region the demo tells in full: claims of 961,86, verified at 800,38, now before the field visit."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date, datetime, timedelta
from decimal import Decimal
from random import Random

from accounts.models import Region, User
from clusters.models import Cycle, PredicateBand
from clusters.scoring import difference
from clusters.stages import Stage
from evaluations import actions as answering
from evaluations import scores
from evaluations.models import Answer, Evaluation, Responsibility
from kla_portal.demo import documents, fairness, findings
from kla_portal.demo.claims import Choice, Entry, claim_of, lower_to
from kla_portal.demo.matrices import seed_matrices
from kla_portal.demo.proofs import seed_proofs
from reports.models import Letterhead
from verification import actions as judging
from verification.models import Award, Verdict

CODE = "63.10"
EM_TOTAL = Decimal("961.86")
VA_TOTAL = Decimal("800.38")
NOTES = (
    "Bukti tahun 2023 dan 2024 terlampir.",
    "Contoh: data dari perangkat daerah penanggung jawab.",
    "Contoh: dilaksanakan bersama Forum Anak.",
)


def seed_story(evaluation: Evaluation, entries: Sequence[Entry], people: dict[str, User], at: datetime) -> None:
    """The whole way of the region up to the days before the field visit."""
    authors = _authors(evaluation, people)
    claimed = _answer(evaluation, entries, authors, people["operator"], at)
    seed_proofs(evaluation, entries, authors, people["operator"], at - timedelta(days=27))
    documents.describe(evaluation, people["operator"], at - timedelta(days=20))
    seed_matrices(evaluation, authors, people["operator"], at - timedelta(days=21))
    _send_and_verify(evaluation, entries, claimed, people, at)
    _paper(evaluation.region, evaluation.cycle, people["admin"], at)


def _answer(
    evaluation: Evaluation, entries: Sequence[Entry], authors: Mapping[int, User], operator: User, at: datetime
) -> list[Choice]:
    """All questions answered through the real action, from 28 to 20 days ago; the total is exactly `EM_TOTAL`."""
    rng = Random(6310)  # noqa: S311 - a demo that is the same everywhere
    full = [Choice(entry.best.points, entry.best) for entry in entries]
    loss = difference(evaluation.cycle.instrument.maximum, EM_TOTAL)
    claimed = lower_to(entries, full, loss, 0.2, rng)
    answers = {answer.question_id: answer for answer in Answer.objects.filter(evaluation=evaluation)}
    for moment, entry, choice in zip(_moments(at - timedelta(days=28), len(entries)), entries, claimed, strict=True):
        answering.save_answer(
            answer=answers[entry.question.pk],
            version=0,
            claim=claim_of(entry, choice, rng),
            note=rng.choice(NOTES) if rng.random() < 0.2 else "",
            by=authors.get(entry.question.pk, operator),
            at=moment,
        )
    return claimed


def _send_and_verify(
    evaluation: Evaluation,
    entries: Sequence[Entry],
    claimed: Sequence[Choice],
    people: dict[str, User],
    at: datetime,
) -> None:
    """Sent, assigned, every question judged, closed: the total is exactly `VA_TOTAL`, the stage now VL."""
    answering.submit(evaluation=evaluation, by=people["operator"], at=at - timedelta(days=19))
    scores.settle(evaluation, Stage.EM, at=at - timedelta(days=19), freeze=True)
    for stage in (Stage.VA, Stage.VL):
        judging.assign(
            evaluation=evaluation,
            stage=stage,
            verifier=people["verifikator"],
            by=people["admin"],
            at=at - timedelta(days=18),
        )
    _judge(evaluation, entries, claimed, people["verifikator"], at - timedelta(days=17))
    fairness.seed_twice(evaluation, people, at - timedelta(days=8))
    judging.close_stage(
        evaluation=evaluation,
        stage=Stage.VA,
        confirmed_unjudged=None,
        by=people["verifikator"],
        at=at - timedelta(days=6),
    )
    scores.settle(evaluation, Stage.VA, at=at - timedelta(days=6), freeze=True)
    fairness.seed_owed(evaluation, people, at - timedelta(days=2))


def _judge(
    evaluation: Evaluation, entries: Sequence[Entry], claimed: Sequence[Choice], verifier: User, start: datetime
) -> None:
    rng = Random(6311)  # noqa: S311 - a demo that is the same everywhere
    verified = lower_to(entries, claimed, difference(EM_TOTAL, VA_TOTAL), 0.35, rng)
    answers = {
        answer.question_id: answer for answer in Answer.objects.filter(evaluation=evaluation).select_related("question")
    }
    for moment, entry, claim, choice in zip(_moments(start, len(entries)), entries, claimed, verified, strict=True):
        same = choice.points == claim.points
        reason = None if same else findings.reason_for(entry.question, rng)
        judging.record_verdict(
            answer=answers[entry.question.pk],
            stage=Stage.VA,
            version=0,
            decision=_decision(same, choice),
            option=None if same else choice.option,
            points=None if same else choice.points,
            reason=reason or "",
            note=findings.note_for(entry.question, reason, rng) if reason else findings.praise(rng),
            by=verifier,
            at=moment,
        )


def _decision(same: bool, choice: Choice) -> Verdict.Decision:
    if same:
        return Verdict.Decision.ACCEPT
    return Verdict.Decision.POINTS if choice.option is None else Verdict.Decision.OPTION


def _paper(region: Region, cycle: Cycle, administrator: User, at: datetime) -> None:
    """Letterhead and the award the region holds from the cycle before; both say that they are examples."""
    Letterhead.objects.get_or_create(
        region=region,
        defaults={
            "government": "PEMERINTAH KABUPATEN TANAH BUMBU",
            "office": ("DINAS PEMBERDAYAAN PEREMPUAN, PERLINDUNGAN ANAK, PENGENDALIAN PENDUDUK DAN KELUARGA BERENCANA"),
            "address": "Jalan Contoh Nomor 1, Batulicin",
            "city": "Batulicin",
            "signatory_position": "Kepala Dinas",
            "signatory_name": "Nama Penanda Tangan (contoh)",
            "signatory_rank": "Pembina Utama Muda (contoh)",
        },
    )
    if not Award.objects.filter(region=region, year=2023).exists():
        judging.record_award(
            region=region,
            year=2023,
            band=PredicateBand.objects.get(instrument=cycle.instrument, code="MADYA"),
            decree_number="CONTOH/2023",
            decree_on=date(2023, 7, 22),
            by=administrator,
            at=at,
            is_demo=True,
        )


def _authors(evaluation: Evaluation, people: dict[str, User]) -> dict[int, User]:
    """Who answered which question: staff where their office leads."""
    staff = {user.office_id: user for user in people.values() if user.office_id is not None}
    leads = Responsibility.objects.filter(evaluation=evaluation, is_lead=True, office__in=list(staff))
    return {question: staff[office] for question, office in leads.values_list("question_id", "office_id")}


def _moments(start: datetime, count: int) -> Iterator[datetime]:
    """`count` moments spread over eight days of work, from 08.30 to 15.30 on the clock of WITA."""
    first, a_day = start.replace(hour=0, minute=30, second=0, microsecond=0), -(-count // 8)
    return (first + timedelta(days=place // a_day, minutes=place % a_day * 7 * 60 // a_day) for place in range(count))
