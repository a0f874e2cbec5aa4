"""One test per way in which an instrument file is refused: the line and the sentence, compared whole."""

import pytest

from tests.clusters.instrument_files import SMALL, changed, faults_of

NOT_PLAIN = "bukan angka biasa (hanya digit, dengan titik untuk desimal)."
FRACTION = "Pecahan harus angka dari 0 sampai 1, paling banyak empat desimal."
NEEDS_TEXT = "Di sini harus ada teks; apit dengan tanda kutip."
RANGES = "Rentang persentase skala “persentase” berlubang atau tumpang tindih antara 0 dan 100."
NOT_WHOLE = "Di sini harus ada bilangan bulat yang tidak negatif."


def points(written: str) -> tuple[tuple[str, str], ...]:
    return (("maximum: 200.5", f"maximum: {written}"),)


POINTS = [
    (points("-1"), [(60, "Nilai tidak boleh negatif.")]),
    (points("1e3"), [(60, f"Nilai “1e3” {NOT_PLAIN}")]),
    (points("1.0e+2"), [(60, f"Nilai “1.0e+2” {NOT_PLAIN}")]),
    (points(".nan"), [(60, f"Nilai “.nan” {NOT_PLAIN}")]),
    (points("NaN"), [(60, f"Nilai “NaN” {NOT_PLAIN}")]),
    (points(".inf"), [(60, f"Nilai “.inf” {NOT_PLAIN}")]),
    (points('"200.5"'), [(60, f"Nilai “200.5” {NOT_PLAIN}")]),
    (points("dua ratus"), [(60, f"Nilai “dua ratus” {NOT_PLAIN}")]),
    (points("200,5"), [(60, f"Nilai “200,5” {NOT_PLAIN}")]),
    (points("200.505"), [(60, "Nilai “200.505” memuat lebih dari dua desimal.")]),
    (points("0x10"), [(60, f"Nilai “0x10” {NOT_PLAIN}")]),
    (points("1_0"), [(60, f"Nilai “1_0” {NOT_PLAIN}")]),
    (points("12:30"), [(60, f"Nilai “12:30” {NOT_PLAIN}")]),
    (points("200000"), [(60, f"Nilai “200000” {NOT_PLAIN}")]),
    (points("true"), [(60, "Nilai harus berupa angka.")]),
    (points(""), [(60, "Nilai harus berupa angka.")]),
    (points("[1]"), [(60, "Nilai harus berupa angka.")]),
]
REFERENCES = [
    ((("scale: ya_tidak\n", "scale: tidak_ada\n"),), [(47, "Skala “tidak_ada” tidak dikenal.")]),
    ((("offices: [disdik, dinkes]", "offices: [disdik, dinas]"),), [(65, "Perangkat daerah “dinas” tidak dikenal.")]),
    (
        (("offices: [disdik, dinkes]", "offices: [disdik, disdik]"),),
        [(65, "Perangkat daerah “disdik” disebut dua kali.")],
    ),
    ((("  - code: I\n", "  - code: K\n"),), [(50, "Kode klaster “K” sudah dipakai di baris 36.")]),
    ((('- code: "2"\n', '- code: "1"\n'),), [(54, "Kode indikator “1” sudah dipakai di baris 40.")]),
    ((('- code: "2.2"', '- code: "1.1"'),), [(66, "Kode pertanyaan “1.1” sudah dipakai di baris 44.")]),
    ((("code: MADYA", "code: PRATAMA"),), [(11, "Kode predikat “PRATAMA” sudah dipakai di baris 10.")]),
    ((("lowest: 601", "lowest: 500"),), [(11, "Batas bawah predikat “500” sudah dipakai di baris 10.")]),
    ((('"Disdikbud"', '"dinkes"'),), [(14, "Nama perangkat daerah “dinkes” sudah dipakai di baris 13.")]),
    (
        (("  disdik: {", "  dinkes: {"),),
        [
            (14, "Isian “dinkes” ditulis dua kali."),
        ],
    ),
]
TYPES = [
    ((("format: 1", "format: 2"),), [(1, "Format berkas ini tidak dikenal; yang dikenal: 1.")]),
    ((("format: 1", "format: satu"),), [(1, NOT_WHOLE)]),
    ((('- code: "1.1"', "- code: 1.1"),), [(44, NEEDS_TEXT)]),
    ((('name: "Akta"', 'name: ""'),), [(55, "Teks ini tidak boleh kosong.")]),
    ((('name: "Akta"', f'name: "{"a" * 251}"'),), [(55, "Teks ini lebih panjang dari 250 huruf.")]),
    ((('name: "Akta"', 'name: "A\\0kta"'),), [(55, "Teks ini memuat karakter yang tidak boleh dipakai.")]),
    ((('- code: "1.1"', '- code: "1/1"'),), [(44, "Kode “1/1” memuat karakter yang tidak boleh dipakai.")]),
    ((("code: kecil", "code: Kecil Sekali"),), [(3, "Kode “Kecil Sekali” memuat karakter yang tidak boleh dipakai.")]),
    ((("[2023, 2024]", "2024"),), [(6, "Di sini harus ada daftar.")]),
    ((("[2023, 2024]", "[]"),), [(6, "Daftar ini tidak boleh kosong.")]),
    ((("[2023, 2024]", "[1923, 2024]"),), [(6, "Tahun data harus antara 2000 dan 2100.")]),
    ((("[2023, 2024]", "[2023.5, 2024]"),), [(6, NOT_WHOLE)]),
    ((("lowest: 601", "lowest: -1"),), [(11, NOT_WHOLE)]),
    ((("fraction_rule: floor", "fraction_rule: round"),), [(8, "“round” tidak dikenal; pilihannya: floor.")]),
    ((("measure: count", "measure: angka"),), [(70, "“angka” tidak dikenal; pilihannya: percentage, count.")]),
    ((("matrix: true", "matrix: 1"),), [(63, "Di sini hanya boleh true atau false.")]),
    (
        (("matrix: true", "matrix: ya"),),
        [(63, "Matriks “ya” tidak dikenal; tulis kode dari “matrices” atau true.")],
    ),
    ((("offices: [disdik, dinkes]", "offices: []"),), [(65, "Daftar ini tidak boleh kosong.")]),
    ((('evidence: ["Salinan"]', 'evidence: "Salinan"'),), [(48, "Di sini harus ada daftar.")]),
    ((("matrix: true", "matriks: true"),), [(63, "Isian “matriks” tidak dikenal.")]),
    ((('            text: "Ada peraturan"\n', ""),), [(44, "Isian “text” tidak ada.")]),
    ((('label: "Ya", fraction: 1', 'label: "Ya", fraction: 1.5'),), [(20, FRACTION)]),
    ((('label: "Ya", fraction: 1', 'label: "Ya", fraction: -1'),), [(20, FRACTION)]),
    ((('label: "Ya", fraction: 1', 'label: "Ya", fraction: 1e0'),), [(20, FRACTION)]),
    ((('Di atas 50%"', 'Di atas 60%"'),), [(24, RANGES)]),
    ((('Di atas 50%"', 'Di atas 40%"'),), [(24, RANGES)]),
    ((('"0%"', '"Nol"'),), [(24, RANGES)]),
    ((("sampai 50%", "sampai 50,5%"),), [(24, RANGES)]),
    ((('Di atas 50%"', 'Di atas 50% sampai 120%"'),), [(26, "Rentang “Di atas 50% sampai 120%” melewati 100%.")]),
    ((("scale: persentase\n", "scale: ya_tidak \n"),), [(62, "Skala “ya_tidak” tidak menyebut rentang persentase.")]),
    (
        (('      - {label: "Tetap", fraction: 0.75}\n', ""),),
        [(68, "Skala “tren” harus memiliki tepat 5 opsi.")],
    ),
    ((("            measure: count\n", ""),), [(69, "Skala “tren” memerlukan isian “measure”.")]),
    ((("matrix: true", "better: lower"),), [(63, "Isian “better” hanya berlaku pada skala “tren”.")]),
]
SUMS = [
    (
        (("  maximum: 1000", "  maximum: 999"),),
        [
            (5, "Klaster berjumlah 1.000,00, tertulis 999,00."),
            (5, "Nilai maksimal instrumen harus 1.000,00, tertulis 999,00."),
        ],
    ),
    (
        (("    maximum: 400\n    ind", "    maximum: 399\n    ind"),),
        [
            (5, "Klaster berjumlah 999,00, tertulis 1.000,00."),
            (52, "Klaster I: indikatornya berjumlah 400,00, tertulis 399,00."),
        ],
    ),
    ((("lowest: 601", "lowest: 1001"),), [(5, "Predikat MADYA dimulai di atas nilai maksimal instrumen.")]),
]


@pytest.mark.parametrize(("replacements", "faults"), POINTS + REFERENCES + TYPES + SUMS)
def test_file_is_refused_with_line_and_sentence(tmp_path, replacements, faults):
    assert faults_of(tmp_path / "kecil.yaml", changed(*replacements)) == faults


def test_small_file_itself_is_accepted(tmp_path):
    assert faults_of(tmp_path / "kecil.yaml", SMALL) == []


def test_all_faults_are_told_at_once(tmp_path):
    text = changed(("maximum: 200.5", "maximum: -1"), ("scale: tren", "scale: trend"), ("matrix: true", "matrix: 1"))

    assert faults_of(tmp_path / "kecil.yaml", text) == [
        (60, "Nilai tidak boleh negatif."),
        (63, "Di sini hanya boleh true atau false."),
        (69, "Skala “trend” tidak dikenal."),
    ]


UNREADABLE = "Susunan YAML tidak dapat dibaca di baris ini."
TAG = "Tag YAML (tanda !) tidak boleh dipakai."
ANCHOR = "Jangkar YAML (tanda &) tidak boleh dipakai; tuliskan isinya."
ALIAS = "Rujukan YAML (tanda *) tidak boleh dipakai; tuliskan isinya."
BOMB = "a: &a [x, x]\nb: &b [*a, *a]\nc: [*b, *b]\n"


@pytest.mark.parametrize(
    ("content", "faults"),
    [
        (b"", [(1, "Berkas kosong.")]),
        (b"# hanya komentar\n", [(1, "Berkas kosong.")]),
        (b"satu: 1\n\tdua: 2\n", [(2, "Jarak di awal baris memakai tab; gunakan spasi.")]),
        (b"satu: [1, 2\n", [(2, UNREADABLE)]),
        (b"satu: 1\ndua: \x00\n", [(2, UNREADABLE)]),
        (b"satu: 1\ndua: \xe9\n", [(2, "Berkas bukan teks UTF-8.")]),
        ("satu: 1\n".encode("utf-16"), [(1, "Berkas bukan teks UTF-8.")]),
        (b"satu: 1\n---\ndua: 2\n", [(2, "Berkas memuat lebih dari satu dokumen YAML.")]),
        (b"a: 1\nb: !!python/object/apply:os.system ['true']\n", [(2, TAG)]),
        (b"a: 1\nb: !!str 2\n", [(2, TAG)]),
        (BOMB.encode(), [(1, ANCHOR), (2, ANCHOR), (2, ALIAS), (3, ALIAS)]),
        (b"? [a]\n: b\n", [(1, "Nama isian harus satu kata.")]),
        (b"[" * 100_000, [(1, "Isian bertingkat terlalu dalam.")]),
        (b"- [" + b"x, " * 50_001 + b"]\n", [(1, "Berkas memuat terlalu banyak isian.")]),
        (b"a: " + b"x" * (10 * 1024 * 1024), [(1, "Berkas lebih besar dari 10 MB.")]),
    ],
)
def test_what_is_no_plain_yaml_is_refused(tmp_path, content, faults):
    assert sorted(faults_of(tmp_path / "berkas.yaml", content)) == sorted(faults)
