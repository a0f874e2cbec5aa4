"""The recap of the national application, brought in and taken out on the web."""

import io
from datetime import timedelta
from decimal import Decimal

import openpyxl
import pytest
from django.urls import reverse

from accounts.models import AuditEvent, District
from clusters import instrument_file
from clusters.models import Indicator
from evaluations import windows
from evaluations.actions import AlreadySubmitted
from evaluations.models import Answer, Evaluation, Import, PlaceTick
from evaluations.recap_file import RecapRefused
from evaluations.workbooks import recap_export, recaps
from evaluations.workbooks.refusals import Moved
from kla_portal import spreadsheets
from tests.evaluations.test_recap_import import SHIPPED, with_headings
from tests.evaluations.workbooks.books import asks, claims, upload
from tests.factories import NOW, answer_question, make_cycle, make_evaluation, make_region, make_user, send

pytestmark = pytest.mark.django_db
HEAD = "Klaster;Indikator;Kode;Pertanyaan;Nilai maksimal;Nilai;Sumber\n"


@pytest.fixture
def operator(evaluation):
    return make_user("OPERATOR", region=evaluation.region)


def received(evaluation, text, by, name="rekap.csv"):
    content = text if isinstance(text, bytes) else (HEAD + text).encode()
    return recaps.receive(evaluation=evaluation, upload=upload(content, name), by=by, at=NOW)


def confirmed(found, by, *, at=NOW, in_time_only=True):
    seal = recaps.preview_of(found).seal
    return recaps.confirm(found=found, seal=seal, in_time_only=in_time_only, by=by, at=at)


def sheet(*rows, title=()):
    """The same as XLSX, with a title above if wanted."""
    book = openpyxl.Workbook()
    for row in [*title, HEAD.strip().split(";"), *rows]:
        book.active.append(row)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def test_national_form_is_understood_with_its_headings(evaluation, operator):
    found = received(
        evaluation,
        "K;;;Kelembagaan;800;500;\nK;1;;Indikator;600;410;\nK;1;1.1;Perda;400;400;Bagian Hukum\n"
        "K;1;1.2;Profil;200;12,5;\n;;Jumlah;;1000;500;\n",
        operator,
    )
    preview = recaps.preview_of(found)

    assert [(each.level, each.code, str(each.gap)) for each in preview.sums.disagreements] == [
        ("cluster", "K", "87.50"), ("indicator", "1", "-2.50"), ("total", "", "87.50"),
    ]  # fmt: skip
    assert [(each.answer.question.code, each.claim.points) for each in preview.changes] == [
        ("1.1", Decimal(400)), ("1.2", Decimal("12.5")),
    ]  # fmt: skip
    assert set(claims(evaluation).values()) == {(None, None, None, "", 0)}


def test_sheet_below_a_title_reads_like_csv(evaluation, operator):
    title = (["Rekap Kabupaten Tanah Bumbu"], [])
    rows = (["K", 1, "1.1", "Perda", 400, 400, ""], ["K", "1", "1.2", "Profil", "200", "12,5", ""])
    found = received(evaluation, sheet(*rows, title=title), operator, "rekap.xlsx")
    done = confirmed(found, operator)

    assert done.counts == {"ROWS": 2, "WRITTEN": 2}
    assert [claims(evaluation)[code][0] for code in ("1.1", "1.2")] == [Decimal(400), Decimal("12.5")]
    assert done.file_name == "rekap.xlsx"


def test_formula_is_fine_in_a_heading_and_refused_in_a_question(evaluation, operator):
    question = ["K", "1", "1.1", "Perda", 400, "=SUM(1,2)", ""]
    with pytest.raises(RecapRefused) as refused:
        received(evaluation, sheet(question), operator, "rekap.xlsx")
    received(evaluation, sheet(["K", "", "", "", 800, "=F3", ""], ["K", "1", "1.1", "", 400, 4, ""]), operator)

    assert refused.value.faults == [(2, "Nilai pertanyaan 1.1 berisi rumus; ganti dengan angkanya.")]


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        ("K;1;9.9;Lain;1;1;\n", (2, "Pertanyaan “9.9” tidak ada dalam instrumen.")),
        ("K;1;1.1;Perda;400;961.860;\n", (2, "“961.860” bukan angka biasa; tulis misalnya 0,75 atau 12.")),
        ("K;1;1.1;;400;4;\nK;1;1.1;;400;4;\n", (3, "Pertanyaan 1.1 sudah ada di baris 2.")),
        (b"", (1, "Berkas kosong.")),
        (sheet(), (1, "Berkas tidak memuat satu baris pun di bawah judulnya.")),
        (sheet().replace(b"PK\x03\x04", b"\xff\xfe\x03\x04", 1), None),
    ],
    ids=["unknown", "number", "twice", "empty", "headings only", "noise"],
)
def test_bad_recap_is_refused_whole(evaluation, operator, client, text, fault):
    client.force_login(operator)
    content = text if isinstance(text, bytes) else (HEAD + text).encode()
    fields = {"berkas": upload(content, "rekap.csv"), "selesai": "1"}
    response = client.post(reverse("evaluations:recap_upload", args=[evaluation.pk]), fields)

    assert response.status_code == 422
    assert fault is None or content == b"" or f"Baris {fault[0]}: {fault[1]}" in response.content.decode()
    assert Import.objects.count() == 0


def test_change_after_the_preview_writes_nothing(evaluation, operator):
    found = received(evaluation, "K;1;1.1;;400;400;\n", operator)
    seal = recaps.preview_of(found).seal
    answer_question(evaluation, "1.1", 1)
    before = claims(evaluation)

    with pytest.raises(Moved):
        recaps.confirm(found=found, seal=seal, in_time_only=True, by=operator, at=NOW)
    assert claims(evaluation) == before


def test_window_binds_the_operator_and_not_the_administrator(evaluation, operator):
    late = NOW + timedelta(days=60)
    found = received(evaluation, "K;1;1.1;;400;400;\n", operator)
    Import.objects.update(expires_at=late + timedelta(days=1))
    with pytest.raises(windows.WindowClosed):
        confirmed(found, operator, at=late)
    confirmed(found, operator, at=late, in_time_only=False)

    assert claims(evaluation)["1.1"][0] == Decimal(400)


def test_second_confirmation_and_sent_evaluation_change_nothing(evaluation, operator):
    found = received(evaluation, "K;1;1.1;;400;400;\n", operator)
    other = recaps.preview_of(found).seal
    confirmed(found, operator)
    recaps.confirm(found=found, seal=other, in_time_only=True, by=operator, at=NOW)
    assert claims(evaluation)["1.1"][4] == 1
    assert AuditEvent.objects.filter(action="import.confirmed").count() == 1

    evaluation = send(evaluation, operator)
    with pytest.raises(AlreadySubmitted):
        received(evaluation, "K;1;1.1;;400;0;\n", operator)
    with pytest.raises(AlreadySubmitted):
        recaps.confirm(found=found, seal=other, in_time_only=True, by=operator, at=NOW)


def test_export_can_be_imported_again_and_changes_nothing(evaluation, operator):
    answer_question(evaluation, "1.1", 2)
    answer_question(evaluation, "3.1", 2)
    answer_question(evaluation, "3.2", Decimal("99.5"))
    made = io.BytesIO()
    recap_export.write_xlsx(made, evaluation, NOW)

    for content, name in ((made.getvalue(), "r.xlsx"), (recap_export.as_csv(evaluation), "r.csv")):
        preview = recaps.preview_of(received(evaluation, content, operator, name))
        assert (preview.changes, preview.sums.disagreements, preview.given) == ((), [], 3)
        assert preview.sums.stated_total == Decimal(600)


def test_export_says_who_leads_and_holds_no_formula(evaluation, operator):
    made = io.BytesIO()
    recap_export.write_xlsx(made, evaluation, NOW)
    rows = spreadsheets.read(made)[0].rows

    assert rows[:4] == [
        ["Klaster", "Indikator", "Kode pertanyaan", "Uraian", "Nilai maksimal", "Nilai", "Sumber"],
        ["K", "", "", "Kelembagaan", "800", "0", ""],
        ["K", "1", "", "Indikator 1", "600", "0", ""],
        ["K", "1", "1.1", "Pertanyaan 1.1", "400", "", "Dinas Kesehatan"],
    ]
    assert rows[-1] == ["", "", "Jumlah", "", "1000", "0", ""]


def test_preview_names_what_ceilings_cut_off_and_what_was_not_read(client, evaluation, operator):
    Indicator.objects.filter(code="1").update(maximum=Decimal(500))
    text = "K;1;1.1;Perda;400;400;\nK;1;1.2;Profil;200;200;\nMengetahui,;;;;;;\n"
    found = received(evaluation, text, operator)
    client.force_login(operator)

    page = client.get(reverse("evaluations:recap_preview", args=[evaluation.pk, found.pk])).content.decode()

    assert ("600,00" in page, 'portal menghitung <b class="num">500,00</b>' in page) == (True, True)
    assert "Baris tanpa angka yang tidak dikenal, jadi tidak dibaca: 4." in page


def test_preview_shows_that_a_hand_made_recap_does_not_add_up(client, tmp_path, freeze):
    cycle = make_cycle(instrument_file.load(SHIPPED, at=NOW).instrument)
    evaluation = make_evaluation(make_region("16.10", "Kabupaten Ogan Ilir"), cycle)
    client.force_login(make_user("ADMIN", username="admin"))
    fields = {"berkas": upload(with_headings(tmp_path / "rekap.csv").read_bytes(), "rekap.csv"), "selesai": "1"}
    page = client.post(reverse("evaluations:recap_upload", args=[evaluation.pk]), fields, follow=True)
    text = page.content.decode()
    found = Import.objects.get()
    address = reverse("evaluations:recap_confirm", args=[evaluation.pk, found.pk])
    done = client.post(address, {"segel": page.context["preview"].seal}, follow=True)

    assert [figure in text for figure in ("770,36", "765,46", "771,81", "−1,45", "−6,35")] == [True] * 5
    assert "3 judul dalam rekap tidak sama" in text
    assert "Terapkan 274 jawaban" in text
    assert "274 jawaban ditulis dari rekap." in done.content.decode()
    assert sum(each[0] for each in claims(evaluation).values()) == Decimal("771.81")


@pytest.mark.parametrize("codes", [("1.1",), ("1.1", "1.2", "3.2")])
def test_preview_asks_the_same_however_many_rows(client, evaluation, operator, codes):
    client.force_login(operator)
    maxima = {"1.1": 400, "1.2": 200, "3.2": 100}
    found = received(evaluation, "".join(f"K;1;{code};;{maxima[code]};1;\n" for code in codes), operator)
    address = reverse("evaluations:recap_preview", args=[evaluation.pk, found.pk])
    client.get(address)

    assert asks(lambda: client.get(address)) == 16


def test_points_of_a_question_that_follows_ticks_are_refused(evaluation, operator, client):
    district = District.objects.create(region=evaluation.region, code="63.10.01", name="Kusan Hilir")
    answer = Answer.objects.get(evaluation=evaluation, question__code="2.1")
    PlaceTick.objects.create(answer=answer, district=district, is_met=True, ticked_at=NOW, ticked_by=operator)
    found = received(evaluation, "K;1;1.1;Perda;400;400;\nK;2;2.1;Desa;100;50;\n", operator)

    client.force_login(operator)
    page = client.get(reverse("evaluations:recap_preview", args=[evaluation.pk, found.pk])).content.decode()
    done = confirmed(found, operator)

    assert done.counts == {"ROWS": 2, "WRITTEN": 1}
    assert [claims(evaluation)[code][0] for code in ("1.1", "2.1")] == [Decimal(400), None]
    assert "Ditolak karena angkanya mengikuti lembar centang" in page


def test_recap_waits_for_the_leader_even_in_an_administrators_hands(evaluation, operator):
    found = received(evaluation, "K;1;1.1;Perda;400;400;\n", operator)
    Evaluation.objects.update(needs_approval=True, asked_at=NOW)

    with pytest.raises(windows.AwaitingApproval):
        confirmed(found, make_user("ADMIN"), in_time_only=False)
    assert claims(evaluation)["1.1"][0] is None


def test_waiting_or_closed_evaluation_offers_no_recap_and_says_why(client, evaluation, operator, freeze):
    found = received(evaluation, "K;1;1.1;Perda;400;400;\n", operator)
    address, preview = (
        reverse("evaluations:recaps", args=[evaluation.pk]),
        reverse("evaluations:recap_preview", args=[evaluation.pk, found.pk]),
    )
    Evaluation.objects.update(needs_approval=True, asked_at=NOW)
    client.force_login(operator)

    pages = [client.get(each).content.decode() for each in (address, preview)]
    fields = {"berkas": upload(HEAD.encode(), "rekap.csv"), "selesai": "1"}
    late = client.post(reverse("evaluations:recap_upload", args=[evaluation.pk]), fields)

    assert ["menunggu persetujuan pimpinan" in each for each in pages] == [True, True]
    assert ["Unggah dan lihat" in pages[0], "Terapkan" in pages[1], late.status_code] == [False, False, 422]
