"""What all actions share: the lock on the evaluation and the refusal of a stage that is not being worked on."""

from clusters.stages import LABELS, Stage
from evaluations.models import Evaluation


class Refusal(Exception):
    """An expected "no" of this room, with the sentence a person reads."""

    sentence = ""

    def __str__(self) -> str:
        return self.sentence


class StageClosed(Refusal):
    """The evaluation is not at this stage: already past it, or not there yet."""

    def __init__(self, stage: str, now: str) -> None:
        super().__init__(stage, now)
        self.stage, self.now = stage, now
        where = (
            f"Evaluasi ini sekarang pada tahap {LABELS[Stage(now)].lower()}." if now else "Semua tahap sudah ditutup."
        )
        self.sentence = f"{_named(stage)} tidak sedang dikerjakan. {where}"


def _named(stage: str) -> str:
    """What a form called a stage, if it is one."""
    return f"Tahap {LABELS[Stage(stage)].lower()}" if stage in list(Stage) else "Tahap itu"


def locked(evaluation_pk: int) -> Evaluation:
    """The evaluation with its cycle, its row locked until the transaction ends."""
    rows = Evaluation.objects.select_for_update(of=("self",)).select_related("cycle", "region")
    return rows.get(pk=evaluation_pk)
