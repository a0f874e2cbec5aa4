"""What the child reads: text, blank pages, personal numbers, a photo's day and whether it knows a place."""

import io

import pytest
from PIL import Image

from evaluations.evidence import limited
from evaluations.evidence.parsers import personal
from evaluations.evidence.parsers.kinds import DOCX, JPEG, PDF, XLSX
from kla_portal.demo.pdf import pages_of
from tests.evaluations.evidence import good_files

NIK = "6310014506120003"
ROWS = ["Nama    Tanggal lahir", "Siti    05-06-2012", "Budi    7 Mei 2014"]


@pytest.fixture
def read(tmp_path):
    """What the limited child says of these bytes."""

    def found(content, media_type):
        path = tmp_path / "berkas"
        path.write_bytes(content)
        return limited.run("read", str(path), media_type, limits=limited.READING)

    return found


def test_read_pdf_tells_text_blank_pages_and_personal_numbers_covered(read):
    content = pages_of([["Laporan layanan anak"], [], [f"NIK {NIK}", *ROWS]])

    found = read(content, PDF)

    text = found.pop("text")
    assert ("Laporan layanan anak" in text, NIK in text, personal.COVER in text) == (True, False, True)
    assert found.pop("letters") > 40
    assert found == {
        "blank": [2], "niks": 1, "nik_pages": [3], "births": {"2012": 1, "2014": 1}, "birth_pages": [3],
    }  # fmt: skip


def test_read_word_and_workbook(read):
    assert "Hadir: 14 anak" in read(good_files.docx(), DOCX)["text"]
    found = read(good_files.xlsx(rows=60), XLSX)
    assert ("Desa 60" in found["text"], found["blank"], found["niks"]) == (True, [], 0)


def test_read_photo_keeps_no_position(read):
    exif = Image.Exif()
    exif.get_ifd(0x8769)[0x9003] = "2024:06:12 08:00:00"
    exif.get_ifd(0x8825).update({1: "S", 2: (3.0, 26.0, 31.0), 3: "E", 4: (115.0, 42.0, 0.0)})

    found = read(good_files.picture(size=(1600, 1200), exif=exif), JPEG)

    assert found == {"text": "", "width": 1600, "height": 1200, "taken": "2024-06-12", "has_place": True}


def test_read_photo_without_anything(read):
    out = io.BytesIO()
    Image.new("RGB", (300, 200)).save(out, "JPEG")

    assert read(out.getvalue(), JPEG) == {"text": "", "width": 300, "height": 200, "taken": "", "has_place": False}


@pytest.mark.parametrize(
    ("number", "like"),
    [
        (NIK, True), ("6310 0145 0612 0003", True), ("0012345678901234", False), ("6310019906120003", False),
        ("6310014599120003", False), ("2023 2024 2025 2026", False),
    ],
)  # fmt: skip
def test_number_like_a_nik(number, like):
    assert (personal.found_in([number])["niks"] == 1, personal.covered(number) == personal.COVER) == (like, like)


@pytest.mark.parametrize(
    ("page", "births"),
    [
        ("Tempat lahir: Batulicin, 5 Juni 2012", {"2012": 1}),
        ("Laporan kelahiran, Batulicin 12 Juni 2024", {}),
        ("lahir " + "x " * 60 + "Batulicin, 12 Juni 2024", {}),
        ("Anak yang lahir\nDitetapkan pada tanggal 12 Juni 2024\nDiundangkan pada tanggal 13 Juni 2024", {}),
        ("Tanggal lahir\n5-6-2012\n7-5-2014\nBatulicin, 12 Juni 2024", {"2012": 1, "2014": 1}),
    ],
)
def test_dates_of_birth_follow_the_word(page, births):
    assert personal.found_in([page])["births"] == births
