"""What is missing before an evaluation is sent."""

from django.db.models import Exists, OuterRef

from evaluations.models import Answer, Evaluation, MatrixVersion


def empty_matrices(evaluation: Evaluation) -> set[int]:
    """Questions with a claim worth something that ask for a table in which nothing stands. One query."""
    filled = MatrixVersion.objects.current().filter(answer=OuterRef("pk"), row_count__gt=0)
    empty = Answer.objects.filter(evaluation=evaluation, question__matrix=True, points__gt=0).exclude(Exists(filled))
    return set(empty.values_list("question_id", flat=True))
