"""Answers in every state, made by the real actions."""

from evaluations.evidence import actions as proving
from evaluations.models import Answer
from evaluations.worklist.standing import states_of
from tests.factories import NOW

URL = "https://jdih.example.id/{}"


def answer_to(evaluation, code):
    """One answer with what the actions look at."""
    return Answer.objects.select_related("evaluation", "question").get(evaluation=evaluation, question__code=code)


def prove(evaluation, code, by, *, url="", title="SK Gugus Tugas"):
    """A link as the proof of an answer."""
    return proving.attach_link(
        answer=answer_to(evaluation, code), url=url or URL.format(code), title=title, by=by, at=NOW
    )


def states(evaluation, user=None):
    """State by code of question."""
    return {line.entry.question.code: line.state.value for line in states_of(evaluation, user=user).values()}


def tasks(evaluation, user):
    """Codes of what is left to do for somebody."""
    return [line.entry.question.code for line in states_of(evaluation, user=user).values() if line.is_task]
