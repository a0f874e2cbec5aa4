"""Who else is at the desk: seen for half a minute, by those who may open it."""

from datetime import timedelta

import pytest
from django.core.cache import cache
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from tests.factories import NOW, make_region, make_user
from tests.verification.factories import make_case, make_judge
from verification import presence

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _empty():
    cache.clear()


def look(client, evaluation, code="1.1"):
    return client.get(reverse("verification:presence", args=[evaluation.pk, code]), headers={"HX-Request": "true"})


def test_colleagues_see_each_other_and_where_they_are(client, monkeypatch):
    monkeypatch.setattr("django.utils.timezone.now", lambda: NOW)
    evaluation = make_case()
    first, second = make_judge(evaluation), make_judge(evaluation)
    first.first_name, second.first_name = "Budi", "Sari"
    for each in (first, second):
        each.save()
    client.force_login(first)
    look(client, evaluation)
    client.force_login(second)

    same, elsewhere = (look(client, evaluation, code).content.decode() for code in ("1.1", "1.2"))

    assert ("Budi juga membuka pertanyaan ini" in same, "Budi di 1.1" in elsewhere) == (True, True)
    assert "Sari" not in same


def test_a_sign_is_forgotten_after_half_a_minute_without_a_statement():
    me, other = make_user("VERIFIER"), make_user("VERIFIER")
    presence.seen(other, 1, "VA", "1.1", NOW)

    with CaptureQueriesContext(connection) as caught:
        found = [presence.seen(me, 1, "VA", "1.1", NOW + timedelta(seconds=late)) for late in (30, 31)]

    assert ([len(each) for each in found], len(caught.captured_queries)) == ([1, 0], 0)


def test_strangers_are_not_seen_and_see_nobody(client, monkeypatch):
    monkeypatch.setattr("django.utils.timezone.now", lambda: NOW)
    evaluation = make_case()
    client.force_login(make_user("VERIFIER", region=make_region("16.10")))

    assert look(client, evaluation).status_code == 404
    assert presence.seen(make_judge(evaluation), evaluation.pk, "VA", "1.1", NOW) == []
