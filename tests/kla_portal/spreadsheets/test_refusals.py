"""Files that are no honest spreadsheet: each with its sentence, none with a cost."""

import io
import time
import tracemalloc
import zipfile

import openpyxl
import pytest

from kla_portal import spreadsheets
from kla_portal.spreadsheets import SpreadsheetRefused, writing
from kla_portal.spreadsheets.refusal import SENTENCES
from tests.evaluations.evidence import bad_files, good_files
from tests.factories import NOW

OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
SPACE = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
SHEET = "xl/worksheets/sheet1.xml"


def with_cells(cells: str) -> bytes:
    """A workbook whose only sheet holds exactly this XML."""
    return good_files.xlsx(more={SHEET: f'<worksheet xmlns="{SPACE}"><sheetData>{cells}</sheetData></worksheet>'})


def many_rows(count: int) -> bytes:
    """A sheet of one column."""
    return with_cells("".join(f'<row r="{row}"><c r="A{row}"><v>1</v></c></row>' for row in range(1, count + 1)))


def macro_by_type() -> bytes:
    """An .xlsm without the part that would give it away."""
    parts = zipfile.ZipFile(io.BytesIO(good_files.xlsx()))
    kept = {name: parts.read(name) for name in parts.namelist()}
    types = kept["[Content_Types].xml"].replace(
        b"application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main",
        b"application/vnd.ms-excel.sheet.macroEnabled.main",
    )
    return good_files.package({**kept, "[Content_Types].xml": types})


BAD = {
    "nothing": (lambda: b"", "empty"),
    "too large": (lambda: b"PK\x03\x04" + bytes(10 * 1024 * 1024), "too_large"),
    "xls": (lambda: OLE + bytes(600), "xls"),
    "locked": (lambda: OLE + "EncryptedPackage".encode("utf-16-le"), "locked"),
    "csv": (lambda: b"kode;nilai\n1.1;12\n", "csv"),
    "csv with a mark": (lambda: "\ufeffkode,nilai\n1.1,12\n".encode(), "csv"),
    "html": (lambda: b"<html><table></table></html>", "html"),
    "pdf": (good_files.pdf, "unknown"),
    "picture": (good_files.picture, "unknown"),
    "noise": (lambda: bad_files.random_bytes(3000), "unknown"),
    "word": (good_files.docx, "unknown"),
    "zip": (lambda: good_files.package({"a.txt": b"a"}), "unknown"),
    "ods": (lambda: good_files.package({"mimetype": b"application/vnd.oasis.opendocument.spreadsheet"}), "ods"),
    "xlsb": (lambda: good_files.package({"[Content_Types].xml": b"", "xl/workbook.bin": b"a"}), "xlsb"),
    "endless number": (lambda: with_cells('<row r="1"><c r="A1"><v>1e999</v></c></row>'), "broken"),
    "macros": (lambda: good_files.xlsx(more={"xl/vbaProject.bin": b"a"}), "macros"),
    "macros by type": (macro_by_type, "macros"),
    "macro sheet": (lambda: good_files.xlsx(more={"xl/macrosheets/sheet1.xml": b"<a/>"}), "macros"),
    "other workbooks": (lambda: good_files.xlsx(more={"xl/externalLinks/e1.xml": b"<a/>"}), "elsewhere"),
    "zip inside": (lambda: good_files.xlsx(more={"xl/media/a": good_files.package({"a": b"a"})}), "nested"),
    "program inside": (lambda: good_files.xlsx(more={"xl/embeddings/a.bin": bad_files.EXE}), "nested"),
    "blanks": (lambda: bad_files.blanks(40), "bomb"),
    "blanks in many parts": (
        lambda: good_files.xlsx(more={f"xl/{n}.bin": bad_files.random_bytes(3000) * 1000 for n in range(20)}),
        "bomb",
    ),
    "2,001 members": (lambda: good_files.xlsx(more={f"x/{n}": b"" for n in range(2001)}), "bomb"),
    "lying sizes": (bad_files.lying_sizes, "broken"),
    "cut": (lambda: good_files.xlsx(rows=400)[:-300], "broken"),
    "entity reads a file": (lambda: bad_files.with_entities(external=True), "broken"),
    "billion laughs": (lambda: bad_files.with_entities(external=False), "broken"),
    "entity in utf-16": (lambda: bad_files.with_entities(external=True, encoding="utf-16"), "broken"),
    "no xml": (lambda: good_files.xlsx(more={SHEET: b"halo"}), "broken"),
    "cell without a place": (lambda: with_cells('<row><c r="??"><v>1</v></c></row>'), "broken"),
    "100,000 rows": (lambda: many_rows(100_000), "rows"),
    "far corner": (lambda: with_cells('<row r="1"><c r="A1"><v>1</v></c><c r="XFD1048576"><v>1</v></c></row>'), "rows"),
    "far column": (lambda: with_cells('<row r="1"><c r="XFD1"><v>1</v></c></row>'), "columns"),
    "far corner with a prefix": (
        lambda: good_files.xlsx(more={SHEET: f'<x:worksheet xmlns:x="{SPACE}"><x:sheetData><x:row r="1">'
                                      '<x:c r="A1"><x:v>1</x:v></x:c><x:c r="&#88;FD9"><x:v>1</x:v></x:c></x:row>'
                                      "</x:sheetData></x:worksheet>"}),
        "columns",
    ),
}  # fmt: skip


@pytest.mark.parametrize(("make", "code"), BAD.values(), ids=BAD)
def test_bad_file_earns_its_sentence(make, code):
    with pytest.raises(SpreadsheetRefused) as refused:
        spreadsheets.read(io.BytesIO(make()))

    assert refused.value.code == code
    assert str(refused.value) == SENTENCES[code].format(sheet="Rekap", most=5000 if code == "rows" else 60)


def test_rows_one_too_many_are_refused_and_the_last_allowed_is_read():
    assert len(spreadsheets.read(io.BytesIO(many_rows(30)), most_rows=30)[0].rows) == 30
    with pytest.raises(SpreadsheetRefused, match="Lembar “Rekap” lebih dari 29 baris"):
        spreadsheets.read(io.BytesIO(many_rows(30)), most_rows=29)


def test_a_hundred_thousand_rows_cost_next_to_nothing():
    file = io.BytesIO(many_rows(100_000))
    tracemalloc.start()
    began = time.process_time()
    with pytest.raises(SpreadsheetRefused):
        spreadsheets.read(file, most_rows=400)
    spent, (_, peak) = time.process_time() - began, tracemalloc.get_traced_memory()
    tracemalloc.stop()

    assert peak < 8 * 1024 * 1024
    assert spent < 1


def test_one_long_text_in_very_many_cells_is_refused():
    out = io.BytesIO()
    with writing.opened(out, title="", at=NOW, constant_memory=False) as made:
        sheet = made.add_worksheet()
        for row in range(60):
            sheet.write_row(row, 0, [bad_files.random_bytes(15_000).hex()] * 50)

    with pytest.raises(SpreadsheetRefused) as refused:
        spreadsheets.read(out)

    assert refused.value.code == "letters"


def test_thirty_one_sheets_are_refused():
    made = openpyxl.Workbook()
    for number in range(30):
        made.create_sheet(f"Lembar {number}")
    out = io.BytesIO()
    made.save(out)

    with pytest.raises(SpreadsheetRefused, match="lebih dari 30 lembar"):
        spreadsheets.read(out)


def test_sign_that_no_database_keeps_falls_away():
    said = '<row r="1"><c r="A1" t="inlineStr"><is><t>a_x0000_b</t></is></c></row>'

    assert spreadsheets.read(io.BytesIO(with_cells(said)))[0].rows == [["ab"]]
