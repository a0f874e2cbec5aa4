"""Who may what, as tables of role, state and place."""

import pytest

from evaluations.models import Evaluation, StageResult
from evaluations.readers import verdict_lines
from evaluations.rules import visible_results
from tests.factories import NOW, make_office, make_region, make_user
from tests.verification.factories import close, judge, make_case, make_judge
from verification import rules

pytestmark = pytest.mark.django_db

STAGES = ("EM", "TI", "VA", "VL", "VF")
ROLES = ("STAFF", "OPERATOR", "REVIEWER", "LEADER", "VERIFIER", "ADMIN")
JUDGES = {"EM": ("REVIEWER", "OPERATOR"), "VA": ("VERIFIER",), "VL": ("VERIFIER",), "VF": ("ADMIN",)}


def at_stage(evaluation: Evaluation, stage: str) -> Evaluation:
    """The evaluation as it is at a stage, unsent at the first; "" when all are closed."""
    sent = {"submitted_at": None, "submitted_by": None}
    if stage != "EM":
        sent = {"submitted_at": NOW, "submitted_by": make_user("OPERATOR", region=evaluation.region)}
    Evaluation.objects.filter(pk=evaluation.pk).update(stage=stage, **sent)
    return Evaluation.objects.for_page().get(pk=evaluation.pk)


def person(role: str, evaluation: Evaluation, place: str):
    """Somebody of the evaluation's own region or province, or of another; verifiers hold every mandate they can."""
    region = evaluation.region if place == "own" else make_region("62.01", "Kabupaten Lain")
    if role == "VERIFIER" and place == "own":
        verifier = make_judge(evaluation, "VA")
        verifier.assignments.create(evaluation=evaluation, stage="VL", assigned_at=evaluation.opened_at,
                                    assigned_by=verifier)  # fmt: skip
        return verifier
    return make_user("STAFF", office=make_office(region)) if role == "STAFF" else make_user(role, region=region)


@pytest.mark.parametrize("place", ["own", "other"])
@pytest.mark.parametrize("role", ROLES)
def test_each_stage_is_judged_by_its_own_roles_and_closed_by_them_unless_sending_ends_it(role, place):
    evaluation = make_case(stages=STAGES)
    user = person(role, evaluation, place)
    stages = ("EM", "VA", "VL", "VF", "")
    able = {
        stage: (rules.can_judge(user, now), rules.can_close_stage(user, now))
        for stage in stages
        for now in [at_stage(evaluation, stage)]
    }
    judges = {stage: role in JUDGES.get(stage, ()) and (place == "own" or role == "ADMIN") for stage in stages}
    assert able == {stage: (yes, yes and stage != "EM") for stage, yes in judges.items()}


@pytest.mark.parametrize("role", ROLES)
def test_without_the_review_in_the_cycle_nobody_judges_before_sending(role):
    evaluation = make_case()
    user = person(role, evaluation, "own")
    now = at_stage(evaluation, "EM")
    found = (rules.can_judge(user, now), rules.judged_by(user, [now]), rules.visible_desks(user).count())
    assert found == (False, set(), 0)


@pytest.mark.parametrize("stage", ["VA", "VL"])
def test_a_mandate_counts_for_its_own_stage_only(stage):
    evaluation = make_case()
    user = make_judge(evaluation, "VA")
    assert rules.can_judge(user, at_stage(evaluation, stage)) is (stage == "VA")


@pytest.mark.parametrize("place", ["own", "other"])
@pytest.mark.parametrize("role", ROLES)
def test_desks_are_open_to_judges(role, place):
    evaluation = make_case(stages=STAGES)
    user = person(role, evaluation, place)
    opens = {}
    for stage in ("EM", "VA", "VL", "VF", ""):
        now = at_stage(evaluation, stage)
        opens[stage] = rules.visible_desks(user).filter(pk=evaluation.pk).exists()
        if place == "own" or role == "ADMIN":
            assert rules.opens_desk(user, now) == opens[stage]
    reads = role == "ADMIN" or (role == "VERIFIER" and place == "own")
    reviews = role == "ADMIN" or (role in JUDGES["EM"] and place == "own")
    assert opens == {stage: reviews if stage == "EM" else reads for stage in opens}


@pytest.mark.parametrize("place", ["own", "other"])
@pytest.mark.parametrize("role", ROLES)
@pytest.mark.parametrize("stage", ["EM", "VA", "VL"])
def test_the_review_is_the_region_s_own(role, place, stage):
    evaluation = make_case(stages=STAGES)
    at_stage(evaluation, "EM")
    judge(evaluation, "1.1", by=make_user("REVIEWER", region=evaluation.region), stage="TI")
    StageResult.objects.create(evaluation=evaluation, stage="TI", total=0, maximum=0, settled_at=NOW)
    user = person(role, evaluation, place)
    now = at_stage(evaluation, stage)
    sees = role == "ADMIN" or (place == "own" and role != "VERIFIER")
    found = (
        rules.visible_verdicts(user).count(),
        visible_results(user).filter(stage="TI").count(),
        len(verdict_lines(user, now, [now.answers.get(question__code="1.1").question_id])),
    )
    assert found == ((1, 1, 1) if sees else (0, 0, 0))


@pytest.mark.parametrize("place", ["own", "other"])
@pytest.mark.parametrize("role", ROLES)
def test_a_verdict_reaches_the_region_when_its_stage_is_closed(role, place):
    evaluation = make_case()
    user = person(role, evaluation, place)
    verifier = make_judge(evaluation)
    judge(evaluation, "1.1", by=verifier)
    running = rules.visible_verdicts(user).count()
    close(evaluation, by=verifier, confirmed=5)
    closed = rules.visible_verdicts(user).count()

    everywhere = role == "ADMIN" or (role == "VERIFIER" and place == "own")
    assert (running, closed) == (int(everywhere), int(everywhere or place == "own"))


@pytest.mark.parametrize("role", ROLES)
def test_only_the_administrator_assigns_and_awards(role):
    user = make_user(role)
    assert (rules.can_assign(user), rules.can_award(user)) == (role == "ADMIN", role == "ADMIN")


def test_eligible_are_active_verifiers_of_the_province():
    evaluation = make_case()
    here, gone = make_user("VERIFIER"), make_user("VERIFIER")
    make_user("VERIFIER", region=make_region("62.01", "Kabupaten Lain"))
    gone.is_active = False
    gone.save(update_fields=["is_active"])
    assert list(rules.eligible_verifiers(evaluation)) == [here]


@pytest.mark.parametrize("stage", ["EM", "VA", "VL", "VF", ""])
@pytest.mark.parametrize("role", ROLES)
def test_the_list_of_desks_agrees_with_the_single_question(role, stage):
    evaluation = make_case(stages=STAGES)
    user = person(role, evaluation, "own")
    now = at_stage(evaluation, stage)
    assert rules.judged_by(user, [now]) == ({now.pk} if rules.can_judge(user, now) else set())
