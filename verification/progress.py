"""Which stages of an evaluation are over."""

from evaluations.models import Evaluation


def is_past(evaluation: Evaluation, stage: str) -> bool:
    """Whether `stage` of this evaluation is closed; its result may still be on its way."""
    used = [each.value for each in evaluation.cycle.used_stages]
    if not evaluation.stage:
        return stage in used
    return stage in used[: used.index(evaluation.stage)]
