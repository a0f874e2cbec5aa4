"""Row 1: the cluster page against its own bytes after one query; and what the other pages cost."""

from django.db import connection
from django.test import Client, RequestFactory
from django.urls import reverse

from evaluations.views import pages
from tests.bench import limits, timing
from tests.bench.table import Fact, Row, shown
from tests.bench.world import CLUSTER

PEER = "737 statements, 2.05 s (300 requirements)"
ROUNDS, CALLS = 11, 4


def measure(world):
    """Rows and facts of all pages."""
    judged = _cluster_rows(world.judged, world.operator, "with evidence and verdicts")
    being_filled = _cluster_rows(world.open, world.secretary, "being filled, with evidence")
    return [*judged, *being_filled], _other_pages(world)


def client_of(user):
    """A browser in which this person is logged in."""
    client = Client(HTTP_HOST="localhost")
    client.force_login(user)
    return client


def _cluster_rows(evaluation, user, words):
    client, place = client_of(user), [evaluation.pk, CLUSTER]
    ours, limit = reverse("evaluations:cluster", args=place), reverse("limit_page", args=place)
    response = client.get(ours)
    assert response.status_code == 200, response.status_code
    limits.READY[evaluation.pk, CLUSTER] = response.content
    count = response.content.count(b'<article class="q-row')
    assert client.get(limit).content == response.content

    cost = timing.in_turn(
        {"ours": lambda: client.get(ours), "limit": lambda: client.get(limit), **_bare_views(evaluation, user)},
        rounds=ROUNDS, calls=CALLS,
    )  # fmt: skip
    work = f"cluster page, {count} questions {words}"
    asked = {"statements": timing.statements(lambda: client.get(ours)), "most_statements": 12}
    return [
        Row(work, connection.vendor, "CPU in-process", cost["ours"].app, cost["limit"].app, 20, **asked, peer=PEER),
        Row(f"{work}: the view alone", connection.vendor, "CPU in-process", cost["bare"].app, cost["bare limit"].app),
    ]


def _bare_views(evaluation, user):
    request = RequestFactory().get("/", HTTP_HOST="localhost")
    request.user = user
    user.region.province.name  # noqa: B018 - fetched before, as the middleware's user is cheap too
    return {
        "bare": lambda: pages.cluster(request, evaluation.pk, CLUSTER),
        "bare limit": lambda: limits.page(request, evaluation.pk, CLUSTER),
    }


def _other_pages(world):
    judged = world.judged.pk
    asked = [
        ("overview", world.operator, reverse("evaluations:overview", args=[judged])),
        ("question page", world.operator, reverse("evaluations:question", args=[judged, "1.1"])),
        ("list of evaluations", world.verifier, reverse("evaluations:index")),
        ("verifier's desk", world.verifier, reverse("verification:desk", args=[world.half_judged.pk])),
        ("verifier's question", world.verifier, reverse("verification:question", args=[world.half_judged.pk, "1.1"])),
        ("recap of the stages", world.operator, reverse("verification:recap", args=[judged])),
    ]
    return [_page_fact(name, client_of(user), address) for name, user, address in asked]


def _page_fact(name, client, address):
    response = client.get(address)
    if response.status_code != 200:
        return Fact(name, f"answers {response.status_code}", holds=False)
    count = timing.statements(lambda: client.get(address))
    cost = timing.in_turn({"page": lambda: client.get(address)}, rounds=5)["page"]
    size = f"{len(response.content) // 1024} kB"
    return Fact(f"{name}, {connection.vendor}", f"{shown(cost.app)} CPU in-process, {count} statements, {size}")
