"""The other regions of Kalimantan Selatan, each in a state of its own, written in bulk."""

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import datetime, timedelta
from random import Random

from django.db import transaction

from accounts import audit
from accounts.models import User
from clusters.stages import Stage
from evaluations import actions as answering
from evaluations import scores
from evaluations.models import Answer, AnswerVersion, Evaluation
from kla_portal.demo import findings
from kla_portal.demo.claims import Choice, Entry, claim_of, drawn
from verification import actions as judging
from verification.models import Verdict


@dataclass(frozen=True, slots=True)
class State:
    """How far a region is: share of questions answered, how strong its claims are, how much of it is judged."""

    code: str
    answered: float
    strength: float = 1.0
    sent: bool = False
    judged: float = 0.0
    closed: bool = False


STATES = (
    State("63.05", 0.0),  # Tapin is left to whoever tries the portal
    State("63.08", 0.0),
    State("63.02", 0.2),
    State("63.11", 0.45, 1.3),
    State("63.04", 0.7, 1.5),
    State("63.01", 1.0, 1.0),
    State("63.03", 1.0, 1.2, sent=True),
    State("63.72", 1.0, 2.2, sent=True, judged=0.12),
    State("63.06", 1.0, 0.9, sent=True, judged=0.5),
    State("63.07", 1.0, 0.8, sent=True, judged=1.0, closed=True),
    State("63.09", 1.0, 1.3, sent=True, judged=1.0, closed=True),
    State("63.71", 1.0, 1.9, sent=True, judged=1.0, closed=True),
)


@transaction.atomic
def seed_state(
    evaluation: Evaluation, state: State, entries: Sequence[Entry], people: dict[str, User], at: datetime
) -> None:
    """Bring a freshly opened evaluation into its state and settle what it has reached."""
    rng = Random(state.code)  # noqa: S311 - a demo that is the same everywhere
    judging.assign(evaluation=evaluation, stage=Stage.VA, verifier=people["verifikator"], by=people["admin"], at=at)
    if state.answered:
        _answer(evaluation, entries, drawn(entries, state.answered, state.strength, rng), at, rng)
    if state.sent:
        answering.submit(evaluation=evaluation, by=people["admin"], at=at - timedelta(days=14))
    scores.settle(evaluation, Stage.EM, at=at - timedelta(days=14), freeze=state.sent)
    if state.judged:
        _judge(evaluation, entries, state, people["verifikator"], at - timedelta(days=10), rng)
        scores.settle(evaluation, Stage.VA, at=at - timedelta(days=10))
    if state.closed:
        judging.close_stage(
            evaluation=evaluation,
            stage=Stage.VA,
            confirmed_unjudged=None,
            by=people["verifikator"],
            at=at - timedelta(days=4),
        )
        scores.settle(evaluation, Stage.VA, at=at - timedelta(days=4), freeze=True)


def _answer(
    evaluation: Evaluation, entries: Sequence[Entry], choices: Sequence[Choice | None], at: datetime, rng: Random
) -> None:
    moment = at - timedelta(days=16)
    known = dict(Answer.objects.filter(evaluation=evaluation).values_list("question_id", "pk"))
    answers, versions = [], []
    for entry, choice in zip(entries, choices, strict=True):
        if choice is None:
            continue
        said = {**asdict(claim_of(entry, choice, rng)), "saved_at": moment, "version": 1}
        answers.append(Answer(evaluation=evaluation, question=entry.question, **said))
        versions.append(AnswerVersion(answer_id=known[entry.question.pk], **said))
    Answer.objects.bulk_create(
        answers,
        update_conflicts=True,
        unique_fields=["evaluation", "question"],
        update_fields=["kind", "option", "measure", "measure_before", "points", "reason", "saved_at", "version"],
    )
    AnswerVersion.objects.bulk_create(versions)
    _tell("demo.answered", evaluation, len(answers), None, moment)


def _judge(
    evaluation: Evaluation, entries: Sequence[Entry], state: State, verifier: User, moment: datetime, rng: Random
) -> None:
    rows = {answer.question_id: answer for answer in Answer.objects.filter(evaluation=evaluation)}
    last = round(len(entries) * state.judged)
    verdicts = [_verdict(rows[entry.question.pk], entry, verifier, moment, rng) for entry in entries[:last]]
    Verdict.objects.bulk_create(verdicts)
    _tell("demo.judged", evaluation, len(verdicts), verifier, moment)


def _verdict(answer: Answer, entry: Entry, verifier: User, moment: datetime, rng: Random) -> Verdict:
    claimed = answer.points
    if claimed is None:
        raise ValueError("Only complete self-evaluations are judged in the demo.")
    lower = entry.below(claimed)
    falls = bool(lower) and rng.random() < 0.4
    reason = findings.reason_for(entry.question, rng) if falls else ""
    return Verdict(
        answer=answer,
        stage=Stage.VA,
        decision=Verdict.Decision.OPTION if falls else Verdict.Decision.ACCEPT,
        option=lower[0] if falls else None,
        points=lower[0].points if falls else claimed,
        before_points=claimed,
        reason=reason,
        note=findings.note_for(entry.question, findings.Reason(reason), rng) if reason else "",
        version=1,
        given_at=moment,
        given_by=verifier,
    )


def _tell(action: str, evaluation: Evaluation, count: int, by: User | None, at: datetime) -> None:
    audit.record(
        action=action,
        subject=f"evaluation:{evaluation.pk}",
        by=by,
        at=at,
        region_id=evaluation.region_id,
        details={"rows": count},
    )
