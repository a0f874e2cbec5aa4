"""Columns of matrices and places in an instrument file: what is stored, refused, and added to an edition in use."""

from datetime import timedelta

import pytest

from clusters import instrument_file
from clusters.catalogue import catalogue_of
from clusters.instrument_file import FileRefused, Outcome
from clusters.matrices import GENERAL, Column, Kind, for_storing, may_follow, read_columns
from clusters.models import Instrument, Question
from tests.clusters.instrument_files import SHIPPED, SMALL, changed, faults_of
from tests.factories import NOW, make_cycle, make_evaluation

LATER = NOW + timedelta(days=1)
FAMILY = """\
matrices:
  akta:
    name: "Anak berakta"
    columns:
      - {code: tahun, name: "Tahun", kind: year, required: true}
      - {code: kelamin, name: "Jenis kelamin", kind: choice, choices: ["Laki-laki", "Perempuan"]}
      - {code: anak, name: "Jumlah anak", kind: number, help: "Akhir tahun."}
clusters:
"""
COLUMNS = [
    {"code": "tahun", "name": "Tahun", "kind": "year", "required": True},
    {"code": "kelamin", "name": "Jenis kelamin", "kind": "choice", "choices": ["Laki-laki", "Perempuan"]},
    {"code": "anak", "name": "Jumlah anak", "kind": "number", "help": "Akhir tahun."},
]
NAMED = changed(("clusters:\n", FAMILY), ("matrix: true", "counted_by: desa\n            matrix: akta"))


@pytest.fixture
def small(tmp_path):
    """The small file on disk; write to it to change it."""
    path = tmp_path / "kecil.yaml"
    path.write_text(SMALL)
    return path


def load(path, text, at=NOW):
    path.write_text(text)
    return instrument_file.load(path, at=at)


def form_of(code):
    return Question.objects.values_list("matrix", "matrix_name", "matrix_columns", "place_unit").get(code=code)


@pytest.mark.django_db
def test_family_is_stored_with_the_question_that_names_it(small):
    load(small, NAMED)

    assert form_of("2.1") == (True, "Anak berakta", COLUMNS, "village")
    assert form_of("1.1") == (False, "", [], "")


@pytest.mark.django_db
def test_true_asks_for_a_matrix_with_general_columns(small):
    load(small, SMALL)

    assert form_of("2.1") == (True, "", [], "")
    assert read_columns([]) == GENERAL


@pytest.mark.django_db
def test_shipped_file_gives_columns_to_every_matrix_and_places_to_every_percentage_of_places():
    instrument_file.load(SHIPPED, at=NOW)

    matrices = Question.objects.filter(matrix=True)
    assert (matrices.count(), matrices.filter(matrix_columns=[]).count(), matrices.filter(matrix_name="").count()) == (
        74, 0, 0
    )  # fmt: skip
    places = {unit: Question.objects.filter(place_unit=unit).values_list("code", flat=True) for unit in
              ("district", "village")}  # fmt: skip
    assert {unit: (len(codes), codes[0].split(".")[0]) for unit, codes in places.items()} == {
        "district": (15, "25"), "village": (18, "26")
    }  # fmt: skip
    uncounted = Question.objects.filter(indicator__cluster__code="KD", place_unit="").values_list("code", flat=True)
    assert list(uncounted) == ["26.17", "26.18"]  # no percentages


FAULTS = [
    (("kind: number", "kind: angka"), "“angka” tidak dikenal; pilihannya: text, number, year, date, choice, kecamatan, desa."),  # noqa: E501
    ((', choices: ["Laki-laki", "Perempuan"]', ""), "Kolom jenis “choice” memerlukan isian “choices”."),
    (("kind: number", "kind: number, choices: [a]"), "Isian “choices” hanya berlaku pada kolom jenis “choice”."),
    (('"Laki-laki", "Perempuan"', '"Laki-laki", "laki-laki"'), "Pilihan kolom ini menyebut hal yang sama dua kali."),
    (('"Laki-laki", "Perempuan"', ""), "Daftar ini tidak boleh kosong."),
    (("code: anak", "code: tahun"), "Kode kolom “tahun” sudah dipakai pada matriks “akta”."),
    (('"Jumlah anak"', '"tahun"'), "Nama kolom “tahun” sudah dipakai pada matriks “akta”."),
    (("code: anak", "code: Anak-anak"), "Kode “Anak-anak” memuat karakter yang tidak boleh dipakai."),
    (('"Jumlah anak"', f'"{"a" * 81}"'), "Teks ini lebih panjang dari 80 huruf."),
    (("required: true", "required: ya"), "Di sini hanya boleh true atau false."),
    (("required: true", "wajib: true"), "Isian “wajib” tidak dikenal."),
    (("kind: number", "kind: text, name: a"), "Isian “name” ditulis dua kali."),
    (("matrix: akta", "matrix: aktas"), "Matriks “aktas” tidak dikenal; tulis kode dari “matrices” atau true."),
    (("counted_by: desa", "counted_by: dusun"), "“dusun” tidak dikenal; pilihannya: kecamatan, desa."),
    (("            measure: percentage\n", ""), "Isian “counted_by” memerlukan “measure: percentage”."),
]  # fmt: skip


@pytest.mark.parametrize(("change", "sentence"), FAULTS)
def test_fault_in_a_form_is_told_with_its_line(tmp_path, change, sentence):
    text = NAMED.replace(*change)
    assert text != NAMED

    faults = faults_of(tmp_path / "kecil.yaml", text)

    assert [said for _, said in faults] == [sentence]
    assert 35 <= faults[0][0] <= 75


def test_seventeen_columns_and_a_count_over_places_without_ranges_are_refused(tmp_path):
    columns = "".join(f'      - {{code: k{i}, name: "K{i}", kind: text}}\n' for i in range(14))
    many = NAMED.replace("clusters:\n", columns + "clusters:\n")
    bare = changed(("scale: ya_tidak\n", "scale: ya_tidak\n            counted_by: desa\n"))

    assert [said for _, said in faults_of(tmp_path / "a.yaml", many)] == ["Matriks “akta” memuat lebih dari 16 kolom."]
    assert sorted(said for _, said in faults_of(tmp_path / "b.yaml", bare)) == [
        "Isian “counted_by” hanya berlaku pada skala dengan rentang persentase.",
        "Isian “counted_by” memerlukan “measure: percentage”.",
    ]


@pytest.mark.django_db
def test_columns_and_places_are_added_to_an_instrument_in_use(small):
    instrument = load(small, SMALL).instrument
    make_evaluation(cycle=make_cycle(instrument))
    catalogue_of(instrument)
    kept = list(Question.objects.values_list("pk", "text", "maximum"))

    report = load(small, NAMED, LATER)

    assert (report.outcome, form_of("2.1")) == (Outcome.AMENDED, (True, "Anak berakta", COLUMNS, "village"))
    assert list(Question.objects.values_list("pk", "text", "maximum")) == kept
    assert Instrument.objects.get().loaded_at == NOW  # which edition is the newest has not changed
    assert catalogue_of(Instrument.objects.get()).by_code["2.1"].question.matrix_columns == COLUMNS
    assert load(small, NAMED, LATER).outcome == Outcome.UNCHANGED


MORE = NAMED.replace("clusters:\n", '      - {code: sumber, name: "Sumber", kind: text}\nclusters:\n')
REFUSED = "Kolom matriks pertanyaan 2.1 sudah dipakai; kolom hanya dapat ditambah, dan yang baru tidak wajib diisi."


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        (NAMED.replace('name: "Jumlah anak"', 'name: "Jumlah kasus"'), REFUSED),
        (NAMED.replace("kind: number", "kind: text"), REFUSED),
        (NAMED.replace('"Laki-laki", "Perempuan"', '"Perempuan"'), REFUSED),
        (MORE.replace('name: "Sumber", kind: text', 'name: "Sumber", kind: text, required: true'), REFUSED),
        (NAMED.replace("matrix: akta", "matrix: true"), REFUSED),
        (NAMED.replace("counted_by: desa", "counted_by: kecamatan"),
         "Hitungan wilayah pertanyaan 2.1 sudah dipakai dan tidak dapat diubah."),
    ],
)  # fmt: skip
def test_what_was_filled_in_is_not_asked_differently(small, text, sentence):
    make_evaluation(cycle=make_cycle(load(small, NAMED).instrument))
    before = form_of("2.1")

    with pytest.raises(FileRefused) as refusal:
        load(small, text, LATER)

    assert [fault.sentence for fault in refusal.value.faults] == [sentence]
    assert form_of("2.1") == before


@pytest.mark.django_db
def test_further_columns_and_another_help_are_welcome(small):
    make_evaluation(cycle=make_cycle(load(small, NAMED).instrument))

    report = load(small, MORE.replace("Akhir tahun.", "Per 31 Desember."), LATER)

    assert (report.outcome, [each["code"] for each in form_of("2.1")[2]]) == (
        Outcome.AMENDED, ["tahun", "kelamin", "anak", "sumber"]
    )  # fmt: skip


@pytest.mark.django_db
def test_unused_instrument_takes_any_other_columns(small):
    load(small, NAMED)

    assert load(small, NAMED.replace("kind: number", "kind: text"), LATER).outcome == Outcome.REPLACED


def test_columns_survive_being_stored():
    columns = (
        Column("a", "A", Kind.CHOICE, choices=("x", "y"), help="Pilih."),
        Column("b", "B", Kind.DATE, required=True),
    )

    assert read_columns(for_storing(columns)) == columns
    assert may_follow(columns, columns)
    assert not may_follow(columns, columns[:1])
