"""Every cut of a change adds up to it, to the hundredth: of one region and of a province."""

import re
from decimal import Decimal

import pytest
from django.test import Client
from django.urls import reverse
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from evaluations import scores
from evaluations.models import Answer, Responsibility, StageResult
from tests.factories import NOW, make_cycle, make_office, make_user
from tests.verification.boards.cases import CLOSED, RUNNING, make_province, verifier_of
from tests.verification.factories import make_case
from verification import recap, waterfalls
from verification.boards import losses, scope
from verification.models import Verdict
from verification.whereabouts import CEILING, OUTSIDE, change_of

pytestmark = pytest.mark.django_db
ZERO = Decimal("0.00")
REASONS = [each.value for each in Verdict.Reason]
JUDGED = st.lists(
    st.tuples(st.integers(0, 10000), st.sampled_from(REASONS), st.sampled_from(["VA", "VL", ""])), min_size=12,
    max_size=12,
)  # fmt: skip


def make_two():
    """Two regions that sent everything at the maximum, led by two offices."""
    cycle = make_cycle()
    cases = [make_case(code=code, cycle=cycle) for code in ("63.10", "63.06")]
    for case in cases:
        Responsibility.objects.filter(evaluation=case).delete()
        offices = [make_office(case.region, code) for code in ("dinkes", "disdik")]
        for place, answer in enumerate(case.answers.order_by("question__position")):
            Responsibility.objects.create(
                evaluation=case, question_id=answer.question_id, office=offices[place % 2], is_lead=True
            )
    return cases


def judge_all(cases, judged, by):
    """Verdicts of two stages as they fall, both stages closed and settled."""
    Verdict.objects.all().delete()
    StageResult.objects.exclude(stage="EM").delete()
    answers = Answer.objects.filter(evaluation__in=cases).select_related("question").order_by("evaluation", "question")
    for answer, (share, reason, until) in zip(answers, judged, strict=True):
        before = answer.points
        for step, stage in enumerate(("VA", "VL")[: {"": 0, "VA": 1, "VL": 2}[until]]):
            points = (answer.question.maximum * ((share * (step + 1)) % 10001) / Decimal(10000)).quantize(
                Decimal("0.01")
            )
            Verdict.objects.create(
                answer=answer, stage=stage, decision="POINTS", points=points, before_points=before, reason=reason,
                version=1, given_at=NOW, given_by=by,
            )  # fmt: skip
            before = points
    for case in cases:
        case.stage = "VF"
        case.save()
        for stage in ("VA", "VL"):
            scores.settle(case, stage, at=NOW, freeze=True)


@settings(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(judged=JUDGED)
def test_every_cut_adds_up_to_the_hundredth(judged):
    cases = [
        each.evaluation
        for each in Answer.objects.filter(question__code="1.1")
        .select_related("evaluation__region", "evaluation__cycle__instrument")
        .order_by("pk")
    ] or make_two()
    admin = make_user("ADMIN")
    judge_all(cases, judged, admin)

    found = [waterfalls.of(recap.build(admin, case)) for case in cases]
    changes = [recap.build(admin, case).figures.change for case in cases]
    province = losses.build(admin, scope.read(admin, {"provinsi": "63"}))

    for cuts, change in zip(found, changes, strict=True):
        parts = (cuts.by_cluster, cuts.by_indicator, cuts.by_reason, cuts.by_office)
        assert [change_of(each) for each in parts] == [change] * 4
        assert OUTSIDE not in [part.label for cut in parts for part in cut]
    parts = (province.by_cluster, province.by_indicator, province.by_reason, province.by_office)
    assert [change_of(each) for each in parts] == [sum(changes)] * 4 == [province.change] * 4
    assert OUTSIDE not in [part.label for cut in parts for part in cut]
    assert sum(each.change for each in province.regions) == province.change


def test_cuts_name_indicator_reason_and_office():
    cases = make_two()
    admin = make_user("ADMIN")
    judged = [(3000, "INCOMPLETE", "VA"), (10000, "INCOMPLETE", ""), (10000, "INCOMPLETE", ""),
              (5000, "WRONG_YEAR", "VA"), (10000, "INCOMPLETE", ""), (8000, "NO_MATRIX", "VA")]  # fmt: skip
    judge_all(cases, judged + [(10000, "INCOMPLETE", "")] * 6, admin)

    cuts = waterfalls.of(recap.build(admin, cases[0]))
    province = losses.build(admin, scope.read(admin, {}, needs_province=True))

    named = {part.label: part.amount for part in cuts.by_indicator}
    assert named == {"1 · Indikator 1": Decimal("-280.00"), "2 · Indikator 2": Decimal("-50.00")}
    assert {part.label: (part.amount, part.count) for part in cuts.by_office} == {
        "Dinas Kesehatan": (Decimal("-280.00"), 1), "Dinas Pendidikan": (Decimal("-70.00"), 2),
        CEILING: (Decimal("20.00"), 0),
    }  # fmt: skip
    assert [(fall.rule.code, [part.label for part in fall.reasons]) for fall in cuts.indicators] == [
        ("1", ["Bukti tidak lengkap"]), ("2", ["Tahun di luar periode"]), ("3", ["Matriks tidak ada"]),
    ]  # fmt: skip
    first = province.indicators[0]
    assert (first.rule.code, first.change, first.mean_share, first.lost_in) == (
        "1", Decimal("-280.00"), Decimal("23.35"), 1,
    )  # fmt: skip


def test_figure_from_outside_is_a_part_of_its_own():
    case = make_two()[0]
    admin = make_user("ADMIN")
    judge_all([case, Answer.objects.exclude(evaluation=case)[0].evaluation], [(10000, "INCOMPLETE", "")] * 12, admin)
    result = StageResult.objects.get(evaluation=case, stage="VL")
    result.indicators.filter(indicator__code="1").update(points=Decimal("590.00"))
    result.clusters.filter(cluster__code="K").update(points=Decimal("790.00"))
    StageResult.objects.filter(pk=result.pk).update(total=Decimal("985.00"))

    found = recap.build(admin, case)
    cuts = waterfalls.of(found)
    province = losses.build(admin, scope.read(admin, {}, needs_province=True))

    assert found.figures.change == Decimal("-15.00")
    for parts, outside in ((cuts.by_cluster, "-5.00"), (cuts.by_indicator, "-5.00"), (cuts.by_reason, "-15.00"),
                           (province.by_office, "-15.00"), (province.by_indicator, "-5.00")):  # fmt: skip
        assert [part.amount for part in parts if part.label == OUTSIDE] == [Decimal(outside)]
        assert change_of(parts) == Decimal("-15.00")


def test_recap_leads_from_an_indicator_to_its_reasons(client):
    case = make_province()[CLOSED]
    client.force_login(make_user("OPERATOR", region=case.region))
    address = reverse("verification:recap", args=[case.pk])

    page, one, none = (client.get(address + query).content.decode() for query in ("", "?indikator=1", "?indikator=99"))

    assert 'href="?indikator=1#rincian"' in page
    assert ("Hanya sampul." in one, "Pertanyaan 2.1" in one, "Tidak ada indikator 99" in none) == (True, False, True)


def test_every_part_leads_to_the_questions_it_is_made_of(client):
    case = make_province()[CLOSED]
    client.force_login(make_user("OPERATOR", region=case.region))
    address = reverse("verification:recap", args=[case.pk])

    page = client.get(address).content.decode()
    links = [re.search(rf'href="(\?{word}=[^"#]+)#rincian"', page)[1] for word in ("alasan", "perangkat")]
    pages = [client.get(address + query).content.decode() for query in (*links, "?alasan=Lain")]

    assert links[0] == "?alasan=Bukti%20tidak%20lengkap"
    assert ["Pertanyaan 1.1" in each for each in pages] == [True, True, False]
    assert ["Pertanyaan 2.1" in each for each in pages] == [False, False, False]
    assert "Tidak ada pertanyaan pada bagian ini." in pages[2]


def test_question_that_two_stages_moved_is_one_question_of_its_office():
    cases = make_two()
    admin = make_user("ADMIN")
    judge_all(cases, [(3000, "INCOMPLETE", "VL"), *[(10000, "INCOMPLETE", "")] * 11], admin)

    province = losses.build(admin, scope.read(admin, {"provinsi": "63"}))

    office = next(part for part in province.by_office if part.count)
    change = cases[0].results.get(stage="VL").total - cases[0].results.get(stage="EM").total
    assert (office.count, office.regions) == (1, ((cases[0].pk, cases[0].region.name, office.amount),))
    assert [(part.count, part.regions[0][0]) for part in province.by_reason if part.count] == [
        (1, cases[0].pk), (1, cases[0].pk),
    ]  # fmt: skip
    assert office.amount == change


def test_losses_hold_closed_regions_of_the_own_province_alone():
    cases = make_province()
    verifier = verifier_of()
    client = Client()
    client.force_login(verifier)

    found = losses.build(verifier, scope.read(verifier, {"provinsi": "16"}, needs_province=True))
    page = client.get(reverse("verification:losses")).content.decode()

    assert [each.evaluation for each in found.regions] == [cases[CLOSED].pk]
    assert (found.change, "Kabupaten Tanah Bumbu" in page, "Kabupaten Hulu Sungai" in page) == (
        Decimal("-280.00"), True, False,
    )  # fmt: skip
    assert cases[RUNNING].pk not in [pk for each in found.indicators for pk, _, _ in each.regions]
