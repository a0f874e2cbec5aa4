"""An evaluation that could be sent, and people who send and approve."""

from evaluations.models import Answer, Evaluation
from evaluations.sending import actions
from evaluations.sending.checklist import checklist_of
from tests.factories import NOW, answer_all, make_cycle, make_evaluation, make_region, make_user


def make_draft(
    *, code: str = "63.10", stages=("EM", "VA", "VL"), approval=False, answered=True, **options
) -> Evaluation:
    """Six questions with the highest claims, none proved, the shared ones not confirmed."""
    evaluation = make_evaluation(make_region(code), make_cycle(stages=stages, **options))
    if answered:
        answer_all(evaluation)
    Evaluation.objects.filter(pk=evaluation.pk).update(needs_approval=approval)
    return Evaluation.objects.for_page().get(pk=evaluation.pk)


def make_operator(evaluation: Evaluation, **options):
    """The secretary."""
    return make_user("OPERATOR", region=evaluation.region, **options)


def make_leader(evaluation: Evaluation, **options):
    """The ketua."""
    return make_user("LEADER", region=evaluation.region, **options)


def hand_in(evaluation: Evaluation, *, by=None, note="Menyusul.", seal=None, at=NOW):
    """As the page does: with the numbers as they are now, unless others are given."""
    seal = checklist_of(evaluation).seal if seal is None else seal
    return actions.hand_in(evaluation=evaluation, seal=seal, note=note, by=by or make_operator(evaluation), at=at)


def state_of(evaluation: Evaluation) -> tuple[str, bool, bool]:
    """Stage, sent, waiting; read again."""
    evaluation = Evaluation.objects.get(pk=evaluation.pk)
    return evaluation.stage, evaluation.is_submitted, evaluation.is_waiting


def confirm_all(evaluation: Evaluation) -> None:
    """The leads have said yes to what is shared."""
    by = make_user("OPERATOR", region=evaluation.region)
    Answer.objects.filter(evaluation=evaluation).update(confirmed_at=NOW, confirmed_by=by)
