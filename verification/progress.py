"""Which stages of an evaluation are over, and which one is judged now."""

from clusters.stages import judged_at
from evaluations.models import Evaluation


def is_past(evaluation: Evaluation, stage: str) -> bool:
    """Whether `stage` of this evaluation is closed; its result may still be on its way."""
    used = [each.value for each in evaluation.cycle.used_stages]
    if not evaluation.stage:
        return stage in used
    return stage in used[: used.index(evaluation.stage)]


def judged_now(evaluation: Evaluation) -> str:
    """The stage whose verdicts are given now: the internal review while the self-evaluation is open; empty for none."""
    return judged_at(evaluation.stage, evaluation.cycle.stages)
