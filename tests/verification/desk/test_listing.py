"""What the desk lists, in which order, and how one gets from question to question."""

import re
from decimal import Decimal

import pytest
from django.urls import reverse

from evaluations.models import Evidence, EvidenceUse
from tests.factories import NOW
from tests.verification.factories import answer_of, judge, make_case, make_judge

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _clock(monkeypatch):
    """The server's clock stands at NOW."""
    monkeypatch.setattr("django.utils.timezone.now", lambda: NOW)


def prove(evaluation, *codes):
    """One document for these questions."""
    document = Evidence.objects.create(
        evaluation=evaluation, kind="LINK", title="Naskah", url="https://contoh.go.id/naskah", state="READY",
        added_at=NOW, added_by=evaluation.submitted_by,
    )  # fmt: skip
    for code in codes:
        EvidenceUse.objects.create(
            evidence=document, answer=answer_of(evaluation, code), added_at=NOW, added_by=evaluation.submitted_by
        )


def listed(client, evaluation, finding, cluster=""):
    """Codes in the order of the list beside the evidence."""
    address = reverse("verification:question", args=[evaluation.pk, "1.1"])
    page = client.get(address, {"klaster": cluster, "keadaan": finding}).content.decode()
    return re.findall(r'class="ql-row"[^>]*data-code="([^"]+)"', page)


@pytest.mark.parametrize(
    ("finding", "codes"),  # 1.1 is the question that is open, and stays in the list
    [
        ("belum", ["1.1", "2.1", "3.1", "3.2"]),
        ("taruhan", ["1.1", "3.1", "2.1", "3.2"]),
        ("selisih", ["2.2", "1.2", "1.1"]),
        ("turun", ["1.1", "1.2", "2.2"]),
        ("bersama", ["1.1", "1.2", "3.2"]),
        ("berubah", ["1.1"]),
        ("apa-saja", ["1.1", "1.2", "2.1", "2.2", "3.1", "3.2"]),
    ],
)
def test_filters_list_what_they_say(client, finding, codes):
    evaluation = make_case()
    verifier = make_judge(evaluation)
    judge(evaluation, "1.2", Decimal(150), by=verifier, reason="INCOMPLETE")
    judge(evaluation, "2.2", Decimal(0), by=verifier, reason="INCOMPLETE")
    prove(evaluation, "1.2", "3.2")
    prove(evaluation, "2.1")
    client.force_login(verifier)

    assert listed(client, evaluation, finding) == codes


def test_next_and_previous_follow_the_order_of_the_filter(client):
    evaluation = make_case()
    client.force_login(make_judge(evaluation))
    address = reverse("verification:question", args=[evaluation.pk, "3.1"])

    page = client.get(address, {"klaster": "", "keadaan": "taruhan"}).content.decode()

    ways = re.findall(r'rel="(prev|next)" href="[^"]*/pertanyaan/([^/]+)/\?klaster=&amp;keadaan=taruhan"', page)
    assert ways == [("prev", "1.2"), ("next", "2.1")]


def test_without_scripts_a_save_goes_on_to_what_was_next(client):
    evaluation = make_case()
    verifier = make_judge(evaluation)
    judge(evaluation, "1.1", Decimal(0), by=verifier, reason="INCOMPLETE")
    judge(evaluation, "1.2", Decimal(0), by=verifier, reason="INCOMPLETE")
    client.force_login(verifier)
    address = reverse("verification:judge", args=[evaluation.pk, "1.1"]) + "?klaster=&keadaan=selisih"
    sent = {"stage": "VA", "version": 1, "choice": "terima", "berikut": "1.2", "lanjut": "1"}

    response = client.post(address, sent)

    assert response["Location"].startswith(reverse("verification:question", args=[evaluation.pk, "1.2"]))
    assert "klaster=&keadaan=selisih" in response["Location"]


def test_another_question_comes_without_the_list_unless_the_browser_goes_back(client):
    evaluation = make_case()
    client.force_login(make_judge(evaluation))
    address = reverse("verification:question", args=[evaluation.pk, "1.1"])

    fragment = client.get(address, headers={"HX-Request": "true"}).content.decode()
    restored = client.get(address, headers={"HX-Request": "true", "HX-History-Restore-Request": "true"})

    assert ('id="meja"' in fragment, 'id="daftar"' in fragment, "<html" in fragment) == (True, False, False)
    assert "<html" in restored.content.decode()


def test_documents_are_shown_with_what_the_region_says_they_prove(client):
    evaluation = make_case()
    prove(evaluation, "1.1", "1.2")
    EvidenceUse.objects.filter(answer__question__code="1.1").update(covers=[1], pages="3-4")
    client.force_login(make_judge(evaluation))

    page = client.get(reverse("verification:question", args=[evaluation.pk, "1.1"])).content.decode()

    assert page.count("menurut daerah sudah ada") == page.count("belum ditandai ada") == 1
    assert ("lihat hal. 3-4" in page, "dipakai juga di 1.2" in page) == (True, True)
