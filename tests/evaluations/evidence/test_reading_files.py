"""The worker's reading becomes text, suggestions and doubts; run twice it changes nothing; answers survive."""

import re
from datetime import date
from io import StringIO

import pytest
from django.core.management import call_command

from evaluations.evidence import actions, tasks
from evaluations.models import EvidenceText, EvidenceWarning
from jobs.kinds import Refused
from jobs.models import Job
from kla_portal.demo.pdf import pages_of
from tests import factories
from tests.evaluations.evidence import good_files
from tests.evaluations.evidence.factories import answer_to, attach

pytestmark = [pytest.mark.django_db, pytest.mark.thorough]
NOW = factories.NOW
PERDA = ["PERATURAN DAERAH KABUPATEN TANAH BUMBU", "NOMOR 3 TAHUN 2024", "pada tanggal 9 Mei 2024"]


def read(evidence):
    tasks.read_evidence(evidence_id=evidence.pk)
    return {each.code: each.detail for each in EvidenceWarning.objects.filter(evidence=evidence)}


def test_attaching_promises_a_reading_and_no_scan_when_there_is_no_scanner(evaluation, operator):
    evidence = attach(evaluation, operator).evidence

    jobs = Job.objects.order_by("pk").values_list("kind", "key", "queue")
    assert list(jobs) == [("read_evidence", str(evidence.pk), "scan"), ("draw_pages", str(evidence.pk), "scan")]


def test_reading_twice_finds_the_same_once(evaluation, operator):
    evidence = attach(evaluation, operator, pages_of([PERDA]), name="scan.pdf").evidence

    found = [read(evidence) for _ in range(2)]

    reading = EvidenceText.objects.get()
    assert found == [{"COVER_ONLY": ""}] * 2
    assert reading.suggestions == {
        "document_kind": "PERDA", "number": "3 Tahun 2024", "dated_on": "2024-05-09", "year": 2024,
    }  # fmt: skip
    assert (evidence.document_kind, evidence.number) == ("", "")
    assert re.search("TANAH BUMBU", reading.text)


def test_reading_without_its_file_gives_up_with_a_sentence(evaluation, operator):
    evidence = attach(evaluation, operator).evidence
    evidence.stored_as = "evidence/00/gone"
    evidence.save(update_fields=["stored_as"])

    with pytest.raises(Refused, match="Berkas asli tidak ditemukan"):
        tasks.read_evidence(evidence_id=evidence.pk)


def test_saved_details_settle_doubts_and_answers_stay_until_the_doubt_is_another(evaluation, operator):
    evidence = attach(evaluation, operator).evidence
    assert read(evidence) == {"UNDATED": "", "BLANK_PAGES": "hal. 1"}
    blank = EvidenceWarning.objects.get(code="BLANK_PAGES")
    actions.answer_warning(warning=blank, answer="Memang kosong.", by=operator, at=NOW)

    details = actions.Details(title="SK", document_kind="SK", dated_on=date(2021, 1, 1))
    actions.save_details(evidence=evidence, version=0, details=details, by=operator, at=NOW)

    rows = EvidenceWarning.objects.order_by("code").values_list("code", "detail", "answer")
    assert list(rows) == [("BLANK_PAGES", "hal. 1", "Memang kosong."), ("WRONG_YEAR", "tahun 2021", "")]
    EvidenceText.objects.filter(evidence=evidence).update(facts={"letters": 0, "blank": [1, 2]})
    actions.save_details(
        evidence=evidence, version=1, details=actions.Details(title="SK baru", dated_on=date(2024, 1, 1)), by=operator,
        at=NOW,
    )  # fmt: skip
    again = EvidenceWarning.objects.get()
    assert (again.detail, again.answer, again.answered_at) == ("hal. 1, 2", "", None)


def test_another_question_weighs_a_known_document_again(evaluation, operator):
    evidence = attach(evaluation, operator, pages_of([["Selembar"]])).evidence
    assert "COVER_ONLY" not in read(evidence)
    answer = answer_to(evaluation, "1.2")
    answer.question.evidence = ["Laporan kegiatan"]
    answer.question.save()

    actions.attach_existing(evidence=[evidence], answer=answer, by=operator, at=NOW)

    assert EvidenceWarning.objects.get(code="COVER_ONLY").detail == "diharapkan: Laporan kegiatan"


def test_command_promises_what_nobody_has_read(evaluation, operator):
    read(attach(evaluation, operator).evidence)
    unread = attach(evaluation, operator, good_files.pdf(2)).evidence
    Job.objects.all().delete()
    said = StringIO()

    call_command("check_evidence", stdout=said)

    assert list(Job.objects.values_list("kind", "key")) == [("read_evidence", str(unread.pk))]
    call_command("check_evidence", "--all", "--region", evaluation.region.code, stdout=said)
    call_command("check_evidence", "--all", "--region", "16.10", stdout=said)
    lines = [line.split()[0] for line in said.getvalue().splitlines()]
    assert (lines, Job.objects.filter(kind="read_evidence").count()) == (["1", "2", "0"], 2)


@pytest.mark.parametrize(
    ("name", "detail"),
    [
        ("IMG_20240312_101500.jpg", "tanpa tempat"),
        ("WhatsApp Image 2024-03-12 at 10.15.00.jpeg", "tanpa tempat"),
        ("Foto diunggah 12 Maret 2024 pukul 10.15.00.jpg", "tanpa waktu dan tempat"),
    ],
)
def test_photo_is_dated_by_the_name_that_a_camera_gave(evaluation, operator, name, detail):
    photo = attach(evaluation, operator, good_files.picture(size=(1600, 1200)), name=name).evidence

    assert read(photo) == {"PHOTO_UNPLACED": detail}
