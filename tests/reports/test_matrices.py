"""The appendix of tables: what it holds, on paper and as a workbook, for whom and when."""

import io
from decimal import Decimal

import openpyxl
import pytest
from django.urls import reverse
from pypdf import PdfReader

from evaluations.models import MatrixVersion
from jobs.kinds import find
from reports import actions, making, storing
from reports.content import build_matrices
from reports.matrix_printing import most_of_one
from reports.models import Document
from reports.subjects import Subject
from tests.evaluations.matrices.tables import give_columns, keep, rows
from tests.factories import NOW, answer_question, make_evaluation, make_user
from tests.reports.cases import HOSTILE

pytestmark = pytest.mark.django_db
ROWS = [{"mitra": "=1+1", "jenis": "Media", "anak": "1234.5", "mulai": "2024-01-05"}, {"mitra": HOSTILE}]


@pytest.fixture
def evaluation(settings, tmp_path):
    settings.STORAGES = {
        **settings.STORAGES,
        "default": {"BACKEND": "django.core.files.storage.FileSystemStorage", "OPTIONS": {"location": str(tmp_path)}},
    }
    evaluation = make_evaluation()
    give_columns()
    return evaluation


def make(evaluation, format):
    by = make_user("OPERATOR", region=evaluation.region)
    document = actions.request_document(evaluation=evaluation, kind="MTX", format=format, by=by, at=NOW)
    find("render").work(document_id=document.pk, by_id=by.pk)
    with storing.default_storage.open(Document.objects.get(pk=document.pk).stored_as, "rb") as file:
        return file.read()


def test_appendix_holds_every_table_and_names_the_empty_ones(evaluation):
    answer_question(evaluation, "3.2", Decimal("50"))
    empty = build_matrices(evaluation)
    keep(evaluation, ROWS)

    content = build_matrices(evaluation)

    assert ([(line.code, line.claimed) for line in empty.empty], empty.parts) == ([("3.2", Decimal("50.00"))], ())
    assert (content.empty, content.row_count) == ((), 2)
    part = content.parts[0]
    assert (part.code, part.name, part.points, [column.name for column in part.columns]) == (
        "3.2", "Kemitraan", Decimal("50.00"), ["Nama mitra", "Jenis mitra", "Jumlah anak", "Mulai"]
    )  # fmt: skip
    assert part.cells[0] == ("=1+1", "Media", "1.234,5", "05-01-2024")


def test_appendix_costs_two_queries_at_any_length(evaluation, django_assert_num_queries):
    for version, count in enumerate((1, 3)):
        keep(evaluation, rows(count), version)
        with django_assert_num_queries(2):
            build_matrices(evaluation)


def test_workbook_has_a_sheet_per_question_and_no_formulas(evaluation):
    keep(evaluation, ROWS)

    book = openpyxl.load_workbook(io.BytesIO(make(evaluation, "xlsx")))

    sheet = book["3.2"]
    assert book.sheetnames == ["Daftar", "3.2"]
    assert [cell.value for cell in sheet[5]] == ["Nama mitra", "Jenis mitra", "Jumlah anak", "Mulai"]
    first = sheet[6]
    assert [cell.data_type for cell in first] == ["s", "s", "n", "d"]
    assert (first[0].value, first[2].value, first[3].value.date().isoformat()) == ("=1+1", 1234.5, "2024-01-05")
    assert all(cell.data_type != "f" for each in book for row in each.rows for cell in row)


def test_paper_shows_rows_and_keeps_hostile_words_words(evaluation):
    keep(evaluation, ROWS)

    pages = PdfReader(io.BytesIO(make(evaluation, "pdf"))).pages

    text = " ".join(" ".join(page.extract_text() for page in pages).split())
    for words in ("LAMPIRAN MATRIKS", "1.234,5", "05-01-2024", "<script>alert(1)</script>", "{{7*7}}", "=1+1"):
        assert words in text
    assert pages[0].mediabox.width > pages[0].mediabox.height


def test_long_tables_are_cut_on_paper_only(evaluation):
    keep(evaluation, rows(1000))

    content = build_matrices(evaluation)

    assert (most_of_one(content), len(content.parts[0].cells)) == (100, 1000)


def test_same_rows_are_the_same_paper_and_other_rows_another(evaluation):
    keep(evaluation, rows(1))
    first, again = (making.draft(Subject(evaluation_of(evaluation)), "MTX").fingerprint for _ in range(2))
    keep(evaluation, rows(2), 1)

    assert (first == again, making.draft(Subject(evaluation_of(evaluation)), "MTX").fingerprint == first) == (
        True,
        False,
    )


def evaluation_of(evaluation):
    return type(evaluation).objects.for_page().get(pk=evaluation.pk)


@pytest.mark.parametrize(
    ("role", "format", "status"),
    [("OPERATOR", "pdf", 302), ("REVIEWER", "xlsx", 302), ("LEADER", "pdf", 302), ("ADMIN", "pdf", 302),
     ("STAFF", "pdf", 403), ("VERIFIER", "pdf", 404), ("OPERATOR", "csv", 403)],
)  # fmt: skip
def test_tables_are_paper_at_any_stage_for_those_who_see_the_whole_case(client, evaluation, role, format, status):
    client.force_login(make_user(role, region=None if role in ("ADMIN",) else evaluation.region))

    answer = client.post(reverse("reports:request", args=[evaluation.pk]), {"kind": "MTX", "format": format})

    assert (answer.status_code, Document.objects.count()) == (status, int(status == 302))


def test_page_offers_the_appendix_before_results_are_final(client, evaluation):
    client.force_login(make_user("OPERATOR", region=evaluation.region))

    page = client.get(reverse("reports:index", args=[evaluation.pk])).content.decode()

    assert ("Lampiran Matriks" in page, page.count(" disabled")) == (True, 11)
    assert MatrixVersion.objects.count() == 0
