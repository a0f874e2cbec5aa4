"""The two pages on which an evaluation is handed in: the sender's list, and the leader's one page."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.http import QueryDict

from accounts.models import User
from clusters.stages import Stage
from evaluations import rules, windows
from evaluations.models import Evaluation, StageResult
from evaluations.sending import rules as sending_rules
from evaluations.sending.checklist import Checklist, Kind, checklist_of
from evaluations.sending.gap import gap_of, marks_of
from evaluations.sending.history import history_of, waiting_of
from evaluations.standing import standing_for


def build(user: User, evaluation: Evaluation, query: Mapping[str, str], at: datetime) -> dict[str, Any]:
    """What both pages show; the number of queries does not depend on what is weak."""
    standing = standing_for(user, evaluation)
    found = checklist_of(evaluation)
    window = windows.window_of(evaluation, Stage.EM)
    result = StageResult.objects.filter(evaluation=evaluation, stage=Stage.TI).first()
    sendings = history_of(user, evaluation)
    gap = gap_of(user, evaluation, standing, result)
    return {
        "evaluation": evaluation,
        "standing": standing,
        "current": "overview",
        "checklist": found,
        "gap": gap,
        "marks": marks_of(standing.score.total, gap),
        "window": window,
        "left": window.closes_at - at if window else None,
        "is_open": bool(window and window.is_open(at)),
        "history": sendings,
        "waiting": waiting_of(sendings),
        "can_switch": rules.can_manage(user, evaluation) and not evaluation.is_submitted,
        "can_approve": sending_rules.can_approve(user, evaluation),
        "can_submit": rules.can_submit(user, evaluation),
        **_chosen(found, query),
    }


def _chosen(found: Checklist, query: Mapping[str, str]) -> dict[str, Any]:
    by_office = query.get("menurut") == "opd"
    kind = query.get("lemah", "")
    kind = kind if kind in list(Kind) else ""
    return {
        "by_office": by_office,
        "kind": kind,
        "anchor": Kind(kind).anchor if kind else "",  # where this one is mended, not where to begin
        "groups": found.grouped(found.of_kind(kind), by_office=by_office),
        "query_kind": _query(menurut="opd" if by_office else ""),
        "query_group": _query(lemah=kind),
    }


def _query(**parts: str) -> str:
    query = QueryDict(mutable=True)
    query.update({name: value for name, value in parts.items() if value})
    return query.urlencode()
