"""Phrases for notes: whose they are, who may use them, in which order they come."""

import pytest
from django.urls import reverse

from tests.factories import NOW, make_region, make_user
from tests.verification.factories import make_case, make_judge
from verification.models import Phrase, Verdict

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _clock(monkeypatch):
    """The server's clock stands at NOW."""
    monkeypatch.setattr("django.utils.timezone.now", lambda: NOW)


def phrase(author, text, *, reason="", is_shared=False, uses=0):
    return Phrase.objects.create(
        author=author, province_id=author.province_id, text=text, reason=reason, is_shared=is_shared, uses=uses,
        kept_at=NOW,
    )  # fmt: skip


def test_the_desk_offers_own_and_shared_ones_of_the_province_most_used_first(client):
    evaluation = make_case()
    me, colleague = make_judge(evaluation), make_judge(evaluation)
    stranger = make_user("VERIFIER", region=make_region("16.10"))
    phrase(me, "Jarang.", uses=1)
    phrase(colleague, "Sering.", is_shared=True, uses=9, reason="INCOMPLETE")
    phrase(colleague, "Rahasia.", uses=20)
    phrase(stranger, "Asing.", is_shared=True, uses=30)
    client.force_login(me)

    page = client.get(reverse("verification:question", args=[evaluation.pk, "1.1"])).content.decode()

    assert ("Rahasia." in page, "Asing." in page) == (False, False)
    assert 0 < page.index('data-phrase="Sering."') < page.index('data-phrase="Jarang."')


def test_a_phrase_is_kept_changed_and_dropped_by_its_author(client):
    me = make_user("VERIFIER")
    client.force_login(me)
    listing = reverse("verification:phrases")

    sent = {"text": "  Lampirkan   pengesahan. ", "reason": "NOT_VALID", "is_shared": "on"}
    statuses = [client.post(listing, sent).status_code for _ in range(2)]
    kept = Phrase.objects.get()
    assert (statuses, kept.text, kept.is_shared, kept.author) == ([302, 302], "Lampirkan pengesahan.", True, me)

    client.post(reverse("verification:phrase", args=[kept.pk]), {"text": "Lampirkan SK.", "reason": ""})
    kept.refresh_from_db()
    assert (kept.text, kept.reason, kept.is_shared) == ("Lampirkan SK.", "", False)

    client.post(reverse("verification:drop_phrase", args=[kept.pk]))
    assert Phrase.objects.count() == 0


def test_a_shared_phrase_is_used_by_colleagues_and_changed_by_none_of_them(client):
    author, colleague = make_user("VERIFIER"), make_user("VERIFIER")
    shared = phrase(author, "Lampirkan SK.", is_shared=True)
    client.force_login(colleague)

    statuses = [
        client.post(reverse(f"verification:{name}", args=[shared.pk]), {"text": "Diubah."}).status_code
        for name in ("use_phrase", "phrase", "drop_phrase")
    ]

    shared.refresh_from_db()
    assert (statuses, shared.text, shared.uses) == ([204, 404, 404], "Lampirkan SK.", 1)


@pytest.mark.parametrize(
    ("sent", "sentence"),
    [
        ({"text": " "}, "Tulis frasanya"),
        ({"text": "x" * 501}, "500"),
        ({"text": "a\0b"}, "Karakter"),
        ({"text": "Baik.", "reason": "APA SAJA"}, "Pilih alasan dari daftar"),
    ],
)
def test_a_phrase_that_cannot_be_kept_says_why(client, sent, sentence):
    client.force_login(make_user("VERIFIER"))

    response = client.post(reverse("verification:phrases"), sent)

    assert (response.status_code, sentence in response.content.decode(), Phrase.objects.count()) == (422, True, 0)


def test_the_note_being_written_becomes_a_phrase(client):
    client.force_login(make_user("VERIFIER"))
    keep = reverse("verification:keep_phrase")

    answers = [client.post(keep, {"note": text}, headers={"HX-Request": "true"}) for text in ("Hanya sampul.", "")]

    assert [each.status_code for each in answers] == [200, 422]
    assert ("Hanya sampul." in answers[0].content.decode(), Phrase.objects.count()) == (True, 1)


def test_without_scripts_a_phrase_fills_the_note_and_saves_nothing(client):
    evaluation = make_case()
    me = make_judge(evaluation)
    known = phrase(me, "Lampirkan pengesahan.")
    client.force_login(me)
    sent = {"stage": "VA", "version": 0, "choice": "nilai", "points": "1", "note": "Sampul saja.", "pakai": known.pk}

    response = client.post(reverse("verification:judge", args=[evaluation.pk, "1.1"]), sent)

    known.refresh_from_db()
    assert (response.status_code, known.uses, Verdict.objects.count()) == (200, 1, 0)
    assert "Sampul saja. Lampirkan pengesahan." in response.content.decode()


@pytest.mark.parametrize(("role", "status"), [("STAFF", 403), ("LEADER", 403), ("REVIEWER", 200), ("ADMIN", 200)])
def test_phrases_are_for_those_who_judge(client, role, status):
    client.force_login(make_user(role))

    assert client.get(reverse("verification:phrases")).status_code == status
