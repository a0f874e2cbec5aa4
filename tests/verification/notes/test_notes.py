"""Marks on evidence: who writes them, which pages exist, who sees them when, who takes them back."""

from decimal import Decimal

import pytest
from django.core.files.base import ContentFile
from django.urls import reverse

from evaluations.evidence import actions as proving
from evaluations.models import Answer, Evaluation
from tests.evaluations.evidence import good_files
from tests.factories import NOW, answer_all, make_cycle, make_evaluation, make_region, make_user, send
from tests.verification.factories import close, judge, make_judge
from verification import actions
from verification.models import EvidenceNote
from verification.notes import rules

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _clock(monkeypatch):
    """The server's clock stands at NOW."""
    monkeypatch.setattr("django.utils.timezone.now", lambda: NOW)


@pytest.fixture
def case():
    """A sent evaluation; 1.1 has a file of three pages and a link."""
    evaluation = make_evaluation(make_region(), make_cycle())
    operator = make_user("OPERATOR")
    answer = Answer.objects.select_related("evaluation__cycle", "question").get(
        evaluation=evaluation, question__code="1.1"
    )
    proving.attach_file(answer=answer, upload=ContentFile(good_files.pdf(3), "SK.pdf"), by=operator, at=NOW)
    proving.attach_link(answer=answer, url="https://jdih.example.id/sk", title="SK", by=operator, at=NOW)
    answer_all(evaluation)
    evaluation.evidence.filter(kind="FILE").update(page_count=3)
    return send(evaluation, operator)


def document(case, kind="FILE"):
    return case.evidence.get(kind=kind)


def write(client, case, text="Belum ditandatangani", page="2", *, kind="FILE", code="1.1", htmx=True):
    address = reverse("verification:write_note", args=[case.pk, code, document(case, kind).pk])
    headers = {"HX-Request": "true"} if htmx else {}
    return client.post(address, {"text": text, "page": page}, headers=headers)


def test_a_verifier_marks_a_page_once(client, case):
    client.force_login(make_judge(case))

    pages = [write(client, case) for _ in range(2)]

    note = EvidenceNote.objects.get()
    assert ([each.status_code for each in pages], note.page, note.stage) == ([200, 200], 2, "VA")
    assert ("Hal. 2</b>: Belum ditandatangani" in pages[0].content.decode()) is True


@pytest.mark.parametrize(
    ("page", "kind", "sentence"),
    [
        ("4", "FILE", "hanya sampai halaman 3"),
        ("0", "FILE", "Halaman dimulai dari 1"),
        ("-1", "FILE", "Halaman dimulai dari 1"),
        ("dua", "FILE", "Tulis halaman sebagai angka"),
        ("9" * 30, "FILE", "Tidak ada dokumen sepanjang itu"),
        ("1", "LINK", "Dokumen ini tidak berhalaman"),
    ],
)
def test_a_page_that_is_not_there_is_refused(client, case, page, kind, sentence):
    client.force_login(make_judge(case))

    response = write(client, case, page=page, kind=kind, htmx=page != "4")

    said = response.content.decode()
    assert (response.status_code, sentence in said, "Belum ditandatangani" in said) == (422, True, True)
    assert EvidenceNote.objects.count() == 0


@pytest.mark.parametrize("text", ["", "  ", "x" * 301])
def test_a_note_says_something_short(client, case, text):
    client.force_login(make_judge(case))

    assert (write(client, case, text).status_code, EvidenceNote.objects.count()) == (422, 0)


def test_only_who_judges_the_question_marks_its_evidence(client, case):
    other, cluster = make_user("VERIFIER"), make_user("VERIFIER")
    actions.assign(evaluation=case, stage="VA", verifier=cluster, clusters=["I"], by=make_user("ADMIN"), at=NOW)
    statuses = []
    for user in (other, cluster, make_user("OPERATOR"), make_user("VERIFIER", region=make_region("16.10"))):
        client.force_login(user)
        statuses.append(write(client, case).status_code)

    assert (statuses, EvidenceNote.objects.count()) == ([403, 403, 404, 404], 0)


def test_evidence_of_another_question_is_not_marked(client, case):
    client.force_login(make_judge(case))

    response = write(client, case, code="1.2")

    assert (response.status_code, "tidak lagi menjadi bukti" in response.content.decode()) == (422, True)


def seen_by(client, case):
    """What the region's operator reads on the question and on the document."""
    client.force_login(case.submitted_by)
    pages = [
        client.get(reverse("evaluations:question", args=[case.pk, "1.1"])),
        client.get(reverse("evaluations:evidence", args=[case.pk, document(case).pk])),
    ]
    return ["Belum ditandatangani" in page.content.decode() for page in pages]


def test_the_region_reads_it_when_the_stage_is_closed(client, case):
    verifier = make_judge(case)
    client.force_login(verifier)
    write(client, case)

    running = seen_by(client, case)
    close(case, by=verifier, confirmed=6)

    assert (running, seen_by(client, case)) == ([False, False], [True, True])


def test_the_region_reads_it_when_the_answer_is_to_be_mended(client, case):
    verifier = make_judge(case)
    client.force_login(verifier)
    write(client, case)
    judge(case, "1.1", Decimal(0), by=verifier, reason="NOT_VALID", note="Tanda tangan.", is_return=True)
    asked = seen_by(client, case)
    Answer.objects.filter(evaluation=case, question__code="1.1").update(open_until=NOW)

    assert (asked, seen_by(client, case)) == ([False, False], [True, True])


def test_the_author_takes_it_back_while_the_stage_runs(client, case):
    verifier, beside = make_judge(case), make_judge(case)
    client.force_login(verifier)
    write(client, case)
    note = EvidenceNote.objects.get()
    address = reverse("verification:remove_note", args=[case.pk, "1.1", document(case).pk, note.pk])

    client.force_login(beside)
    refused = client.post(address).status_code
    client.force_login(verifier)
    statuses = [client.post(address).status_code for _ in range(2)]

    assert (refused, statuses, EvidenceNote.objects.standing().count()) == (403, [302, 302], 0)


def test_a_note_of_a_closed_stage_stays(client, case):
    verifier = make_judge(case)
    client.force_login(verifier)
    write(client, case)
    close(case, by=verifier, confirmed=6)
    note = EvidenceNote.objects.select_related("answer__evaluation").get()
    address = reverse("verification:remove_note", args=[case.pk, "1.1", document(case).pk, note.pk])

    assert (client.post(address).status_code, rules.can_remove(verifier, note)) == (403, False)
    assert Evaluation.objects.get().stage == "VL"


@pytest.mark.parametrize("count", [1, 3])
def test_the_region_s_question_costs_the_same_for_one_and_three_notes(client, case, count, django_assert_num_queries):
    verifier = make_judge(case)
    client.force_login(verifier)
    for number in range(count):
        write(client, case, f"Catatan {number}")
    close(case, by=verifier, confirmed=6)
    client.force_login(case.submitted_by)
    address = reverse("evaluations:evidence", args=[case.pk, document(case).pk])
    client.get(address)

    with django_assert_num_queries(13):
        client.get(address)
