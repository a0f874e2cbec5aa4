"""Pages of double scoring over HTTP: drawing, reading, deciding, agreement, the share of a cycle."""

from decimal import Decimal

import pytest
from django.urls import reverse

from clusters.models import Cycle
from tests.factories import NOW, make_cycle, make_region, make_user
from tests.verification.double.cases import give, proved, reading_of, twice
from tests.verification.factories import close, judge, make_judge
from verification.models import DoubleSample, SecondReading, Verdict

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _clock(monkeypatch):
    """The server's clock stands at NOW."""
    monkeypatch.setattr("django.utils.timezone.now", lambda: NOW)


def address(name, case, *more):
    return reverse(f"verification:{name}", args=[case.pk, *more])


def test_the_administrator_draws(client):
    case, second = proved(), make_user("VERIFIER")
    make_judge(case)
    client.force_login(make_user("ADMIN"))

    response = client.post(address("double", case), follow=True)

    page = response.content.decode()
    assert (DoubleSample.objects.count(), "0 / 6" in page, str(second) in page) == (1, True, True)


def test_reading_goes_from_one_to_the_next(client):
    two = twice()
    client.force_login(two.second)

    page = client.get(address("double_read", two.case, "1.1")).content.decode()
    response = client.post(address("double_read", two.case, "1.1"), {"version": 0, "choice": "terima"})

    assert ("Bukti 1.1" in page, "Simpan penilaian kedua" in page) == (True, True)
    assert (response.status_code, response["Location"]) == (302, address("double_read", two.case, "1.2"))
    assert reading_of(two.case, "1.1").decision == "ACCEPT"


@pytest.mark.parametrize(
    ("sent", "sentence"),
    [
        ({}, "Pilih salah satu penilaian"),
        ({"choice": "nilai", "points": "400,01"}, "melebihi batas"),
        ({"choice": "nilai", "points": "-1"}, "Tulis angka dengan koma"),
        ({"choice": "nilai", "points": "1,234"}, "Tulis angka dengan koma"),
        ({"choice": "nilai", "points": "12"}, "Pilih satu alasan"),
        ({"choice": "opsi-999999"}, "bukan milik pertanyaan ini"),
    ],
)
def test_a_second_judgement_that_cannot_be_says_why(client, sent, sentence):
    two = twice()
    client.force_login(two.second)

    response = client.post(address("double_read", two.case, "1.1"), {"version": 0, **sent})

    assert (response.status_code, sentence in response.content.decode()) == (422, True)
    assert SecondReading.objects.given().count() == 0


def test_the_coordinator_decides(client):
    two = twice()
    judge(two.case, "1.1", Decimal("300"), by=two.first, reason="INCOMPLETE")
    give(two.case, "1.1", by=two.second)
    client.force_login(two.coordinator)
    settle = address("double_settle", two.case, "1.1")

    listed = client.get(address("double", two.case)).content.decode()
    bad = client.post(settle, {"version": 1, "outcome": "OTHER", "why": "Tengah", "choice": "nilai", "points": "500"})
    good = client.post(settle, {"version": 1, "outcome": "OTHER", "why": "Tengah", "choice": "nilai",
                                "points": "350,5", "reason": "INCOMPLETE"})  # fmt: skip

    assert ("Berbeda, belum diputuskan" in listed, bad.status_code, good.status_code) == (True, 422, 302)
    assert Verdict.objects.current().get().points == Decimal("350.50")


def test_a_decision_on_a_verdict_that_moved_is_refused(client):
    two = twice()
    judge(two.case, "1.1", Decimal("300"), by=two.first, reason="INCOMPLETE")
    give(two.case, "1.1", by=two.second)
    judge(two.case, "1.1", Decimal("200"), by=two.first, reason="INCOMPLETE", version=1)
    client.force_login(two.coordinator)

    response = client.post(
        address("double_settle", two.case, "1.1"), {"version": 1, "outcome": "SECOND", "why": "Lengkap"}
    )

    assert (response.status_code, "baru saja berubah" in response.content.decode()) == (409, True)
    assert Verdict.objects.current().get().points == Decimal("200.00")


def test_agreement_is_counted_per_indicator_and_verifier(client):
    two = twice()
    for code, first, second in (("1.1", "400", "400"), ("1.2", "200", "100"), ("3.1", "75", "150")):
        judge(two.case, code, Decimal(first), by=two.first, reason="INCOMPLETE")
        give(two.case, code, Decimal(second), by=two.second)
    client.force_login(two.second)

    context = client.get(reverse("verification:agreement")).context

    lines = {line.indicator.code: (line.figures.count, line.figures.equal, line.figures.difference, line.figures.kappa)
             for line in context["indicators"]}  # fmt: skip
    # indicator 1: places 1/1 and 1/half: the first constant, so no better than chance; of 3 one pair
    assert lines == {
        "1": (2, Decimal("50.00"), Decimal("-50.00"), Decimal("0.00")),
        "3": (1, Decimal("0.00"), Decimal("75.00"), None),
    }
    people = {line.verifier.pk: (line.figures.difference, line.judged, line.own) for line in context["verifiers"]}
    assert people == {
        two.first.pk: (Decimal("8.33"), 3, Decimal("83.33")),
        two.second.pk: (Decimal("-8.33"), 0, None),
    }


def test_strictness_stands_beside_the_team(client):
    cycle = make_cycle()
    case, other = proved(cycle=cycle, share=10), proved("63.05", cycle=cycle, share=10)
    strict, mild = make_judge(case), make_judge(other)
    judge(case, "1.1", Decimal("100"), by=strict, reason="INCOMPLETE")
    judge(other, "1.1", by=mild)
    far = proved("16.10", cycle=cycle, share=10)
    judge(far, "1.1", Decimal("1"), by=make_judge(far), reason="INCOMPLETE")
    client.force_login(mild)

    lines = client.get(reverse("verification:agreement")).context["verifiers"]

    assert {line.verifier.pk: (line.own, line.team, line.change) for line in lines} == {
        strict.pk: (Decimal("25.00"), Decimal("62.50"), Decimal("-37.50")),
        mild.pk: (Decimal("100.00"), Decimal("62.50"), Decimal("37.50")),
    }


@pytest.mark.parametrize("query", ["?tahap=XX&siklus=%F0&provinsi=99", "?tahap=VL", "?siklus=tidak-ada"])
def test_strange_addresses_show_something(client, query):
    twice()
    client.force_login(make_user("ADMIN"))

    assert client.get(reverse("verification:agreement") + query).status_code == 200


@pytest.mark.parametrize(
    ("share", "status"), [("10", 302), ("0", 302), ("101", 422), ("-1", 422), ("x", 422), ("", 422)]
)
def test_the_share_of_a_cycle_is_a_percentage(client, share, status):
    cycle = make_cycle()
    client.force_login(make_user("ADMIN"))

    response = client.post(reverse("verification:double_share", args=[cycle.code]), {"share": share})

    kept = int(share) if status == 302 else 0
    assert (response.status_code, Cycle.objects.get().double_share) == (status, kept)


@pytest.mark.parametrize("count", [1, 3])
@pytest.mark.parametrize(("page", "queries"), [("double", 12), ("agreement", 9)])
def test_pages_cost_the_same_for_one_and_three_pairs(client, page, queries, count, django_assert_num_queries):
    two = twice()
    for code in ("1.1", "1.2", "2.1")[:count]:
        judge(two.case, code, by=two.first)
        give(two.case, code, by=two.second)
    client.force_login(two.coordinator)
    where = address(page, two.case) if page == "double" else reverse("verification:agreement")
    client.get(where)

    with django_assert_num_queries(queries):
        client.get(where)


def test_pairs_of_a_closed_stage_stay_readable(client):
    two = twice()
    judge(two.case, "1.1", Decimal("300"), by=two.first, reason="INCOMPLETE")
    give(two.case, "1.1", by=two.second)
    close(two.case, by=two.first, confirmed=5)
    client.force_login(two.coordinator)

    pages = [client.get(address("double", two.case) + query).content.decode() for query in ("", "?tahap=VA")]
    settle = address("double_settle", two.case, "1.1") + "?tahap=VA"
    refused = client.post(settle, {"version": 1, "outcome": "SECOND", "why": "Lengkap"})

    assert ["Berbeda, belum diputuskan" in page for page in pages] == [False, True]
    assert ("penilaian pertama yang berlaku" in pages[1], "btn-sm" in pages[1]) == (True, False)
    assert (client.get(settle).status_code, refused.status_code, Verdict.objects.count()) == (200, 403, 1)


def test_a_verifier_of_another_province_finds_nothing(client):
    two = twice()
    client.force_login(make_user("VERIFIER", region=make_region("16.10")))

    statuses = {client.get(address(name, two.case, *more)).status_code
                for name, more in (("double", ()), ("double_read", ("1.1",)), ("double_settle", ("1.1",)))}  # fmt: skip

    assert statuses == {404}
