"""One question as its page shows it: claim, options, evidence, history, neighbours."""

from datetime import datetime
from typing import Any

from django.http import Http404

from accounts.models import User
from clusters.catalogue import Entry, catalogue_of
from evaluations import readers, rules
from evaluations.carryover.panel import panel as last_cycle
from evaluations.discussion.panel import panel as thread
from evaluations.evidence.blocks import block_for
from evaluations.forms import Typed
from evaluations.history import contributions_to, history_of
from evaluations.matrices.panel import panel as matrix
from evaluations.mending import rules as mending
from evaluations.models import Answer, Evaluation, Responsibility
from evaluations.panels import Panel
from evaluations.places.actions import follows_ticks
from evaluations.places.known import units_known
from evaluations.places.panel import panel as tick_sheet
from evaluations.sending.panel import panel as review
from evaluations.standing import standing_for
from evaluations.worklist import state_block
from evaluations.worklist.filters import EVERYTHING, Filters
from evaluations.worklist.origin import Origin
from evaluations.worklist.way import way_from

PANELS = (review, last_cycle, tick_sheet, matrix, thread)


def entry_or_404(evaluation: Evaluation, code: str) -> Entry:
    """The question of this evaluation's instrument with that code."""
    entry = catalogue_of(evaluation.cycle.instrument).by_code.get(code)
    if entry is None:
        raise Http404
    return entry


def build(
    user: User, evaluation: Evaluation, code: str, *, can_edit: bool, at: datetime, filters: Filters = EVERYTHING
) -> dict[str, Any]:
    """The page's context; `filters` are the list one came from. Raises `Http404` for a question of others."""
    entry = entry_or_404(evaluation, code)
    standing = standing_for(user, evaluation)
    if standing.mine is not None and entry.question.pk not in standing.mine:
        raise Http404
    answer = answer_of(user, evaluation, entry)
    way = way_from(user, standing, entry, filters)
    card = sheet(user, evaluation, entry, answer, can_edit=can_edit)
    can_mend = mending.can_mend(user, answer, at)
    return {
        "evaluation": evaluation,
        "standing": standing,
        "cluster_score": standing.cluster(entry.question.indicator.cluster.code),
        "current": entry.question.indicator.cluster.code,
        "way": way,
        "trail": way.trail,
        "to_duty": Origin(code, way.trail).picking,
        "history": history_of(answer) if rules.sees_drafts(user) else [],
        "contributions": contributions_to(answer) if rules.sees_drafts(user) else [],
        "keadaan": state_block.block_for(
            user, standing, entry, answer, card["responsible"], units=card["units"], trail=way.trail
        ),
        "proofs": block_for(
            answer, user, evaluation=evaluation, code=code, can_edit=can_edit or can_mend, trail=way.trail
        ),
        "panels": panels_of(user, evaluation, entry, answer, can_edit=can_edit, can_mend=can_mend),
        "can_mend": can_mend,
        **card,
    }


def panels_of(
    user: User, evaluation: Evaluation, entry: Entry, answer: Answer, *, can_edit: bool, can_mend: bool
) -> list[Panel]:
    """The panels that have something to show here, in their order; first what later rooms have to say.

    While an answer is mended its table moves, and nothing else of the claim.
    """
    said = readers.panels(user, evaluation, entry, answer)
    found = (
        build(user, evaluation, entry, answer, can_edit=can_edit or (can_mend and build is matrix)) for build in PANELS
    )
    return [*said, *(each for each in found if each is not None)]


def sheet(user: User, evaluation: Evaluation, entry: Entry, answer: Answer, *, can_edit: bool) -> dict[str, Any]:
    """What the answer's own card needs, on the page and in the answer to a save."""
    return {
        "entry": entry,
        "question": entry.question,
        "answer": answer,
        "typed": Typed.stored(answer),
        "can_edit": can_edit and rules.can_claim(user, evaluation),
        "follows_ticks": follows_ticks(answer, entry.question),
        "verdict": readers.verdict_lines(user, evaluation, [entry.question.pk]).get(entry.question.pk)
        if evaluation.is_submitted
        else None,
        "responsible": responsible_for(evaluation, entry),
        "units": units_known(evaluation.region_id, [entry]),
        "can_share": rules.can_share_duties(user, evaluation),
    }


def responsible_for(evaluation: Evaluation, entry: Entry) -> list[Responsibility]:
    """Offices that answer the question, the lead first."""
    duties = Responsibility.objects.filter(evaluation=evaluation, question=entry.question)
    return list(duties.select_related("office").order_by("-is_lead", "office__name"))


def answer_of(user: User, evaluation: Evaluation, entry: Entry) -> Answer:
    """The answer, if this user may see it."""
    found = (
        rules.visible_answers(user)
        .filter(evaluation=evaluation, question=entry.question)
        .select_related("saved_by", "option", "question", "confirmed_by")
        .first()
    )
    if found is None:
        raise Http404
    found.evaluation = evaluation
    return found
