"""Every attempt to send, newest first, for those who answer for the whole evaluation."""

from accounts.models import User
from evaluations.models import Evaluation, Sending
from evaluations.sending import rules


def history_of(user: User, evaluation: Evaluation) -> list[Sending]:
    """One query; nothing for staff of an office and for verifiers."""
    if not rules.can_read(user):
        return []
    found = Sending.objects.filter(evaluation=evaluation).select_related("asked_by", "decided_by", "reopened_by")
    return list(found.order_by("-asked_at", "-pk"))


def waiting_of(sendings: list[Sending]) -> Sending | None:
    """The request that nobody has answered yet."""
    return next((each for each in sendings if each.outcome == Sending.Outcome.WAITING), None)
