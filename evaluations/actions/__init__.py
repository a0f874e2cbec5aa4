"""Every write of the case file: keyword-only, in one transaction, with an audit event; promises last."""

from evaluations.actions.answering import Conflict, FollowsTicks, save_answer, save_held
from evaluations.actions.opening import open_evaluation
from evaluations.actions.sending import AlreadySubmitted, submit

__all__ = ["AlreadySubmitted", "Conflict", "FollowsTicks", "open_evaluation", "save_answer", "save_held", "submit"]
