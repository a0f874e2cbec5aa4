"""The answer that somebody is about to save: the first question of every save, in one prepared statement."""

from functools import lru_cache

from django.conf import settings
from django.db.models import QuerySet

from accounts.models import User
from evaluations import rules
from evaluations.models import Answer, EvidenceUse, Responsibility
from evaluations.worklist import stand_ins
from evaluations.worklist.stand_ins import Kind
from kla_portal.prepared import WORD, Place, PreparedObjects


def answer_to_save(user: User, evaluation: int, code: str) -> Answer | None:
    """The answer with its evaluation, its number of documents and the office in charge; None for a stranger."""
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
    answers = rules.visible_answers(user).select_related("evaluation__region", "evaluation__cycle__instrument")
    counted = answers.annotate(proofs=EvidenceUse.proofs_of_answer())
    if rules.sees_only_own_questions(user):
        lead = Responsibility.lead_of_answer()  # whether somebody is to be told, and of which question
        counted = counted.select_related("question").annotate(lead_office_id=lead)
    return counted.filter(evaluation=evaluation, question__code=code)
