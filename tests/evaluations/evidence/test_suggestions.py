"""What is guessed of a document, from its name and its first lines."""

from datetime import date

import pytest

from evaluations.evidence.suggestions import Suggestions, day_in, day_of_photo, guess, stored

PERBUP = """BUPATI TANAH BUMBU
PERATURAN BUPATI TANAH BUMBU
NOMOR 12 TAHUN 2023
TENTANG RENCANA AKSI DAERAH
Ditetapkan di Batulicin
pada tanggal 5 Juli 2023"""
LETTER = "Batulicin, 3 Mei 2024\nNomor : 400.2/ 123 /DP3A/2024\nPerihal : Undangan rapat\nHari/tanggal : 9 Mei 2024"

BORN = "DAFTAR HADIR\nNama   Tempat, tanggal lahir\nAni    Batulicin, 3 Maret 2012\nBudi   07-05-2011\n"


@pytest.mark.parametrize(
    ("name", "text", "found"),
    [
        ("scan0001", PERBUP, ("PERBUP", "12 Tahun 2023", date(2023, 7, 5), 2023)),
        ("Undangan rakor", LETTER, ("INVITATION", "400.2/ 123 /DP3A/2024", date(2024, 5, 9), 2024)),
        ("SK_Nomor 7 Tahun 2019", "", ("SK", "7 Tahun 2019", None, 2019)),
        ("Laporan kegiatan 2022", "", ("REPORT", "", None, 2022)),
        ("notulen-2024-03-04", "", ("MINUTES", "", date(2024, 3, 4), 2024)),
        ("daftar hadir", "31 Februari 2024", ("ATTENDANCE", "", None, None)),
        ("scan", "", ("", "", None, None)),
        ("scan", BORN, ("ATTENDANCE", "", None, None)),
        ("scan", BORN + "Batulicin, 12 Juni 2024", ("ATTENDANCE", "", date(2024, 6, 12), 2024)),
        ("scan", "Batulicin, 12 Juni 2024\n" + BORN, ("ATTENDANCE", "", date(2024, 6, 12), 2024)),
        ("scan", BORN + "Hari/tanggal : 9 Mei 2013", ("ATTENDANCE", "", date(2013, 5, 9), 2013)),
        ("Piagam Ani", "TTL: Kusan Hilir, 3-3-2012", ("CERTIFICATE", "", None, None)),
        ("Notula", "Kepala Dinas\nNIP. 19680512 199003 1 004", ("MINUTES", "", None, None)),
        ("dokumentasi 20240304", "", ("PHOTO", "", date(2024, 3, 4), 2024)),
        ("Naskah", "Rp 1.234.567 dan 19 orang", ("", "", None, None)),
    ],
)
def test_guess_reads_name_and_head(name, text, found):
    assert guess(name, text) == Suggestions(*found)


def test_guess_of_a_picture_takes_its_own_day():
    assert guess("IMG_20240101", "", taken="2024-06-12", is_picture=True) == Suggestions(
        "PHOTO", "", date(2024, 6, 12), 2024
    )


def test_guess_takes_no_day_from_a_name_that_the_portal_gave():
    assert guess("Foto diunggah 24 November 2026 pukul 20.15.14", "", is_picture=True) == Suggestions("PHOTO")


def test_suggestions_come_back_from_their_row():
    found = guess("scan", PERBUP)

    assert (stored(found.plain()), stored({})) == (found, Suggestions())


@pytest.mark.parametrize(
    ("text", "day"),
    [("12 Juni 2024", date(2024, 6, 12)), ("12/6/2024", date(2024, 6, 12)), ("2024-06-12", date(2024, 6, 12)),
     ("31/02/2024", None), ("besok", None)],
)  # fmt: skip
def test_day_in_reads_what_people_type(text, day):
    assert day_in(text) == day


@pytest.mark.parametrize(
    ("name", "day"),
    [
        ("IMG_20240312_101500.jpg", date(2024, 3, 12)),
        ("PXL_20240312_031500123.jpg", date(2024, 3, 12)),
        ("20240312_101500 (1).jpg", date(2024, 3, 12)),
        ("IMG-20240312-WA0003.jpg", date(2024, 3, 12)),
        ("WhatsApp Image 2024-03-12 at 10.15.00 (2).jpeg", date(2024, 3, 12)),
        ("photo_2024-03-12_10-15-00.jpg", date(2024, 3, 12)),
        ("IMG_20241312_101500.jpg", None),
        ("IMG_0312.jpg", None),
        ("Screenshot_20240312_101500.jpg", None),
        ("Foto diunggah 12 Maret 2024 pukul 10.15.00.jpg", None),
        ("Foto diunggah 20240312_101500.jpg", None),
        ("Rapat 2024-03-12.jpg", None),
        ("", None),
    ],
)
def test_day_of_photo_is_what_a_camera_wrote(name, day):
    assert day_of_photo(name) == day
