"""Sharing a province's regions out over HTTP: proposed evenly, adjusted, confirmed whole or not at all."""

import pytest
from django.urls import reverse

from tests.factories import NOW, make_cycle, make_evaluation, make_region, make_user
from tests.verification.factories import make_case
from verification import actions
from verification.models import Assignment
from verification.teams import actions as teams

pytestmark = pytest.mark.django_db
ADDRESS = reverse("verification:share_out")


@pytest.fixture(autouse=True)
def _clock(monkeypatch):
    """The server's clock stands at NOW."""
    monkeypatch.setattr("django.utils.timezone.now", lambda: NOW)


@pytest.fixture
def province(client):
    """Three regions of six questions, two verifiers; the administrator looks."""
    cycle = make_cycle()
    cases = [make_case(code=code, cycle=cycle) for code in ("63.01", "63.02")]
    cases.append(make_evaluation(make_region("63.03", "Kabupaten Ketiga"), cycle))
    people = [make_user("VERIFIER", region=make_region("63.01")) for _ in range(2)]
    make_user("VERIFIER", region=make_region("16.10"))
    client.force_login(make_user("ADMIN"))
    return cases, people


def proposal(client, **query):
    return client.get(ADDRESS, {"provinsi": "63", **query}).context["proposal"]


def confirm(client, found, button="tetapkan", **changed):
    sent = {f"p-{row.piece.key}": row.person or "" for row in found.rows}
    told = {"siklus": found.chosen.cycle.code, "provinsi": "63", "tahap": "VA", "cara": found.chosen.way,
            "seen": found.seen, button: "1"}  # fmt: skip
    return client.post(ADDRESS, {**told, **sent, **changed})


def mandates():
    rows = Assignment.objects.order_by("evaluation", "verifier").values_list("evaluation", "verifier", "clusters")
    return [(pk, verifier, codes) for pk, verifier, codes in rows]


def test_whole_regions_are_shared_evenly_and_at_once(client, province):
    cases, (one, two) = province

    found = proposal(client)
    response = confirm(client, found)

    assert [(load.before, load.after) for load in found.loads] == [(0, 12), (0, 6)]
    assert (response.status_code, mandates()) == (
        302, [(cases[0].pk, two.pk, []), (cases[1].pk, one.pk, []), (cases[2].pk, one.pk, [])],
    )  # fmt: skip
    assert [each.notices.count() for each in (one, two)] == [1, 1]
    assert proposal(client).rows == []


def test_clusters_are_shared_beside_what_stands(client, province):
    cases, (one, two) = province
    actions.assign(evaluation=cases[0], stage="VA", verifier=one, clusters=["K"], by=one, at=NOW)
    teams.declare(verifier=two, region=cases[1].region, kind="HOME", reason="", by=two, at=NOW)

    found = proposal(client, cara="klaster")
    confirm(client, found)

    assert [(row.piece.clusters, row.piece.weight) for row in found.rows] == [
        (("K",), 4), (("I",), 2), (("I",), 2), (("K",), 4), (("I",), 2),
    ]  # fmt: skip
    assert {load.verifier.pk: (load.before, load.after) for load in found.loads} == {one.pk: (4, 10), two.pk: (0, 8)}
    assert (cases[1].pk, two.pk) not in [(pk, verifier) for pk, verifier, _ in mandates()]
    assert (cases[1].pk, one.pk, []) in mandates()


def test_the_adjusted_proposal_is_counted_again_without_saving(client, province):
    _, (one, two) = province
    found = proposal(client)
    changed = {f"p-{row.piece.key}": two.pk for row in found.rows}

    again = confirm(client, found, "hitung", **changed).context["proposal"]

    assert {load.verifier.pk: load.after for load in again.loads} == {one.pk: 0, two.pk: 18}
    assert mandates() == []


@pytest.mark.parametrize("wrong", ["conflict", "province", "nobody", "moved"])
def test_a_proposal_that_cannot_be_is_refused_whole(client, province, wrong):
    cases, (one, two) = province
    found = proposal(client)
    first = f"p-{found.rows[0].piece.key}"
    stranger = make_user("VERIFIER", region=make_region("16.10"))
    changed = {"province": {first: stranger.pk}, "nobody": {f"p-{row.piece.key}": "" for row in found.rows}}
    if wrong == "conflict":  # it stands since the proposal was made
        teams.declare(verifier=two, region=cases[0].region, kind="HOME", reason="", by=one, at=NOW)
    if wrong == "moved":
        actions.assign(evaluation=cases[0], stage="VA", verifier=two, clusters=["I"], by=one, at=NOW)
    before = mandates()

    response = confirm(client, found, **changed.get(wrong, {}))

    said = {"conflict": "mempunyai benturan kepentingan dengan", "province": "Hanya verifikator aktif",
            "nobody": "Belum ada yang dibagi", "moved": "baru saja berubah"}[wrong]  # fmt: skip
    assert (response.status_code, said in response.content.decode()) == (409 if wrong == "moved" else 422, True)
    assert mandates() == before


@pytest.mark.parametrize("query", [{}, {"siklus": "x", "tahap": "VF", "cara": "?", "provinsi": "zz"}])
def test_strange_addresses_show_something(client, province, query):
    assert client.get(ADDRESS, query).status_code == 200
