"""Evaluations that are being answered, each with its window: what the morning walks through."""

from collections.abc import Iterator
from datetime import datetime

from clusters.models import StageWindow
from clusters.stages import Stage
from evaluations.models import Evaluation, EvaluationQuerySet


def open_cases(at: datetime, evaluations: EvaluationQuerySet | None = None) -> Iterator[tuple[Evaluation, StageWindow]]:
    """Those whose self-evaluation is open at this moment and not sent; one query."""
    chosen = Evaluation.objects.all() if evaluations is None else evaluations
    found = (
        chosen.for_page()
        .with_window(Stage.EM)
        .filter(
            submitted_at__isnull=True,
            cycle__windows__stage=Stage.EM,
            cycle__windows__opens_at__lte=at,
            cycle__windows__closes_at__gt=at,
        )
    )
    for evaluation in found.order_by("pk"):
        held = vars(evaluation)
        window = StageWindow(
            stage=Stage.EM, opens_at=held["opens_at"], closes_at=held["closes_at"], time_zone=held["time_zone"]
        )
        yield evaluation, window
