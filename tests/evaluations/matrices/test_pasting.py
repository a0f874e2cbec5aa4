"""Rows from a spreadsheet, pasted or uploaded: how they are read, what is shown before they are kept."""

import json
import re
from html import unescape
from io import BytesIO

import pytest
import xlsxwriter
from django.core.files.uploadedfile import SimpleUploadedFile

from clusters.matrices import Column
from evaluations.matrices.pasting import as_typed, found_in, split
from kla_portal import spreadsheets
from tests.evaluations.matrices.tables import COLUMNS, ROW, address, fields, keep, rows, stored

HTMX = {"HTTP_HX_REQUEST": "true"}
HEAD = ["Nama mitra", "Jenis mitra", "Jumlah anak", "Mulai"]


@pytest.mark.parametrize(
    ("text", "cells"),
    [
        ("a\tb\nc\td", [["a", "b"], ["c", "d"]]),
        ("a\tb\r\nc\td\r\n", [["a", "b"], ["c", "d"]]),
        ('"a\nb"\tc', [["a\nb", "c"]]),
        ('"kata ""baik"""\tc', [['kata "baik"', "c"]]),
        ('"buka\tc', [['"buka', "c"]]),
        ('5" pipa\tc', [['5" pipa', "c"]]),
        ("a\t\t\n\t\tb", [["a", "", ""], ["", "", "b"]]),
        ("", [[""]]),
    ],
)
def test_pasted_text_is_split_as_spreadsheets_copy_it(text, cells):
    assert split(text) == cells


def test_headings_decide_the_columns_in_any_order():
    found = found_in(COLUMNS, [["No", "MULAI", "Nama mitra *", "Alamat"], ["1", "5/1/2024", "PT Maju", "Jalan A"]])

    assert found.rows == [{"mitra": "PT Maju", "mulai": "2024-01-05"}]
    assert (found.unknown, found.missing) == (("Alamat",), ("Jenis mitra", "Jumlah anak"))


def test_headings_written_in_haste_are_recognised_where_only_one_column_begins_so():
    columns = (*COLUMNS, Column("dasar", "Dasar (SK, MoU)"))

    found = found_in(columns, [["Nama", "Jumlah", "Dasar", "Mul"], ["PT Maju", "3", "SK 1", "5/1/2024"]])

    assert (found.rows, found.unknown) == ([{"mitra": "PT Maju", "anak": "3", "dasar": "SK 1"}], ("Mul",))
    twice = (*columns, Column("jml", "Jumlah mitra"))
    assert found_in(twice, [["Nama", "Jenis", "Dasar", "Jumlah"], ["A", "", "", "3"]]).unknown == ("Jumlah",)


def test_without_headings_the_order_decides_and_faulty_rows_are_told_apart():
    found = found_in(COLUMNS, [["A", "Media", "3", ""], ["", "Media", "x", "", "lebih"], ["", ""]])

    assert [line.number for line in found.good] == [1]
    assert [(line.number, [cell.fault != "" for cell in line.cells]) for line in found.faulty] == [
        (2, [True, False, True, False])
    ]
    assert found.unknown == ("kolom ke-5",)


def test_numbers_of_a_spreadsheet_get_their_comma_and_doubtful_ones_are_not_guessed():
    cells = as_typed(COLUMNS, [HEAD, ["A", "Media", "12.5", "2024-01-05"], ["B", "", "12.375", ""], ["C", "", "0.125", ""]])  # noqa: E501  # fmt: skip

    found = found_in(COLUMNS, cells)

    assert [row.get("anak") for row in found.rows] == ["12.5", "0.125"]
    assert [line.cells[0].text for line in found.faulty] == ["B"]


def confirmation(page):
    """What the preview would send."""
    return unescape(re.search(r'name="isi" value="([^"]*)"', page)[1])


@pytest.mark.django_db
def test_pasted_rows_are_shown_first_and_kept_when_confirmed(client, evaluation, operator):
    keep(evaluation, rows(1))
    text = "\t".join(HEAD) + "\nPT Maju\tmedia\t1.234,5\t5-1-2024\n\tMedia\t1\t\n"

    preview = client.post(address(evaluation, "paste_matrix"), {"versi": 1, "teks": text}, **HTMX)

    page = preview.content.decode()
    assert (preview.status_code, stored(), "1 baris siap" in page, "1 baris perlu diperbaiki" in page) == (
        200, rows(1), True, True
    )  # fmt: skip
    assert "<b>Baris 3</b>: Nama mitra: Kolom ini wajib diisi." in page
    sent = fields(version=1, isi=confirmation(page), cara="akhir", asal="tempel")
    client.post(address(evaluation), sent, **HTMX)
    assert stored() == [*rows(1), ROW]


@pytest.mark.django_db
def test_five_thousand_pasted_rows_get_a_sentence_and_what_is_stored_stays(client, evaluation, operator):
    keep(evaluation, rows(3))
    text = "\n".join(f"Mitra {number}\tMedia\t5\t" for number in range(5000))

    answer = client.post(address(evaluation, "paste_matrix"), {"versi": 1, "teks": text}, **HTMX)

    page = answer.content.decode()
    sentence = "Ada 5.000 baris, sedangkan satu matriks memuat paling banyak 1.000 baris. Tidak ada yang ditambahkan"
    assert (answer.status_code, sentence in page, stored(), "Mitra 4999" in page) == (422, True, rows(3), True)


@pytest.mark.django_db
@pytest.mark.parametrize("text", ["", "   ", "\t\t\n", "a\0b", "\n" * 200_000, "a" * 950_000, '"' * 300_000])
def test_pasted_nothing_or_nonsense_keeps_nothing(client, evaluation, operator, text):
    answer = client.post(address(evaluation, "paste_matrix"), {"versi": 0, "teks": text}, **HTMX)

    assert (answer.status_code, stored(), 'class="notice error"' in answer.content.decode()
            or "perlu diperbaiki" in answer.content.decode()) == (422, None, True)  # fmt: skip


@pytest.mark.django_db
def test_rows_that_do_not_fit_can_only_replace(client, evaluation, operator):
    keep(evaluation, rows(600))
    text = "\n".join(f"Lain {number}" for number in range(500))

    page = client.post(address(evaluation, "paste_matrix"), {"versi": 1, "teks": text}, **HTMX).content.decode()

    assert ('value="akhir"' in page, 'value="semua"' in page, "melebihi 1000 baris" in page) == (False, True, True)


def workbook(*lines, name="Matriks", **options):
    file = BytesIO()
    with xlsxwriter.Workbook(file, {"strings_to_formulas": False, **options}) as book:
        sheet = book.add_worksheet(name)
        for row, line in enumerate(lines):
            for column, value in enumerate(line):
                sheet.write(row, column, value)
    return file.getvalue()


def upload(client, evaluation, content, **more):
    file = SimpleUploadedFile("isian.xlsx", content)
    sent = {"versi": 0, "berkas": file, "selesai": "1", **more}
    return client.post(address(evaluation, "upload_matrix"), sent, **HTMX)


@pytest.mark.django_db
def test_template_is_filled_and_comes_back(client, evaluation, operator):
    template = client.get(address(evaluation, "matrix_template"))
    sheet = spreadsheets.read(BytesIO(template.content))[0]
    headings = [cell for row in sheet.rows for cell in row if row[0].startswith("Nama")]

    preview = upload(client, evaluation, workbook(["3.2"], [], [], headings, ["PT Maju", "Media", 1234.5, "5-1-2024"]))
    sent = fields(isi=confirmation(preview.content.decode()), cara="akhir", asal="berkas")
    client.post(address(evaluation), sent, **HTMX)

    assert headings == ["Nama mitra *", "Jenis mitra", "Jumlah anak", "Mulai"]
    assert (template["Content-Disposition"], stored()) == ('attachment; filename="matriks-3.2.xlsx"', [ROW])


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (b"", "kosong"),
        (b"PK\x03\x04", "rusak"),
        (b"a;b\n1;2\n", "bukan buku kerja Excel"),
        (workbook(["Entah", "Apa"], [1, 2]), "Judul kolom matriks ini tidak ditemukan"),
        (workbook(HEAD, *[["A"]] * 1100), "lebih dari"),
        (workbook(HEAD), "Tidak ada baris yang dapat dibaca"),
    ],
)
def test_workbook_that_is_none_gets_its_sentence(client, evaluation, operator, content, sentence):
    answer = upload(client, evaluation, content)

    assert (answer.status_code, sentence in answer.content.decode(), stored()) == (422, True, None)


@pytest.mark.django_db
@pytest.mark.parametrize("missing", ["berkas", "selesai", "versi"])
def test_upload_that_broke_off_is_told(client, evaluation, operator, missing):
    sent = {"versi": 0, "berkas": SimpleUploadedFile("a.xlsx", workbook(HEAD, ["A"])), "selesai": "1"}
    sent.pop(missing)

    answer = client.post(address(evaluation, "upload_matrix"), sent, **HTMX)

    assert (answer.status_code, stored()) == (422, None)


@pytest.mark.django_db
def test_extra_columns_are_named_and_left_out(client, evaluation, operator):
    content = workbook([*HEAD, "Catatan", "Warna"], ["A", "Media", 1, "", "x", "y"])

    page = upload(client, evaluation, content).content.decode()

    assert "Kolom yang tidak dikenal dan dilewati: Catatan, Warna." in page
    assert json.loads(confirmation(page)) == [{"mitra": "A", "jenis": "Media", "anak": "1"}]
