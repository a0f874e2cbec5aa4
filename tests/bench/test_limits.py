"""The benchmark's own doors answer; nothing is timed here."""

from decimal import Decimal

import pytest
from django.urls import reverse

from accounts import backends, sessions
from evaluations import scores
from evaluations.models import Answer
from tests.bench import limits, table
from tests.bench import settings as bench
from tests.factories import NOW, answer_question, make_evaluation, make_user

pytestmark = [pytest.mark.django_db, pytest.mark.urls("tests.bench.urls")]


def test_limit_page_returns_the_bytes_after_one_query(client, monkeypatch):
    evaluation = make_evaluation()
    monkeypatch.setitem(limits.READY, (evaluation.pk, "K"), b"baris")
    client.force_login(make_user("OPERATOR", region=evaluation.region))

    response = client.get(reverse("limit_page", args=[evaluation.pk, "K"]))

    assert response.content == b"baris"


def test_limits_read_sessions_and_people_as_django_does_by_itself(client, monkeypatch, settings):
    settings.MIDDLEWARE, settings.AUTHENTICATION_BACKENDS = bench.MIDDLEWARE, bench.AUTHENTICATION_BACKENDS
    evaluation = make_evaluation()
    monkeypatch.setitem(limits.READY, (evaluation.pk, "K"), b"baris")
    client.force_login(make_user("OPERATOR", region=evaluation.region), bench.AUTHENTICATION_BACKENDS[0])
    asked = {}
    for place in (sessions.KEPT, backends.KNOWN):
        monkeypatch.setattr(place, "first", lambda *_, place=place: asked.setdefault(place))

    response = client.get(reverse("limit_page", args=[evaluation.pk, "K"]))

    assert (response.content, asked) == (b"baris", {})


def test_limit_update_changes_one_row(client):
    evaluation = make_evaluation()
    answer = answer_question(evaluation, "1.1", 2)
    other = answer.question.options.get(position=0)
    client.force_login(make_user("OPERATOR", region=evaluation.region))

    client.post(reverse("limit_update", args=[answer.pk]), {"option": other.pk})

    assert Answer.objects.get(pk=answer.pk).option == other


def test_aggregate_says_what_settle_says():
    evaluation = make_evaluation()
    for code, points in (("1.1", "12.34"), ("2.1", "100"), ("3.1", "150"), ("3.2", "77.77")):  # 227.77 of at most 200
        answer_question(evaluation, code, Decimal(points))

    result = scores.settle(evaluation, "EM", at=NOW)

    found = {(cluster, indicator): round(Decimal(str(points)), 2) for _, cluster, indicator, points in
             limits.aggregate("EM", evaluation.pk) if points is not None}  # fmt: skip
    clusters = dict(result.clusters.values_list("cluster", "points"))
    levels = {(each.indicator.cluster_id, each.indicator_id): each.points for each in
              result.indicators.select_related("indicator")}  # fmt: skip
    assert found == levels | {(pk, None): points for pk, points in clusters.items()} | {(None, None): result.total}


def test_row_holds_within_both_bounds():
    cases = [(1.0, 12), (1.1, 12), (1.0, 13)]

    held = [table.Row("w", "d", "c", ours, 0.1, 10, asked, 12).holds for ours, asked in cases]

    assert held == [True, False, False]
