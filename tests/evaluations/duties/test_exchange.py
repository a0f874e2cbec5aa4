"""The plan as a spreadsheet: out and back unchanged, changes shown before they are written, bad rows named."""

from datetime import date
from io import BytesIO

import pytest
import xlsxwriter
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from evaluations.duties.plan import Duty, duties_of
from evaluations.duties.workbook import day_of
from kla_portal import spreadsheets
from tests.factories import make_evaluation, make_office, make_region, make_user, send

pytestmark = pytest.mark.django_db
HEAD = ["Kode", "Penanggung jawab", "Pendukung", "Batas waktu"]


@pytest.fixture
def operator(evaluation, client):
    offices = {each.code: each for each in evaluation.region.office_set.all()}
    for code, aliases in {"dinkes": ["Dinkes"], "disdik": ["Disdik", "Disdikbud"]}.items():
        offices[code].aliases = aliases
        offices[code].save()
    user = make_user("OPERATOR", username="operator.uji", region=evaluation.region)
    client.force_login(user)
    return user


def xlsx(rows, head=HEAD, merge=None, formula=None):
    target = BytesIO()
    book = xlsxwriter.Workbook(target, {"in_memory": True, "strings_to_formulas": False})
    sheet = book.add_worksheet("Pembagian")
    for number, row in enumerate([head, *rows]):
        for column, value in enumerate(row):
            if isinstance(value, date):
                sheet.write_datetime(number, column, value, book.add_format({"num_format": "dd/mm/yyyy"}))
            elif value is not None:
                sheet.write(number, column, value)
    if merge:
        sheet.merge_range(*merge, "Dinkes")
    if formula:
        sheet.write_formula(*formula, '=CONCATENATE("Din","kes")', None, "Dinkes")
    book.close()
    return target.getvalue()


def upload(client, evaluation, content, name="rencana.xlsx"):
    file = SimpleUploadedFile(name, content)
    return client.post(reverse("evaluations:duties_upload", args=[evaluation.pk]), {"file": file})


def confirm(client, evaluation, signed):
    return client.post(reverse("evaluations:duties_confirm", args=[evaluation.pk]), {"signed": signed})


def keys(evaluation):
    return {each.code: each.pk for each in evaluation.region.office_set.all()}


def by_code(evaluation):
    codes = dict(evaluation.cycle.instrument.questions.values_list("pk", "code"))
    return {codes[pk]: duty for pk, duty in duties_of(evaluation).items()}


def test_download_comes_back_as_no_change_at_all(client, evaluation, operator):
    file = client.get(reverse("evaluations:duties_download", args=[evaluation.pk]))
    page = upload(client, evaluation, file.content)

    sheet = spreadsheets.read(BytesIO(file.content))[0]
    assert sheet.rows[3][0] == "1.1"
    assert file["Content-Disposition"] == 'attachment; filename="pembagian-tugas-63.10-2024.xlsx"'
    found = page.context["found"]
    assert (page.status_code, len(found.changes), found.unchanged, found.absent, len(found.refused)) == (
        200,
        0,
        6,
        0,
        0,
    )
    assert "signed" not in page.context


def test_changes_are_shown_and_written_only_when_confirmed(client, evaluation, operator):
    offices, before = keys(evaluation), by_code(evaluation)
    rows = [
        ["1.1", "dinas disdik", "DINKES", date(2025, 6, 2)],
        ["2.1", "Disdik", "", "2 Juni 2025"],
        ["1.2", "Dinkes", None, None],
    ]

    page = upload(client, evaluation, xlsx(rows))
    untouched = by_code(evaluation)
    confirm(client, evaluation, page.context["signed"])

    day = date(2025, 6, 2)
    assert ([each.code for each in page.context["found"].changes], page.context["found"].absent) == (["1.1", "2.1"], 3)
    assert untouched == before
    assert by_code(evaluation) == before | {
        "1.1": Duty(offices["disdik"], frozenset({offices["dinkes"]}), day),
        "2.1": Duty(offices["disdik"], frozenset(), day),
    }


def test_columns_that_are_missing_change_nothing(client, evaluation, operator):
    offices, before = keys(evaluation), by_code(evaluation)

    page = upload(client, evaluation, xlsx([["2.1", "Dinkes", "x"]], ["kode", "PENANGGUNG  JAWAB", "Catatan"]))
    confirm(client, evaluation, page.context["signed"])

    assert page.context["found"].ignored == ["Catatan"]
    assert by_code(evaluation) == before | {"2.1": Duty(offices["dinkes"])}


@pytest.mark.parametrize(
    ("row", "complaint"),
    [
        (["9.9", "Dinkes"], "Kode “9.9” tidak ada di instrumen ini."),
        ([None, "Dinkes"], "Kode pertanyaan kosong."),
        (["1.1", "Dinkes; Disdik"], "Penanggung jawab hanya satu, di sini ada 2."),
        (["1.1", "Dinkes", "dinkes"], "Dinas Kesehatan tertulis sebagai penanggung jawab sekaligus pendukung."),
        (["1.1", "Dinkse"], "“Dinkse” tidak dikenal. Maksud Anda Dinas Kesehatan?"),
        (["1.1", "Dinkes", "Disdik; Entah Siapa"], "“Entah Siapa” tidak dikenal."),
        (["1.1", "Kembar"], "“Kembar” dapat berarti Dinas A atau Dinas B."),
        (["1.1", "Dinkes", None, "45000"], "Batas waktu “45000” bukan tanggal."),
        (["1.1", "Dinkes", None, "31/02/2025"], "Batas waktu “31/02/2025” bukan tanggal."),
        (["1.1", "Dinkes", None, "01/01/2025"], "Batas waktu 1 Januari 2025 sudah lewat."),
        (["1.1", "Dinkes", None, "2027-01-01"], "melewati penutupan evaluasi mandiri"),
        (["1.1", None, None, "2025-06-01"], "Batas waktu tanpa perangkat daerah."),
        (["1.1", "x" * 30_000], "tidak dikenal."),
        (["1.1", "Dinas Sungai"], "“Dinas Sungai” tidak dikenal."),  # another region's
    ],
)
def test_bad_row_is_named_and_nothing_can_be_confirmed(client, evaluation, operator, row, complaint):
    for code, name in [("a", "Dinas A"), ("b", "Dinas B")]:
        evaluation.region.office_set.create(code=code, name=name, aliases=["Kembar"])
    make_region("63.05", "Kabupaten Tapin").office_set.create(code="sungai", name="Dinas Sungai")
    before = duties_of(evaluation)

    page = upload(client, evaluation, xlsx([["1.2", "Disdik"], row]))

    (refused,) = page.context["found"].refused
    assert (page.status_code, refused.number, complaint in " ".join(refused.complaints)) == (422, 3, True)
    assert ("signed" in page.context, duties_of(evaluation)) == (False, before)


def test_code_twice_formulas_and_merged_cells_are_refused_by_row(client, evaluation, operator):
    rows = [["1.1", "Dinkes"], ["1.1", "Disdik"], ["1.2", "Dinkes"], ["2.1", "Dinkes"], ["2.2", "Dinkes"]]

    page = upload(client, evaluation, xlsx(rows, merge=(3, 1, 3, 2), formula=(4, 1)))

    assert [(each.number, each.complaints) for each in page.context["found"].refused] == [
        (3, ["Kode 1.1 tercantum dua kali, juga di baris 2. Sisakan satu baris."]),
        (4, ["Sel B4 digabung dengan sel lain; pisahkan dulu.", "Sel C4 digabung dengan sel lain; pisahkan dulu."]),
        (5, ["Sel B5 berisi rumus; tulis isinya sebagai teks."]),
    ]


BAD_FILES = {
    "no file": (b"", "kosong"),
    "text": (b"Kode,Penanggung jawab\n1.1,Dinkes\n", "bukan buku kerja Excel"),
    "broken zip": (b"PK\x03\x04" + b"\0" * 200, "rusak"),
    "no headings": (lambda: xlsx([["1.1", "Dinkes"]], ["A", "B"]), "Judul kolom “Kode”, “Penanggung jawab” tidak"),
    "many columns": (lambda: xlsx([["1.1"] * 200]), "lebih dari 40 kolom"),
}
ENDLESS = {"100,000 rows": (lambda: xlsx([["1.1", "Dinkes"]] * 100_000), "lebih dari 2000 baris")}


@pytest.mark.parametrize("case", [*BAD_FILES, pytest.param("100,000 rows", marks=pytest.mark.thorough)])
def test_file_that_cannot_be_read_gets_a_sentence(client, evaluation, operator, case):
    content, sentence = (BAD_FILES | ENDLESS)[case]
    page = upload(client, evaluation, content() if callable(content) else content)

    assert (page.status_code, sentence in page.content.decode()) == (422, True)


def test_preview_of_yesterday_of_somebody_else_or_forged_writes_nothing(client, evaluation, operator):
    signed = upload(client, evaluation, xlsx([["1.1", "Disdik"]])).context["signed"]
    before = duties_of(evaluation)
    twin = make_evaluation(make_region("63.05", "Kabupaten Tapin"), evaluation.cycle)
    admin = make_user("ADMIN")

    forged = [confirm(client, evaluation, each).status_code for each in ("", "abc", signed[:-2] + "xx")]
    client.force_login(admin)
    other = [confirm(client, each, signed).status_code for each in (evaluation, twin)]

    assert (forged, other, duties_of(evaluation)) == ([422] * 3, [422] * 2, before)


def test_plan_that_moved_since_the_preview_is_not_overwritten(client, evaluation, operator):
    signed = upload(client, evaluation, xlsx([["1.1", "Disdik"], ["1.2", "Disdik"]])).context["signed"]
    moved = upload(client, evaluation, xlsx([["1.2", "Dinkes", "Disdik"]])).context["signed"]
    confirm(client, evaluation, moved)
    before = duties_of(evaluation)

    late = confirm(client, evaluation, signed)

    assert (late.status_code, "berubah sejak pratinjau" in late.content.decode()) == (409, True)
    assert duties_of(evaluation) == before


def test_same_confirmation_twice_has_one_effect(client, evaluation, operator):
    signed = upload(client, evaluation, xlsx([["1.1", "Disdik"]])).context["signed"]

    codes = [confirm(client, evaluation, signed).status_code for _ in range(2)]

    assert (codes, evaluation.duty_changes.count()) == ([302, 302], 1)


def test_sent_plan_takes_no_file_from_the_region(client, evaluation, operator):
    signed = upload(client, evaluation, xlsx([["1.1", "Disdik"]])).context["signed"]
    send(evaluation, operator)

    answers = [upload(client, evaluation, xlsx([["1.1", "Disdik"]])), confirm(client, evaluation, signed)]

    assert [each.status_code for each in answers] == [403, 403]


@pytest.mark.parametrize("rows", [1, 3])
def test_preview_costs_the_same_at_any_length(client, evaluation, operator, django_assert_num_queries, rows):
    make_office(evaluation.region)
    content = xlsx([["1.1", "Disdik"], ["1.2", "Disdik"], ["2.1", "Dinkes", "Disdik"]][:rows])
    upload(client, evaluation, content)

    with django_assert_num_queries(9):
        upload(client, evaluation, content)


@pytest.mark.parametrize(
    ("said", "day"),
    [
        ("2025-05-20", date(2025, 5, 20)), ("20/5/2025", date(2025, 5, 20)), ("20-05-2025", date(2025, 5, 20)),
        ("20.05.2025", date(2025, 5, 20)), (" 20  MEI 2025", date(2025, 5, 20)), ("20 May 2025", None), ("45797", None),
        ("2025-13-01", None), ("00/00/0000", None), ("besok", None),
    ],
)  # fmt: skip
def test_days_as_people_write_them(said, day):
    assert day_of(said) == day
