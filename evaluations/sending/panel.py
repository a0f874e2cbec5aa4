"""What the region's own review has said about a question, above its answer."""

from accounts.models import User
from clusters.catalogue import Entry
from clusters.stages import Stage
from evaluations import readers, rules
from evaluations.models import Answer, Evaluation
from evaluations.panels import Panel


def panel(user: User, evaluation: Evaluation, entry: Entry, answer: Answer, *, can_edit: bool) -> Panel | None:
    """While the self-evaluation is open; afterwards the sheet shows the latest verdict. Two queries at most.

    What is still to be mended stands where the state stands, which follows every save.
    """
    if evaluation.is_submitted or Stage.TI not in evaluation.cycle.stages or not rules.sees_review(user):
        return None
    question = entry.question.pk
    verdict = readers.verdict_lines(user, evaluation, [question]).get(question)
    if verdict is None or (verdict.is_return and question in readers.returned(evaluation)):
        return None
    return Panel("evaluations/sending/_review.html", {"verdict": verdict, "points": answer.points}, place="above")
