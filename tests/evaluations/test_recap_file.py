"""Reading a recap: its dialects, what is refused line by line, and what its headings disagree about."""

from decimal import Decimal

import pytest

from clusters.models import Instrument, Question
from evaluations import recap_file, recap_import, recap_rows
from evaluations.recap_file import RecapRefused
from tests.factories import make_instrument

HEAD = "question,maximum,points\n"
WHOLE = HEAD + "1.1,400,400\n1.2,200,100\n2.1,100,50\n2.2,100,75\n3.1,150,150\n3.2,100,33.33\n"
BAD_NUMBER = "bukan angka biasa; tulis misalnya 0,75 atau 12."

pytestmark = pytest.mark.django_db


@pytest.fixture
def recap(tmp_path):
    """Writes a recap and reads it against the small instrument of the factories."""
    path = tmp_path / "rekap.csv"
    instrument = make_instrument()

    def understand(content: str | bytes):
        path.write_bytes(content if isinstance(content, bytes) else content.encode())
        return recap_rows.understand(recap_file.read(path), instrument)

    return understand


def faults_of(recap, content) -> list[tuple[int, str]]:
    """Lines and sentences with which a recap is refused; empty when it is accepted."""
    try:
        recap(content)
    except RecapRefused as refusal:
        return refusal.faults
    return []


def points_of(understood) -> dict[str, str | None]:
    """Code -> points as text."""
    return {row.code: None if row.points is None else str(row.points) for row in understood.rows}


def number_fault(written: str) -> list[tuple[int, str]]:
    return [(2, f"“{written}” {BAD_NUMBER}")]


@pytest.mark.parametrize(
    "written", ["961.860", "1e3", "-1", "NaN", "inf", "12.", ",5", "1.000", "0x1", "+1", "1 2", "½"]
)
def test_points_that_are_no_plain_number_are_refused(recap, written):
    assert faults_of(recap, f'{HEAD}1.1,400,"{written}"\n') == number_fault(written)


@pytest.mark.parametrize("written", ["0.75", "0,75", "00.75", " 0,75 "])
def test_points_may_use_comma_or_dot(recap, written):
    assert points_of(recap(f'{HEAD}1.1,400,"{written}"\n')) == {"1.1": "0.75"}


@pytest.mark.parametrize(
    ("rows", "faults"),
    [
        ("9.9,1,1\n", [(2, "Pertanyaan “9.9” tidak ada dalam instrumen.")]),
        (",1,1\n", [(2, "Ada angka, tetapi kode pertanyaannya kosong.")]),
        ("1.1,400,400.01\n", [(2, "Nilai pertanyaan 1.1 (400,01) melebihi nilai maksimalnya 400,00.")]),
        ("1.1,401,401\n", [(2, "Nilai maksimal pertanyaan 1.1 adalah 400,00, tertulis 401,00.")]),
        ("1.1,,4\n", [(2, "Nilai maksimal pertanyaan 1.1 tidak ditulis.")]),
        ("1.1,empat,4\n", [(2, f"“empat” {BAD_NUMBER}")]),
        ("1.1,400,4\n1.1,400,4\n", [(3, "Pertanyaan 1.1 sudah ada di baris 2.")]),
        ("K,800,4\nKlaster K,800,4\n", [(3, "Baris K sudah ada di baris 2.")]),
        ("Jumlah,1000,4\nTotal nilai,1000,4\n", [(3, "Baris jumlah sudah ada di baris 2.")]),
        ("1.1,400,0,75\n", [(2, "Kolomnya lebih banyak daripada judul; apit angka berkoma dengan tanda kutip.")]),
        ('1.1,400,"4\n', [(2, "Baris ini tidak dapat dibaca; tanda kutipnya tidak ditutup.")]),
        (
            "1.1,400,401\n9.9,1,1\n1.2,200,-3\n",
            [
                (2, "Nilai pertanyaan 1.1 (401,00) melebihi nilai maksimalnya 400,00."),
                (3, "Pertanyaan “9.9” tidak ada dalam instrumen."),
                (4, f"“-3” {BAD_NUMBER}"),
            ],
        ),
    ],
)
def test_rows_are_refused_with_line_and_sentence(recap, rows, faults):
    assert faults_of(recap, HEAD + rows) == faults


@pytest.mark.parametrize(
    ("content", "faults"),
    [
        (b"", [(1, "Berkas kosong.")]),
        (b"\n \n", [(1, "Berkas kosong.")]),
        (
            b"sep=;\n\n",
            [
                (1, "Kolom “Kode” atau “Pertanyaan” tidak ada."),
                (1, "Kolom “Nilai maksimal” tidak ada."),
                (1, "Kolom “Nilai” tidak ada."),
            ],
        ),
        (HEAD, [(1, "Berkas tidak memuat satu baris pun di bawah judulnya.")]),
        (b"question,maximum,points\n1.1,400,\xe9\n", [(2, "Berkas bukan teks UTF-8; simpan ulang sebagai CSV UTF-8.")]),
        (b"x" * (10 * 1024 * 1024 + 1), [(1, "Berkas lebih besar dari 10 MB.")]),
        ("question,maximum\n1.1,400\n", [(1, "Kolom “Nilai” tidak ada.")]),
        (
            "question,maximum,points,nilai\n1.1,400,4,4\n",
            [(1, "Kolom “Nilai” ada lebih dari satu.")],
        ),
    ],
)
def test_what_is_no_recap_is_refused(recap, content, faults):
    assert faults_of(recap, content) == faults


@pytest.mark.parametrize(
    "content",
    [
        WHOLE,
        b"\xef\xbb\xbf" + WHOLE.encode(),
        WHOLE.replace("\n", "\r\n"),
        WHOLE.replace(",", ";").replace(".33", ",33"),
        WHOLE.replace(",", "\t"),
        "sep=;\r\n" + WHOLE.replace(",", ";"),
        WHOLE.replace("\n1.", "\nPertanyaan 1.").replace("\n2.", "\npertanyaan  2."),  # its text in place of its code
        WHOLE + "\nMengetahui,,\nKepala Dinas,,\n",
        WHOLE.replace(HEAD, "Pertanyaan,Maksimal,Nilai\n"),
        WHOLE.replace(HEAD, "QUESTION , maximum, self_points\n"),
        WHOLE.replace("\n", ",\n").replace(HEAD.strip() + ",", HEAD.strip() + ",catatan"),
        WHOLE.replace("1.2,", "\n,,\n1.2,"),
        WHOLE.replace("1.1,", '"1.1\nPertanyaan\npanjang",'),
    ],
)
def test_the_same_recap_in_many_dialects(recap, content):
    understood = recap(content)

    expected = {"1.1": "400.00", "1.2": "100.00", "2.1": "50.00", "2.2": "75.00", "3.1": "150.00", "3.2": "33.33"}
    assert (points_of(understood), understood.missing) == (expected, ())


def test_lines_are_counted_through_quoted_newlines(recap):
    assert faults_of(recap, f'{HEAD}"1.1\nlagi",400,4\n9.9,1,1\n') == [
        (4, "Pertanyaan “9.9” tidak ada dalam instrumen.")
    ]


@pytest.mark.parametrize(
    ("label", "level", "code"),
    [
        ("K", "cluster", "K"), ("k", "cluster", "K"), ("Klaster I", "cluster", "I"), ("I. Hak Sipil", "cluster", "I"),
        ("Kelembagaan", "cluster", "K"), ("Jumlah klaster K:", "cluster", "K"), ("3", "indicator", "3"),
        ("Indikator 3", "indicator", "3"), ("3. Apa pun", "indicator", "3"), ("Jumlah", "total", ""),
        ("TOTAL", "total", ""), ("Nilai total", "total", ""),
    ],
)  # fmt: skip
def test_headings_are_recognised_by_code_or_label(recap, label, level, code):
    headings = recap(f"{HEAD}{label},1000,7.5\n1.1,400,4\n").headings

    assert [(each.level, each.code, each.points) for each in headings] == [(level, code, Decimal("7.50"))]


def test_text_below_the_table_is_left_aside_and_named(recap):
    assert recap(f"{HEAD}1.1,400,4\nMengetahui,,\n\nKepala Dinas,,\n").aside == (3, 5)
    assert faults_of(recap, f"{HEAD}1.1,400,4\nKepala Dinas,,5\n") == [
        (3, "Pertanyaan “Kepala Dinas” tidak ada dalam instrumen.")
    ]


def test_text_that_two_questions_share_says_nothing_without_its_code(recap):
    Question.objects.filter(code__in=["1.1", "1.2"]).update(text="Sama")

    assert faults_of(recap, f"{HEAD}Sama,400,4\n") == [(2, "Pertanyaan “Sama” tidak ada dalam instrumen.")]


def test_missing_and_empty_questions_stay_empty(recap):
    understood = recap(HEAD + "1.1,400,0\n2.1,100,\n")

    assert understood.missing == ("1.2", "2.1", "2.2", "3.1", "3.2")


def test_sums_stand_beside_what_the_headings_state(recap):
    understood = recap(
        WHOLE + "1,600,500\n3,200,183.33\nI,200,183,33\n".replace("183,33", '"183,33"') + "Jumlah,999,800\n"
    )

    sums = recap_import.sums_of(understood, Instrument.objects.get())

    assert [(each.level, each.code, str(each.points), str(each.surplus)) for each in sums.levels] == [
        ("cluster", "K", "625.00", "0.00"), ("indicator", "1", "500.00", "0.00"), ("indicator", "2", "125.00", "0.00"),
        ("cluster", "I", "183.33", "0.00"), ("indicator", "3", "183.33", "0.00"), ("total", "", "808.33", "0.00"),
    ]  # fmt: skip
    assert [(each.level, each.code, each.stated) for each in sums.disagreements] == [("total", "", Decimal("800.00"))]
    rows = (sums.of_questions, sums.of_indicator_rows, sums.of_cluster_rows)
    assert rows == (Decimal("808.33"), Decimal("683.33"), Decimal("183.33"))


def test_ceiling_shows_in_the_sums(recap):
    sums = recap_import.sums_of(recap(WHOLE.replace("33.33", "100")), Instrument.objects.get())

    capped = [(each.code, str(each.points), str(each.surplus)) for each in sums.levels if each.surplus]
    assert capped == [("I", "200.00", "50.00"), ("3", "200.00", "50.00"), ("", "825.00", "50.00")]
    assert sums.of_questions == Decimal("875.00")
