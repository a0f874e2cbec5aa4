"""Two regions whose own reviewers are at work: Tanah Laut nearly through, Barito Kuala at the beginning."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from random import Random

from accounts import audit
from accounts.models import User
from clusters.stages import Stage
from evaluations import scores
from evaluations.evidence import actions as proving
from evaluations.models import Answer, Evaluation, EvidenceUse
from evaluations.sending import actions as handing
from kla_portal.demo import findings
from verification import actions as judging
from verification.models import Verdict


@dataclass(frozen=True, slots=True)
class Reviewing:
    """Who reviews, how many answers are proved and confirmed, how many are judged, how many of those sent back."""

    reviewer: str
    proved: float
    judged: int
    returned: int
    mended: int
    asks_leader: str = ""  # whose operator has switched the leader's approval on


REVIEWS: Mapping[str, Reviewing] = {
    "63.01": Reviewing("penelaah.tala", 0.85, 70, 7, 2, "operator.tala"),
    "63.04": Reviewing("penelaah.batola", 0.4, 12, 2, 0),
}
DOCUMENTS = ("perda-kla", "rad-kla-2024", "sk-gugus-tugas", "laporan-tahunan", "profil-anak", "dpa-2024")


def seed_review(evaluation: Evaluation, people: Mapping[str, User], at: datetime) -> None:
    """Evidence as links, the leads' confirmations, and verdicts of the review; nothing for other regions."""
    plan = REVIEWS.get(evaluation.region.code)
    if plan is None:
        return
    rng = Random(f"telaah {evaluation.region.code}")  # noqa: S311 - a demo that is the same everywhere
    answers = list(
        Answer.objects.filter(evaluation=evaluation, points__isnull=False)
        .select_related("question", "evaluation")
        .order_by("question__position")
    )
    ready = [each for each in answers if rng.random() < plan.proved]
    reviewer = people[plan.reviewer]
    _prove(evaluation, ready, reviewer, at - timedelta(days=12), rng)
    returned = _judge(plan, rng.sample(ready, plan.judged), reviewer, at - timedelta(days=6), rng)
    for answer in returned[: plan.mended]:
        url = f"https://jdih.example.id/{evaluation.region.code}/perbaikan-{answer.question.code}"
        proving.attach_link(answer=answer, url=url, title="Contoh: lampiran lengkap", by=reviewer, at=at)
    if plan.asks_leader:
        handing.switch_approval(evaluation=evaluation, wanted=True, by=people[plan.asks_leader], at=at)
    scores.settle(evaluation, Stage.TI, at=at - timedelta(days=5))


def _prove(evaluation: Evaluation, answers: Sequence[Answer], by: User, at: datetime, rng: Random) -> None:
    """A handful of links that prove most answers, written in bulk; shared questions are confirmed."""
    links = [
        proving.attach_link(
            answer=answer,
            url=f"https://jdih.example.id/{evaluation.region.code}/{name}",
            title=f"Contoh: {name.replace('-', ' ')}",
            by=by,
            at=at,
        ).evidence
        for answer, name in zip(answers, DOCUMENTS, strict=False)
    ]
    rest = answers[len(links) :]
    EvidenceUse.objects.bulk_create(
        EvidenceUse(evidence=rng.choice(links), answer=answer, added_at=at, added_by=by) for answer in rest
    )
    Answer.objects.filter(pk__in=[each.pk for each in answers]).update(confirmed_at=at, confirmed_by=by)
    audit.record(
        action="demo.answered", subject=f"evaluation:{evaluation.pk}", by=None, at=at, region_id=evaluation.region_id,
        details={"proved": len(answers)},
    )  # fmt: skip


def _judge(plan: Reviewing, answers: Sequence[Answer], by: User, start: datetime, rng: Random) -> list[Answer]:
    """Most are accepted, a quarter lowered, some of those sent back with a note; the answers sent back."""
    returned: list[Answer] = []
    for place, answer in enumerate(answers):
        options = answer.question.options.all()
        lower = sorted((each for each in options if each.points < (answer.points or 0)), key=lambda each: -each.points)
        falls = bool(lower) and rng.random() < 0.3
        reason = findings.reason_for(answer.question, rng) if falls else None
        is_return = falls and len(returned) < plan.returned
        judging.record_verdict(
            answer=answer,
            stage=Stage.TI,
            version=0,
            decision=Verdict.Decision.OPTION if falls else Verdict.Decision.ACCEPT,
            option=lower[0] if falls else None,
            points=None,
            reason=reason or "",
            note=findings.note_for(answer.question, reason, rng) if reason else "",
            is_return=is_return,
            by=by,
            at=start + timedelta(minutes=4 * place),
        )
        if is_return:
            returned.append(answer)
    return returned
