"""Stages close one after the other; another order is said before it is saved, and as long as it stands."""

from contextlib import nullcontext
from datetime import timedelta

import pytest
from django.urls import reverse

from clusters.models import StageWindow
from clusters.stages import Stage
from evaluations.deadlines import actions
from kla_portal.numbers import saat
from tests.evaluations.deadlines.test_moving import NEW, OLD, closes, move, post
from tests.factories import NOW, make_user

pytestmark = pytest.mark.django_db
LATER, SOONER = NEW, NOW + timedelta(days=20)


@pytest.fixture
def admin(client):
    admin = make_user("ADMIN")
    client.force_login(admin)
    return admin


def use_review(evaluation):
    evaluation.cycle.stages = ["EM", "TI", "VA", "VL", "VF"]
    evaluation.cycle.save()


@pytest.mark.parametrize(
    ("stage", "closes_at", "side", "others"),
    [
        ("EM", LATER, "sesudah", ["verifikasi administrasi", "verifikasi lapangan", "verifikasi final"]),
        ("VF", LATER, "", []),
        ("VF", SOONER, "sebelum", ["evaluasi mandiri", "verifikasi administrasi", "verifikasi lapangan"]),
        ("TI", LATER, "sesudah", ["evaluasi mandiri"]),
        ("TI", SOONER, "", []),  # nothing waits for the review
        ("VA", OLD, "", []),  # all on one day
    ],
)
def test_stages_that_would_cross_are_named(evaluation, admin, stage, closes_at, side, others):
    use_review(evaluation)
    asked = {"stage": Stage(stage), "shorten": True, "cross": False, "opens": NOW - timedelta(days=31)}

    with pytest.raises(actions.Unconfirmed) if others else nullcontext() as doubt:
        move(evaluation, admin, closes_at, **asked)

    until, label = saat(closes_at, "Asia/Makassar"), Stage(stage).label
    assert (doubt.value.crossings if doubt else []) == [
        f"{label} akan ditutup {until}, {side} {other} yang ditutup 19 Juni 2025, 10.00 WITA." for other in others
    ]


def test_crossing_is_asked_on_the_page_and_shown_while_it_stands(client, evaluation, admin):
    refused = post(client, evaluation, cross="")
    before = closes(evaluation)
    saved = post(client, evaluation, cross="on")
    page = client.get(reverse("evaluations:cycle", args=[evaluation.cycle.code])).content.decode()

    assert (refused.status_code, before, saved.status_code) == (422, OLD, 302)
    asked = refused.content.decode()
    assert ("Tenggat tahap tidak lagi berurutan." in asked, 'name="cross"' in asked) == (True, True)
    assert "Evaluasi mandiri ditutup sesudah verifikasi administrasi, padahal seharusnya tidak lebih lambat." in page


def test_both_doubts_are_asked_together_and_keep_their_ticks(client, evaluation, admin):
    StageWindow.objects.filter(cycle=evaluation.cycle, stage="VA").update(closes_at=NOW + timedelta(days=5))

    asked = post(client, evaluation, cross="", closes_at="2025-06-10T10:00")
    half = post(client, evaluation, cross="", shorten="on", closes_at="2025-06-10T10:00")
    done = post(client, evaluation, shorten="on", closes_at="2025-06-10T10:00")

    assert [each.status_code for each in (asked, half, done)] == [422, 422, 302]
    for page, ticked in ((asked, 0), (half, 1)):
        text = page.content.decode()
        assert ('name="shorten"' in text, 'name="cross"' in text, text.count(" checked")) == (True, True, ticked)


def test_review_without_a_window_follows_the_self_evaluation(client, evaluation, admin):
    use_review(evaluation)

    pages = [client.get(reverse("evaluations:cycle", args=["2024"])), client.get(reverse("evaluations:cycles"))]

    texts = [each.content.decode() for each in pages]
    assert ["Mengikuti evaluasi mandiri" in text for text in texts] == [True, True]
    assert not any("Belum dijadwalkan" in text or "belum ditetapkan" in text for text in texts)
