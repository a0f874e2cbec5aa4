"""Rows and files that cannot be taken: each with its sentence, and nothing is written."""

import pytest

from accounts.models import Office, User
from tests.accounts.roster.sheets import upload, xlsx
from tests.factories import make_region, make_user

pytestmark = pytest.mark.django_db


REFUSED = {
    "unknown office": (["staf.x", "X", "", "", "Dinkse", ""], "“Dinkse” tidak dikenal. Maksud Anda Dinas Kesehatan?"),
    "office of another region": (["staf.x", "X", "", "", "Dinas Sungai", ""], "“Dinas Sungai” tidak dikenal."),
    "no office": (["staf.x", "X", "", "", "", ""], "Perangkat daerah staf kosong."),
    "unknown role": (["staf.x", "X", "Raja", "", "Dinkes", ""], "Peran “Raja” tidak dikenal."),
    "role above": (["adm.x", "X", "Administrator", "", "", ""], "Anda hanya mengatur staf perangkat daerah"),
    "reviewer": (["rev.x", "X", "Penelaah internal", "", "", ""], "Anda hanya mengatur staf perangkat daerah"),
    "other region": (["staf.x", "X", "", "63.05", "Dinkes", ""], "Daerah “63.05” bukan daerah Anda (63.10)."),
    "unknown region": (["staf.x", "X", "", "99.99", "Dinkes", ""], "Daerah “99.99” bukan daerah Anda (63.10)."),
    "bad name": (["Staf X!", "X", "", "", "Dinkes", ""], "Nama pengguna: Pakai 3 sampai 40 huruf kecil"),
    "no name": (["staf.x", "", "", "", "Dinkes", ""], "Nama lengkap:"),
    "long name": (["staf.x", "x" * 5_000, "", "", "Dinkes", ""], "Nama lengkap:"),
    "bad mail": (["staf.x", "X", "", "", "Dinkes", "a@b"], "Surel “a@b”: Alamat surel ini tidak lengkap."),
    "taken elsewhere": (["staf.tapin", "X", "", "", "Dinkes", ""], "Nama pengguna ini sudah dipakai."),
    "taken by a higher role": (["operator.uji", "X", "", "", "Dinkes", ""], "Nama pengguna ini sudah dipakai."),
    "twice": (["STAF.SATU", "X", "", "", "Dinkes", ""], "tercantum dua kali, juga di baris 2."),
}


@pytest.mark.parametrize("case", REFUSED)
def test_bad_row_is_named_and_nothing_can_be_confirmed(client, operator, health, case):
    row, complaint = REFUSED[case]
    there = make_region("63.05", "Kabupaten Tapin")
    make_user("STAFF", username="staf.tapin", office=Office.objects.create(region=there, code="s", name="Dinas Sungai"))
    before = User.objects.count()

    page = upload(client, xlsx([["staf.satu", "Satu", "", "", "Dinkes", ""], row]))

    bad = page.context["found"].people[1]
    assert (page.status_code, bad.state, complaint in " ".join(bad.complaints)) == (422, "ditolak", True)
    assert (page.context["signed"], User.objects.count()) == ("", before)
    assert "Kabupaten Tapin" not in page.content.decode()


@pytest.mark.parametrize(
    ("row", "complaint"),
    [
        (["63.05", "Dinas X", ""], "bukan daerah Anda"),
        (["", "Dinas X", "dinkes"], "Nama lain “dinkes” sudah dipakai oleh Dinas Kesehatan."),
        (["", "...", "x"], "Nama perangkat daerah kosong."),
        (["", "x" * 200, ""], "paling panjang 120"),
        (["", "Dinas Satu", ""], "tercantum dua kali"),
        (["", "dinas-satu", ""], "tercantum dua kali"),
    ],
)
def test_bad_office_row_is_named(client, operator, health, row, complaint):
    make_region("63.05", "Kabupaten Tapin")
    page = upload(client, xlsx([], [["", "Dinas Satu", ""], row]))

    bad = page.context["found"].offices[1]
    assert (page.status_code, bad.state, complaint in " ".join(bad.complaints)) == (422, "ditolak", True)


@pytest.mark.parametrize(
    ("office", "said"),
    [
        (["", "Dinas Baru", "dinkes"], "Dinas Baru"),  # its other name is another office's
        (["", "Dinas Baru", "dinkes; Baru Sekali"], "baru sekali"),
        (["63.05", "Dinas Baru", ""], "Dinas Baru"),
        (["", "Dinas Kesehatan", "Kesehatan Kita; dinas-satu"], "Kesehatan Kita"),
    ],
)
def test_person_of_a_refused_office_is_told_which_row_to_mend(client, operator, health, office, said):
    make_region("63.05", "Kabupaten Tapin")
    rows = [["", "Dinas Satu", ""], office]

    page = upload(client, xlsx([["staf.x", "X", "", "", said, ""], ["staf.y", "Y", "", "", "Perpustakaan", ""]], rows))

    assert [line.complaints for line in page.context["found"].people] == [
        [f"“{said}” ada di lembar Perangkat daerah, baris 3, tetapi baris itu ditolak. Perbaiki dulu."],
        ["“Perpustakaan” tidak dikenal. Tulis nama perangkat daerah yang terdaftar, atau tambahkan dulu."],
    ]


@pytest.mark.parametrize(
    ("row", "complaint"),
    [
        (["x.satu", "X", "Operator", "", "", ""], "Kode daerah kosong."),
        (["x.satu", "X", "Operator", "99.99", "", ""], "Kode daerah “99.99” tidak dikenal."),
        (["x.satu", "X", "Verifikator", "99", "", ""], "Kode provinsi “99” tidak dikenal."),
        (["x.satu", "X", "Pimpinan", "63.10", "Dinkes", ""], "Perangkat daerah hanya untuk staf."),
        (["lama", "X", "Operator", "63.10", "", ""], "Akun ini sudah ada dengan peran atau daerah lain."),
        (["lama", "X", "Pimpinan", "63.05", "", ""], "Akun ini sudah ada dengan peran atau daerah lain."),
    ],
)
def test_administrators_bad_row_is_named(client, admin, health, row, complaint):
    make_user("LEADER", username="lama", region=health.region)
    make_region("63.05", "Kabupaten Tapin")

    bad = upload(client, xlsx([row])).context["found"].people[0]

    assert (bad.state, complaint in " ".join(bad.complaints)) == ("ditolak", True)


def test_formula_is_refused_by_row(client, operator, health):
    page = upload(client, xlsx([["x", "Staf", "", "", "Dinkes", ""]], formula=(1, 0)))

    assert page.context["found"].people[0].complaints == ["Sel A2 berisi rumus; tulis isinya sebagai teks."]


BAD_FILES = {
    "no headings": (lambda: xlsx(head=["A", "B"]), 422),  # the sheet of offices is empty
    "text": (lambda: b"Nama pengguna;Nama lengkap", 422),
    "1,001 people": (lambda: xlsx([[f"staf.{n}", "X", "", "", "Dinkes", ""] for n in range(1_001)]), 422),
}
ENDLESS = {"100,000 rows": (lambda: xlsx([["staf.x", "X"]] * 100_000), 422)}


@pytest.mark.parametrize("case", [*BAD_FILES, pytest.param("100,000 rows", marks=pytest.mark.thorough)])
def test_file_that_cannot_be_taken_gets_a_sentence(client, operator, case):
    content, status = (BAD_FILES | ENDLESS)[case]
    page = upload(client, content())

    assert (page.status_code, User.objects.count()) == (status, 1)
