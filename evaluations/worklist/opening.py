"""The answer that somebody is about to save: found, allowed and held in one prepared statement."""

from datetime import datetime
from functools import lru_cache

from django.conf import settings
from django.db.models import QuerySet

from accounts import audit
from accounts.models import User
from clusters.stages import Stage
from evaluations import rules
from evaluations.models import Answer, EvidenceUse, Responsibility, window_from
from evaluations.worklist import stand_ins
from evaluations.worklist.stand_ins import Kind
from kla_portal.prepared import WORD, Place, PreparedObjects


def answer_to_save(user: User, evaluation: int, code: str, at: datetime) -> Answer | None:
    """The answer with its evaluation, window, number of documents and the office in charge; None for a stranger.

    Its evaluation, and after that the chain of its region's trail, are held until the caller's transaction ends.
    """
    found = _held(user, evaluation, code)
    if found is None and (case := rules.visible_evaluations(user).locked().filter(pk=evaluation).first()):
        audit.held_chain(case.region_id, at)  # nothing had been recorded about the region yet, or somebody does now
        found = _held(user, evaluation, code)
    return found


def _held(user: User, evaluation: int, code: str) -> Answer | None:
    kind = stand_ins.kind_of(user)
    if kind is None:
        return _asked(user, evaluation, code).first()
    return _of_kind(kind, settings.ANTIVIRUS).first(evaluation, *stand_ins.keys_of(user), code)


@lru_cache(maxsize=16)
def _of_kind(kind: Kind, _antivirus: str) -> PreparedObjects[Answer]:
    """What counts as a document depends on whether files must be scanned."""

    def asked(evaluation: Place, *places: Place) -> QuerySet[Answer]:
        return _asked(stand_ins.somebody(kind), evaluation, places[-1])

    return PreparedObjects(asked, *stand_ins.PLACES, WORD)


def _asked(user: User, evaluation: Place, code: Place) -> QuerySet[Answer]:
    seen = rules.visible_answers(user).filter(evaluation__region__auditchain__isnull=False)
    answers = seen.select_related("evaluation__region__auditchain", "evaluation__cycle__instrument")
    held = answers.select_for_update(of=("evaluation", "evaluation__region__auditchain"))
    window = window_from("evaluation__cycle", Stage.EM)
    counted = held.annotate(proofs=EvidenceUse.proofs_of_answer(), **window)
    if rules.sees_only_own_questions(user):
        lead = Responsibility.lead_of_answer()  # whether somebody is to be told, and of which question
        counted = counted.select_related("question").annotate(lead_office_id=lead)
    return counted.filter(evaluation=evaluation, question__code=code)
