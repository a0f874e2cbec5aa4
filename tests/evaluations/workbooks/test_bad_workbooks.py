"""Workbooks that cannot be taken, whole or in part: each with its sentence, and nothing half done."""

import io

import openpyxl
import pytest

from evaluations.evidence.sentences import EvidenceRefused
from evaluations.models import Import, Responsibility
from evaluations.workbooks import rules as workbook_rules
from evaluations.workbooks.refusals import WorkbookRefused
from evaluations.workbooks.shape import ANSWERS, HEADING_ROW, KEY
from kla_portal.spreadsheets import SpreadsheetRefused
from tests.evaluations.evidence import good_files
from tests.evaluations.workbooks.books import PLACES, Book, claims, confirmed, kinds, made, received
from tests.factories import make_cycle, make_office, make_region, make_user
from tests.kla_portal.spreadsheets.test_refusals import many_rows

pytestmark = [pytest.mark.django_db, pytest.mark.thorough]


@pytest.fixture
def operator(evaluation):
    return make_user("OPERATOR", region=evaluation.region)


@pytest.fixture
def staff(evaluation):
    return make_user("STAFF", office=make_office(evaluation.region, "dinkes"))


@pytest.mark.parametrize(
    ("word", "value", "sentence"),
    [
        ("format", "lain", "bukan buku kerja jawaban"),
        ("daerah", "16.10", "milik daerah lain"),
        ("siklus", "2023", "dari siklus lain"),
        ("evaluasi", "999999", "portal atau evaluasi lain"),
        ("instrumen", "x", "Instrumen sudah diganti"),
        ("perangkat daerah", "bukan-kantor", "milik perangkat daerah lain"),
    ],
)
def test_workbook_of_elsewhere_is_refused(evaluation, operator, word, value, sentence):
    book = Book(made(evaluation)).fill("1.1", option="Seluruhnya").say(word, value)

    with pytest.raises(WorkbookRefused, match=sentence):
        received(evaluation, book, operator)
    assert Import.objects.count() == 0


@pytest.mark.parametrize(
    ("word", "value", "name"),
    [
        ("daerah", "63.05", "daerah lain, yaitu Kabupaten Tapin."),
        ("siklus", "2022", "siklus lain, yaitu Evaluasi KLA 2022."),
        ("perangkat daerah", "disdik", "perangkat daerah lain, yaitu Dinas Pendidikan."),
    ],
)
def test_owner_of_a_workbook_of_elsewhere_is_called_by_name(evaluation, staff, word, value, name):
    make_region("63.05", "Kabupaten Tapin")
    make_cycle(evaluation.cycle.instrument, code="2022")
    make_office(evaluation.region, "disdik")

    with pytest.raises(WorkbookRefused, match=name):
        received(evaluation, Book(made(evaluation)).say(word, value), staff)


@pytest.mark.parametrize(("code", "sentence"), [("disdik", "milik perangkat daerah lain"), (None, "seluruh daerah")])
def test_staff_bring_back_no_workbook_but_their_own(evaluation, staff, code, sentence):
    office = make_office(evaluation.region, code) if code else None

    with pytest.raises(WorkbookRefused, match=sentence):
        received(evaluation, Book(made(evaluation, office)), staff)


def test_question_that_is_no_longer_the_offices_is_refused(evaluation, staff):
    book = Book(made(evaluation, staff.office)).fill("1.1", option="Seluruhnya").fill("1.2", option="Seluruhnya")
    Responsibility.objects.filter(question__code="1.1").update(office=make_office(evaluation.region, "disdik"))

    found, comparison = received(evaluation, book, staff)
    confirmed(found, comparison, staff)

    assert kinds(comparison)["1.1"] == "REFUSED"
    assert [claims(evaluation)[code][4] for code in ("1.1", "1.2")] == [0, 1]


@pytest.mark.parametrize(
    ("code", "cells", "sentence"),
    [
        ("1.1", {"option": "Tidak tahu"}, "Jawaban (F6): “Tidak tahu” bukan pilihan pertanyaan ini."),
        ("1.1", {"option": "=1+1"}, "Jawaban (F6): berisi rumus. Ganti dengan nilainya."),
        ("1.1", {"measure": 3}, "Angka (G6): pertanyaan ini tidak meminta angka."),
        ("1.1", {"note": "x" * 4001}, "Catatan (I6): catatan lebih dari 4000 karakter."),
        ("2.1", {"measure": 100.01}, "Angka (G8): Persentase harus antara 0 dan 100"),
        ("2.1", {"measure": "82,555"}, "Angka (G8): “82,555” bukan angka biasa."),
        ("2.1", {"measure": -1}, "Angka (G8): “-1” bukan angka biasa."),
        ("2.1", {"measure": "banyak"}, "Angka (G8): “banyak” bukan angka biasa."),
        ("2.1", {"option": "Di atas 50%"}, "Jawaban (F8): jawaban pertanyaan ini mengikuti angka."),
        ("2.1", {"before": 4}, "Angka tahun sebelumnya (H8): pertanyaan ini tidak meminta"),
        ("3.1", {"measure": 1e300}, "bukan angka biasa."),
        ("3.1", {"version": "seribu"}, "kolom tersembunyi “versi” berubah."),
        ("3.1", {"version": "7"}, "Baris ini dibuat dari versi yang tidak dikenal."),
        ("3.1", {"code": "3.9"}, "Kode (A11): berubah dari “3.1”."),
    ],
)  # fmt: skip
def test_bad_cell_refuses_its_row_and_no_other(evaluation, operator, code, cells, sentence):
    book = Book(made(evaluation)).fill(code, **cells).fill("3.2", option="seluruhnya ")

    found, comparison = received(evaluation, book, operator)
    confirmed(found, comparison, operator)

    assert {kind for each, kind in kinds(comparison).items() if each not in (code, "3.2")} == {"SAME"}
    assert [kinds(comparison)[each] for each in (code, "3.2")] == ["REFUSED", "NEW"]
    assert comparison.refused[0].faults[0].startswith(sentence) or sentence in comparison.refused[0].faults[0]
    assert [claims(evaluation)[each][4] for each in (code, "3.2")] == [0, 1]


def test_sheet_with_another_name_is_known_by_its_headings(evaluation, operator):
    book = Book(made(evaluation)).fill("1.1", option="Seluruhnya")
    book.sheet.title = "Jawaban Dinkes final"

    found, comparison = received(evaluation, book, operator)

    assert (found.remarks, kinds(comparison)["1.1"]) == ([], "NEW")


def test_copy_of_the_sheet_is_named_and_not_read(evaluation, operator):
    book = Book(made(evaluation)).fill("1.1", option="Seluruhnya")
    copy = book.book.copy_worksheet(book.sheet)
    copy.title = "Cadangan"
    copy.cell(book.row("1.2"), PLACES["option"]).value = "Seluruhnya"

    found, comparison = received(evaluation, book, operator)
    assert found.remarks == ["Lembar “Cadangan” tidak dibaca, hanya lembar “Jawaban”. Isian di sana tidak dipakai."]
    assert (kinds(comparison)["1.1"], kinds(comparison)["1.2"]) == ("NEW", "SAME")

    book.sheet.title = "Asli"
    with pytest.raises(WorkbookRefused, match="Lembar “Asli” dan “Cadangan” sama-sama memuat jawaban."):
        received(evaluation, book, operator)


def test_merged_answer_cells_refuse_their_row(evaluation, operator):
    book = Book(made(evaluation)).fill("1.1", option="Seluruhnya")
    row = book.row("1.1")
    book.sheet.merge_cells(start_row=row, end_row=row, start_column=PLACES["measure"], end_column=PLACES["before"])

    _, comparison = received(evaluation, book, operator)

    assert comparison.refused[0].faults == (
        "Angka (G6): selnya digabung. Pisahkan gabungannya.",
        "Angka tahun sebelumnya (H6): selnya digabung. Pisahkan gabungannya.",
    )


def test_question_on_two_rows_refuses_both(evaluation, operator):
    book = Book(made(evaluation)).fill("1.1", option="Seluruhnya")
    for name in ("code", "key"):
        book.cell("1.2", name).value = "1.1"

    _, comparison = received(evaluation, book, operator)

    assert [row.faults for row in comparison.refused] == [("Pertanyaan 1.1 ada di 2 baris. Sisakan satu baris.",)] * 2


def test_columns_in_another_order_and_extra_ones_are_taken(evaluation, operator):
    book = Book(made(evaluation)).fill("1.1", note="Kolomnya ditukar", option="Seluruhnya")
    first, second = PLACES["note"], PLACES["option"]
    for row in book.sheet.iter_rows(min_row=HEADING_ROW + 1):
        row[first - 1].value, row[second - 1].value = row[second - 1].value, row[first - 1].value
    book.sheet.cell(HEADING_ROW + 1, 20).value = "Catatan kepala dinas"
    book.sheet.cell(book.row("1.1"), 20).value = "bagus"

    found, comparison = received(evaluation, book, operator)

    assert comparison.written[0].note == "Kolomnya ditukar"
    assert found.remarks == ["Kolom tambahan tidak dibaca: Catatan kepala dinas."]


@pytest.mark.parametrize(
    ("heading", "sentence"),
    [("Jawaban", "Kolom Jawaban tidak ada"), ("versi", "Kolom versi tidak ada"), ("Kode", "Judul kolom")],
)
def test_missing_column_refuses_the_workbook(evaluation, operator, heading, sentence):
    book = Book(made(evaluation))
    place = next(cell for cell in book.sheet[HEADING_ROW + 1] if cell.value == heading)
    place.value = "dihapus"

    with pytest.raises(WorkbookRefused, match=sentence):
        received(evaluation, book, operator)


def test_doubled_column_and_missing_sheet_refuse_the_workbook(evaluation, operator):
    book = Book(made(evaluation))
    book.sheet.cell(HEADING_ROW + 1, PLACES["note"] + 1).value = "Catatan"
    with pytest.raises(WorkbookRefused, match="Kolom Catatan ada lebih dari satu"):
        received(evaluation, book, operator)
    del book.book[ANSWERS]
    with pytest.raises(WorkbookRefused, match="Lembar “Jawaban” tidak ada"):
        received(evaluation, book, operator)


def test_workbook_without_rows_is_refused(evaluation, operator):
    book = Book(made(evaluation))
    book.sheet.delete_rows(HEADING_ROW + 2, 50)

    with pytest.raises(WorkbookRefused, match="tidak memuat satu pertanyaan pun"):
        received(evaluation, book, operator)


def test_rows_that_are_no_question_are_told_and_left_aside(evaluation, operator):
    book = Book(made(evaluation))
    book.sheet.cell(40, PLACES["code"]).value = "99.9"
    book.sheet.cell(41, PLACES["note"]).value = "tanpa kode"

    found, _ = received(evaluation, book, operator)

    assert found.remarks == [
        "Baris 40 tidak dibaca: pertanyaan “99.9” tidak dikenal.",
        "Baris 41 tidak dibaca: kodenya kosong.",
    ]


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (b"", "kosong"),
        (b"kode,jawaban\n1.1,ya\n", "bukan buku kerja Excel"),
        (good_files.xlsx(more={"xl/vbaProject.bin": b"a"}), "makro"),
        (many_rows(100_000), "lebih dari 2000 baris"),
    ],
    ids=["empty", "csv", "macros", "100,000 rows"],
)
def test_file_that_is_no_honest_spreadsheet_is_refused(evaluation, operator, content, sentence):
    with pytest.raises((SpreadsheetRefused, EvidenceRefused), match=sentence):
        received(evaluation, content, operator)


def test_any_other_spreadsheet_is_refused(evaluation, operator):
    out = io.BytesIO()
    other = openpyxl.Workbook()
    other.active.title = KEY
    other.save(out)

    with pytest.raises(WorkbookRefused, match="bukan buku kerja jawaban"):
        received(evaluation, out.getvalue(), operator)


def test_workbook_of_another_region_leaks_nothing(evaluation, operator):
    elsewhere = make_user("OPERATOR", region=make_region("16.10", "Kabupaten Ogan Ilir"), username="lain")
    book = Book(made(evaluation)).fill("1.1", option="Seluruhnya")
    found, _ = received(evaluation, book, operator)

    assert list(workbook_rules.visible_imports(elsewhere)) == []
    assert [each.pk for each in workbook_rules.visible_imports(operator)] == [found.pk]
