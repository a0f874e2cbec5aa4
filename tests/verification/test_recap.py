"""The recap: stages side by side, and parts that add up to the difference."""

from decimal import Decimal

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from evaluations.models import Answer
from tests.factories import make_office, make_region, make_user
from tests.verification.factories import close, judge, make_case, make_judge
from verification import recap, whereabouts
from verification.models import Verdict

pytestmark = pytest.mark.django_db

ZERO = Decimal("0.00")


def sums(found):
    """What the two waterfalls come to, and the change they must come to."""
    return (
        whereabouts.change_of(found.by_cluster),
        whereabouts.change_of(found.by_reason),
        found.figures.change,
    )


def test_recap_lays_claim_and_verdict_side_by_side_on_three_levels():
    evaluation = make_case()
    verifier = make_judge(evaluation)
    judge(evaluation, "1.1", Decimal("120.00"), by=verifier, reason="INCOMPLETE", note="Hanya sampul.")
    close(evaluation, by=verifier, confirmed=5)
    evaluation.refresh_from_db()

    found = recap.build(make_user("OPERATOR", region=evaluation.region), evaluation)

    assert [(each.stage.value, each.total, each.tier.code) for each in found.columns] == [
        ("EM", Decimal("1000.00"), "KLA"),
        ("VA", Decimal("720.00"), "NINDYA"),
    ]
    first = found.clusters[0]
    assert (first.figures.stages, first.indicators[0].figures.change) == (
        (Decimal("800.00"), Decimal("520.00")),
        Decimal("-280.00"),
    )
    line = first.indicators[0].questions[0]
    assert (line.entry.question.code, line.figures.stages, line.verdicts[0].note) == (
        "1.1",
        (Decimal("400.00"), Decimal("120.00")),
        "Hanya sampul.",
    )


def test_what_a_ceiling_absorbs_is_a_part_of_its_own():
    evaluation = make_case()  # indicator 3: questions 250, ceiling 200
    verifier = make_judge(evaluation)
    judge(evaluation, "3.2", Decimal("80.00"), by=verifier, reason="NO_MATRIX")
    close(evaluation, by=verifier, confirmed=5)
    evaluation.refresh_from_db()

    found = recap.build(make_user("ADMIN"), evaluation)

    assert found.figures.change == ZERO
    assert {(part.label, part.amount) for part in found.by_reason if part.amount} == {
        ("Matriks tidak ada", Decimal("-20.00")),
        ("Batas nilai indikator", Decimal("20.00")),
    }
    assert sums(found) == (ZERO, ZERO, ZERO)


@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    judged=st.lists(
        st.tuples(st.integers(0, 100), st.sampled_from([each.value for each in Verdict.Reason])), min_size=6, max_size=6
    )
)
def test_parts_always_add_up_to_the_hundredth(judged):
    evaluation = Answer.objects.first().evaluation if Answer.objects.exists() else make_case()
    Verdict.objects.all().delete()
    answers = Answer.objects.filter(evaluation=evaluation).select_related("question").order_by("question__position")
    judge_user = make_user("ADMIN")
    for answer, (percent, reason) in zip(answers, judged, strict=True):
        points = (answer.question.maximum * percent / Decimal(100)).quantize(Decimal("0.01"))
        Verdict.objects.create(
            answer=answer, stage="VA", decision="POINTS", points=points, before_points=answer.points, reason=reason,
            version=1, given_at=answer.saved_at, given_by=judge_user,
        )  # fmt: skip

    found = recap.build(judge_user, evaluation)

    by_cluster, by_reason, change = sums(found)
    assert (by_cluster, by_reason) == (change, change)


def test_region_reads_no_verdict_of_a_running_stage():
    evaluation = make_case()
    verifier = make_judge(evaluation)
    judge(evaluation, "1.1", Decimal("120.00"), by=verifier, reason="INCOMPLETE", note="Rahasia dulu")

    pages = {}
    for user in (make_user("OPERATOR", region=evaluation.region), verifier):
        browser = Client()
        browser.force_login(user)
        pages[user.role] = browser.get(reverse("verification:recap", args=[evaluation.pk])).content.decode()

    assert {role: "Rahasia dulu" in page for role, page in pages.items()} == {"OPERATOR": False, "VERIFIER": True}


def test_staff_read_the_recap_of_their_own_questions(client):
    evaluation = make_case()
    verifier = make_judge(evaluation)
    judge(evaluation, "1.1", Decimal("120.00"), by=verifier, reason="INCOMPLETE", note="Untuk dinkes")
    judge(evaluation, "2.1", Decimal("10.00"), by=verifier, reason="IRRELEVANT", note="Untuk disdik")
    close(evaluation, by=verifier, confirmed=4)
    client.force_login(make_user("STAFF", office=make_office(evaluation.region, "disdik")))

    page = client.get(reverse("verification:recap", args=[evaluation.pk])).content.decode()

    assert ("Untuk disdik" in page, "Untuk dinkes" in page) == (True, False)


def test_only_what_fell_is_a_filter(client):
    evaluation = make_case()
    verifier = make_judge(evaluation)
    judge(evaluation, "1.1", Decimal("120.00"), by=verifier, reason="INCOMPLETE")
    close(evaluation, by=verifier, confirmed=5)
    client.force_login(make_user("LEADER", region=evaluation.region))

    pages = [
        client.get(reverse("verification:recap", args=[evaluation.pk]) + query).content.decode()
        for query in ("", "?hanya=turun")
    ]

    shown = [[code for code in ("1.1", "1.2", "3.2") if f"Pertanyaan {code}" in page] for page in pages]
    assert shown == [["1.1", "1.2", "3.2"], ["1.1"]]


@pytest.mark.parametrize("judged", [1, 3])
def test_recap_costs_the_same_for_one_and_three_verdicts(client, judged):
    evaluation = make_case()
    verifier = make_judge(evaluation)
    for code in ("1.1", "2.1", "3.1")[:judged]:
        judge(evaluation, code, Decimal("1.00"), by=verifier, reason="INCOMPLETE")
    close(evaluation, by=verifier, confirmed=6 - judged)
    client.force_login(make_user("OPERATOR", region=evaluation.region))
    address = reverse("verification:recap", args=[evaluation.pk])
    client.get(address)

    with CaptureQueriesContext(connection) as caught:
        client.get(address)

    assert len([each for each in caught.captured_queries if each["sql"].startswith(("SELECT", "EXECUTE"))]) == 12


@pytest.mark.parametrize(
    ("role", "code", "status"),
    [("OPERATOR", "63.10", 200), ("STAFF", "63.10", 200), ("REVIEWER", "63.10", 200), ("LEADER", "63.10", 200),
     ("VERIFIER", "63.10", 200), ("ADMIN", "63.10", 200), ("OPERATOR", "63.05", 404), ("VERIFIER", "16.10", 404)],
)  # fmt: skip
def test_recap_by_role(client, role, code, status):
    evaluation = make_case()
    client.force_login(make_user(role, region=make_region(code)))

    assert client.get(reverse("verification:recap", args=[evaluation.pk])).status_code == status
