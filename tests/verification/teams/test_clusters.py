"""Several verifiers judge one evaluation by clusters: who may judge what, who closes, what the pages say."""

import pytest
from django.urls import reverse

from tests.factories import NOW, make_cycle, make_region, make_user
from tests.verification.factories import judge, make_case, make_judge
from verification import actions, rules
from verification.models import Assignment, Verdict

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _clock(monkeypatch):
    """The server's clock stands at NOW."""
    monkeypatch.setattr("django.utils.timezone.now", lambda: NOW)


def mandate(evaluation, verifier, *clusters, coordinator=False, stage="VA"):
    return actions.assign(
        evaluation=evaluation, stage=stage, verifier=verifier, clusters=clusters, is_coordinator=coordinator,
        by=make_user("ADMIN"), at=NOW,
    )  # fmt: skip


def question(evaluation, code):
    return evaluation.cycle.instrument.questions.select_related("indicator__cluster").get(code=code)


@pytest.mark.parametrize(
    ("clusters", "coordinator", "judges", "closes"),
    [((), False, "KI", True), (("K",), False, "K", False), (("I",), True, "I", True), (("K", "I"), False, "KI", True)],
)
def test_a_mandate_reaches_as_far_as_its_clusters(clusters, coordinator, judges, closes):
    evaluation, verifier = make_case(), make_user("VERIFIER")
    mandate(evaluation, verifier, *clusters, coordinator=coordinator)

    judged = [
        each for code, each in (("1.1", "K"), ("3.1", "I"))
        if rules.can_judge_question(verifier, evaluation, question(evaluation, code))
    ]  # fmt: skip

    assert ("".join(judged), rules.can_close_stage(verifier, evaluation)) == (judges, closes)


def test_the_desk_opens_at_the_own_cluster_and_reads_the_others(client):
    evaluation, verifier = make_case(), make_user("VERIFIER")
    mandate(evaluation, verifier, "I")
    client.force_login(verifier)

    desk = client.get(reverse("verification:desk", args=[evaluation.pk])).content.decode()
    foreign = client.get(reverse("verification:question", args=[evaluation.pk, "1.1"])).content.decode()
    address = reverse("verification:judge", args=[evaluation.pk, "1.1"])
    refused = client.post(address, {"stage": "VA", "version": 0, "choice": "terima"})

    assert ("Pertanyaan 3.1" in desk, "Pertanyaan 1.1" in desk) == (True, False)
    assert ("Klaster K Kelembagaan dinilai verifikator lain" in foreign, 'name="choice"' in foreign) == (True, False)
    assert (refused.status_code, "Klaster K Kelembagaan" in refused.content.decode()) == (403, True)
    assert Verdict.objects.count() == 0


def test_a_verifier_of_one_cluster_does_not_close_the_stage(client):
    evaluation, verifier = make_case(), make_user("VERIFIER")
    mandate(evaluation, verifier, "I")
    client.force_login(verifier)

    response = client.post(reverse("verification:close", args=[evaluation.pk]), {"stage": "VA", "unjudged": 6})

    assert (response.status_code, "Tahap ditutup oleh koordinator" in response.content.decode()) == (403, True)


def test_the_administrator_shares_clusters_and_names_one_coordinator(client):
    evaluation = make_case()
    first, second = make_user("VERIFIER"), make_user("VERIFIER")
    mandate(evaluation, first, coordinator=True)
    client.force_login(make_user("ADMIN"))
    address = reverse("verification:assign", args=[evaluation.pk])

    wish = {"stage": "VA", "verifier": second.pk, "wanted": "1", "clusters": ["I"], "is_coordinator": "1"}
    twice = [client.post(address, wish).status_code for _ in range(2)]
    page = client.get(address).content.decode()

    rows = Assignment.objects.order_by("verifier").values_list("verifier", "clusters", "is_coordinator")
    assert (twice, list(rows)) == ([302, 302], [(first.pk, [], False), (second.pk, ["I"], True)])
    assert (f"Koordinator: {second}" in page, "Semua klaster ada penilainya" in page) == (True, True)
    assert second.notices.get().text.endswith("verifikasi administrasi: klaster I, sebagai koordinator.")


@pytest.mark.parametrize("wrong", ["cluster", "province", "inactive"])
def test_a_mandate_that_cannot_be_says_why(client, wrong):
    evaluation, verifier = make_case(), make_user("VERIFIER")
    if wrong == "province":
        verifier = make_user("VERIFIER", region=make_region("16.10"))
    verifier.is_active = wrong != "inactive"
    verifier.save()
    client.force_login(make_user("ADMIN"))
    wish = {"stage": "VA", "verifier": verifier.pk, "wanted": "1", "clusters": ["X"] if wrong == "cluster" else []}

    response = client.post(reverse("verification:assign", args=[evaluation.pk]), wish)

    said = "Klaster itu tidak ada" if wrong == "cluster" else "Hanya verifikator aktif dari provinsi daerah ini"
    assert (response.status_code, said in response.content.decode(), Assignment.objects.count()) == (409, True, 0)


def test_uncovered_clusters_are_named(client):
    evaluation, verifier = make_case(), make_user("VERIFIER")
    mandate(evaluation, verifier, "K")
    client.force_login(make_user("ADMIN"))

    page = client.get(reverse("verification:assign", args=[evaluation.pk])).content.decode()

    assert "Belum ada penilai: klaster I" in page


@pytest.mark.parametrize("count", [1, 3])
def test_the_page_costs_the_same_for_one_and_three_verifiers(client, count, django_assert_num_queries):
    cycle = make_cycle()
    evaluation, other = make_case(cycle=cycle), make_case(code="63.05", cycle=cycle)
    for _ in range(count):
        verifier = make_judge(evaluation)
        mandate(other, verifier, "K")
    judge(evaluation, "1.1", by=verifier)
    client.force_login(make_user("ADMIN"))
    address = reverse("verification:assign", args=[evaluation.pk])
    client.get(address)

    with django_assert_num_queries(7):
        client.get(address)
