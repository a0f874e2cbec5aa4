"""Spreadsheets in a person's hands: downloaded, filled in, uploaded."""

import io
import re
import tempfile
from pathlib import Path

import openpyxl

from evaluations.workbooks.shape import ANSWERS, COLUMNS, HEADING_ROW

PLACES = {name: place for place, name in enumerate(COLUMNS, 1)}


def taken(page, tmp_path, link):
    """Download a workbook and open it."""
    with page.expect_download() as waiting:
        page.get_by_role("link", name=link).click()
    path = tmp_path / "buku-kerja.xlsx"
    waiting.value.save_as(path)
    return openpyxl.load_workbook(io.BytesIO(path.read_bytes()))


def fill(book, code, **cells):
    """Type into the cells of a question."""
    sheet = book[ANSWERS]
    row = next(row for row in range(HEADING_ROW + 2, 999) if sheet.cell(row, PLACES["key"]).value == code)
    for name, value in cells.items():
        sheet.cell(row, PLACES[name]).value = value


def bring_back(page, shelf, tmp_path, book):
    """Save the workbook and upload it."""
    path = tmp_path / "isian.xlsx"
    book.save(path)
    page.goto(shelf)
    page.get_by_label("Berkas buku kerja").set_input_files(path)
    page.get_by_role("button", name="Unggah dan lihat pratinjau").click()


def a_workbook(page, evaluation):
    """The number of a preview with rows of every kind."""
    shelf = f"/evaluasi/{evaluation}/buku-kerja/"
    page.goto(shelf)
    with tempfile.TemporaryDirectory() as folder:
        book = taken(page, Path(folder), "Semua pertanyaan")
        fill(book, "1.2a", option="Perda", note="Perda Nomor 3 Tahun 2023 tentang Kabupaten Layak Anak")
        fill(book, "1.2b", option="Belum tahu")
        fill(book, "1.2c", option="Perda", version="0")
        fill(book, "1.3a", note="Lihat DPA halaman 12")
        bring_back(page, shelf, Path(folder), book)
    return int(re.search(r"/unggahan/([0-9]+)/", page.url)[1])


def a_recap(page, evaluation):
    """The number of a preview of a recap that does not add up."""
    page.goto(f"/evaluasi/{evaluation}/rekap-nasional/")
    text = "Kode;Nilai maksimal;Nilai\nKlaster K;164;90\n1.1;12;9\n1.2a;1;0,33\nJumlah;1000;99\n"
    file = {"name": "rekap.csv", "mimeType": "text/csv", "buffer": text.encode()}
    page.get_by_label("Berkas rekap").set_input_files(file)
    page.get_by_role("button", name="Unggah dan lihat pratinjau").click()
    return int(re.search(r"/unggahan/([0-9]+)/", page.url)[1])
