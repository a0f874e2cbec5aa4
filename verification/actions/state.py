"""What all actions share: the lock on the evaluation and the refusal of a stage that is not being worked on."""

from clusters.stages import LABELS, Stage
from evaluations.models import Evaluation, EvaluationQuerySet
from kla_portal.prepared import KEY, WORD, PreparedObjects


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
    return _held().get(pk=evaluation_pk)


def locked_with_window(evaluation_pk: int, stage: str) -> Evaluation:
    """The same, with the window of a stage beside it (`windows.window_beside`). One statement."""
    found = HELD.first(evaluation_pk, stage)
    if found is None:
        raise Evaluation.DoesNotExist
    return found


def _held() -> EvaluationQuerySet:
    return Evaluation.objects.locked().select_related("cycle", "region")


HELD = PreparedObjects[Evaluation](lambda pk, stage: _held().with_window(stage).filter(pk=pk), KEY, WORD)
