"""Files: PDF, Excel and CSV carry the same numbers; hostile words stay words."""

import csv
import io
from decimal import Decimal

import openpyxl
import pytest
from pypdf import PdfReader

from jobs.kinds import Refused, find
from reports import actions, storing
from reports.houses import House
from reports.models import Document
from reports.settings import actions as saving
from tests.factories import NOW, make_user
from tests.reports.cases import HOSTILE, closed_case

pytestmark = [pytest.mark.django_db, pytest.mark.thorough]


@pytest.fixture(autouse=True)
def _own_files(settings, tmp_path):
    """Every test writes into a folder of its own."""
    settings.STORAGES = {
        **settings.STORAGES,
        "default": {"BACKEND": "django.core.files.storage.FileSystemStorage", "OPTIONS": {"location": str(tmp_path)}},
    }


def make(evaluation, kind="LHV", format="pdf", *, by=None):
    """Ask for a document and let its job run here."""
    by = by or make_user("OPERATOR", region=evaluation.region)
    document = actions.request_document(evaluation=evaluation, kind=kind, format=format, by=by, at=NOW)
    find("render").work(document_id=document.pk, by_id=by.pk)
    return Document.objects.get(pk=document.pk)


def read(document):
    with storing.default_storage.open(document.stored_as, "rb") as file:
        return file.read()


def words_of(document):
    return " ".join(" ".join(page.extract_text() for page in PdfReader(io.BytesIO(read(document))).pages).split())


def test_report_pdf_shows_the_numbers_and_every_question():
    document = make(closed_case())

    text = words_of(document)
    expected = ["801,00", "800,38", "−0,62", "Nindya", "1.1", "3.2", "Bukti tidak lengkap", "alaman 1 dari"]
    assert [each for each in expected if each not in text] == []
    assert document.page_count == len(PdfReader(io.BytesIO(read(document))).pages)


@pytest.mark.services
def test_brief_pdf_has_a_sheet_for_each_office_that_must_act():
    text = words_of(make(closed_case(), kind="VLH"))

    assert [each for each in ["+0,62", "Dinas Pendidikan", "3.1"] if each not in text] == []


def test_excel_and_csv_carry_the_numbers_of_the_settled_rows():
    evaluation = closed_case()

    book = openpyxl.load_workbook(io.BytesIO(read(make(evaluation, format="xlsx"))))
    rows = list(csv.reader(io.StringIO(read(make(evaluation, format="csv")).decode("utf-8-sig")), delimiter=";"))

    whole = next(row for row in book["Ringkasan"].values if "Jumlah" in row)
    numbers = [Decimal(str(cell)) for cell in whole if isinstance(cell, int | float)]
    assert numbers == [Decimal(each) for each in ("1000", "801", "800.38", "-0.62")]
    assert [row for row in rows if "800,38" in row] != []
    assert {"1000,00", "801,00", "800,38", "-0,62"} <= {cell for row in rows for cell in row}


@pytest.mark.services
def test_hostile_words_stay_words_in_every_format():
    evaluation = closed_case(note=HOSTILE)

    text = words_of(make(evaluation))
    book = openpyxl.load_workbook(io.BytesIO(read(make(evaluation, format="xlsx"))))
    table = read(make(evaluation, format="csv")).decode("utf-8-sig")

    cells = [cell for sheet in book for row in sheet.iter_rows() for cell in row]
    assert "<script>alert(1)</script> {{7*7}}" in text
    assert [cell.coordinate for cell in cells if cell.data_type == "f"] == []
    assert [cell for row in csv.reader(io.StringIO(table), delimiter=";") for cell in row if cell.startswith("=")] == []


@pytest.mark.services
def test_word_of_200_000_letters_neither_breaks_nor_delays_the_page():
    evaluation = closed_case(note="x" * 200_000)

    text = words_of(make(evaluation))
    book = openpyxl.load_workbook(io.BytesIO(read(make(evaluation, format="xlsx"))))

    longest = max(len(str(cell)) for row in book["Pertanyaan"].values for cell in row)
    assert ("selengkapnya di portal" in text, longest) == (True, 32_767)


def test_equal_content_returns_the_document_that_exists():
    evaluation = closed_case()
    first = make(evaluation, format="xlsx")

    again = actions.request_document(
        evaluation=evaluation, kind="LHV", format="xlsx", by=make_user("LEADER", region=evaluation.region), at=NOW
    )

    assert (again.pk, Document.objects.count()) == (first.pk, 1)


def test_another_letterhead_is_another_paper_with_the_next_number():
    evaluation = closed_case()
    by = make_user("OPERATOR", region=evaluation.region)
    first = make(evaluation, format="csv", by=by)
    values = {
        "government": "Pemerintah Uji",
        "office": "Dinas Uji",
        "city": "Uji",
        "number_pattern": "7/{urut}/{tahun}",
    }

    saving.save_letterhead(house=House(region=evaluation.region), values=values, logo=None, by=by, at=NOW)
    second = make(evaluation, format="csv", by=by)

    assert (first.number, second.number) == ("400.2/001/KLA/2025", "7/002/2025")
    assert first.fingerprint != second.fingerprint


def test_job_that_runs_twice_makes_one_file():
    evaluation = closed_case()
    by = make_user("OPERATOR", region=evaluation.region)
    document = make(evaluation, format="csv", by=by)

    find("render").work(document_id=document.pk, by_id=by.pk)

    assert Document.objects.get(pk=document.pk).ready_at == document.ready_at
    assert Document.objects.ready().count() == 1


def test_job_killed_before_the_row_was_marked_ends_the_same_when_it_runs_again(monkeypatch):
    evaluation = closed_case()
    by = make_user("OPERATOR", region=evaluation.region)
    document = actions.request_document(evaluation=evaluation, kind="LHV", format="csv", by=by, at=NOW)

    class Killed(BaseException):
        pass

    def die(**_):
        raise Killed

    with monkeypatch.context() as patch:
        patch.setattr(actions, "finish_document", die)
        with pytest.raises(Killed):
            find("render").work(document_id=document.pk, by_id=by.pk)
    find("render").work(document_id=document.pk, by_id=by.pk)

    ready = Document.objects.get(pk=document.pk)
    assert (ready.is_ready, storing.is_there(ready)) == (True, True)


def test_job_refuses_when_the_right_is_gone():
    evaluation = closed_case()
    by = make_user("OPERATOR", region=evaluation.region)
    document = actions.request_document(evaluation=evaluation, kind="LHV", format="csv", by=by, at=NOW)
    by.is_active = False
    by.save()

    with pytest.raises(Refused):
        find("render").work(document_id=document.pk, by_id=by.pk)

    assert not Document.objects.get(pk=document.pk).is_ready
