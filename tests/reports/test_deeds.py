"""Berita acara, sheets of recommendations and a province's papers: what they say, and that every form says the same."""

import io
from datetime import timedelta
from decimal import Decimal

import openpyxl
import pytest
from django.urls import reverse
from pypdf import PdfReader

from accounts.models import Office
from evaluations.models import Evaluation
from reports import actions
from reports.content import build_berita, build_province
from reports.houses import House
from reports.settings import actions as saving
from tests.factories import NOW, make_cycle, make_evaluation, make_region, make_user
from tests.reports.cases import HOSTILE, closed_case
from tests.reports.files import make, own_files, read, words_of

pytestmark = [pytest.mark.django_db, pytest.mark.thorough]


@pytest.fixture(autouse=True)
def _own_files(settings, tmp_path):
    own_files(settings, tmp_path)


def missing(text, expected):
    return [each for each in expected if each not in text]


def test_berita_acara_spells_out_day_and_total_and_has_every_part():
    document = make("BAV", evaluation=closed_case())

    text = words_of(document)
    assert missing(text, [
        "Selasa tanggal dua puluh bulan Mei tahun dua ribu dua puluh lima", "800,38 (delapan ratus koma tiga delapan)",
        "Nomor: 400.2/001/KLA/2025", "PIHAK PERTAMA", "PIHAK KEDUA", "Peraturan Presiden Nomor 25 Tahun 2021",
        "Predikat sementara, yaitu perkiraan dari skor: Nindya", "Indikator 3. Indikator 3", "Hanya halaman sampul.",
        "dalam empat belas hari, paling lambat 3 Juni 2025", "Mengetahui,", "DAFTAR HADIR", "12.", "−0,62",
        "Kode periksa " + document.shown_code, document.fingerprint[:16],
    ]) == []  # fmt: skip


def test_each_party_signs_below_the_whole_of_its_name():
    document = make("BAV", evaluation=closed_case())
    page = next(each for each in PdfReader(io.BytesIO(read(document))).pages if "Mengetahui," in each.extract_text())
    lines: list[tuple[str, int]] = []
    page.extract_text(visitor_text=lambda text, _, place, *__: lines.append((text.strip(), round(place[5]))))

    words = [text for text, _ in lines]
    party = lines[words.index("PIHAK KEDUA") : words.index("Ketua Gugus Tugas,") + 1]
    heights = [height for text, height in party if text]
    assert heights == sorted(set(heights)), "two lines of the second party at one height"
    assert len(heights) == 4  # the name of the party runs over two lines


def test_berita_acara_holds_only_what_lost_points():
    content = build_berita(closed_case())

    assert [(each.code, [line.code for line in each.lines]) for each in content.notes] == [("3", ["3.1"])]
    assert [(each.code, each.figures.verified) for each in content.clusters] == [
        ("K", Decimal("650.00")), ("I", Decimal("150.38")),
    ]  # fmt: skip


def test_sheet_of_one_office_leaves_out_the_others_and_says_when_nothing_is_to_be_done():
    evaluation = closed_case()
    offices = {each.code: each for each in Office.objects.filter(region=evaluation.region)}

    lead = words_of(make("LRK", evaluation=evaluation, office=offices["disdik"]))
    idle = words_of(make("LRK", evaluation=evaluation, office=offices["dinkes"]))

    assert missing(lead, ["Kepada Dinas Pendidikan", "0,62 poin", "Hanya halaman sampul.", "3 Juni 2025"]) == []
    assert ("Kepada Dinas Kesehatan" in idle, "Tidak ada nilai yang berkurang" in idle, "Pertanyaan 3.1" in idle) == (
        True, True, False,
    )  # fmt: skip


def test_papers_of_two_offices_do_not_supersede_each_other(client):
    evaluation = closed_case()
    first, second = Office.objects.filter(region=evaluation.region).order_by("code")[:2]
    by = make_user("OPERATOR", region=evaluation.region)

    one = make("LRK", evaluation=evaluation, office=first, by=by)
    make("LRK", evaluation=evaluation, office=second, by=by, at=NOW + timedelta(hours=1))
    make("LRK", evaluation=evaluation, by=by, at=NOW + timedelta(hours=2))

    client.force_login(by)
    page = client.get(reverse("reports:index", args=[evaluation.pk])).content.decode()
    assert ("Sudah digantikan" in page, one.number) == (False, "400.2/001/KLA/2025")


def province_of(*codes):
    """A cycle in which the first region is verified, the others have an evaluation they have not sent."""
    case = closed_case(codes[0])
    for code in codes[1:]:
        make_evaluation(make_region(code, name=f"Kabupaten {code}"), case.cycle)
    return case.region.province, case.cycle


def test_recap_of_a_province_says_the_settled_totals_in_page_and_workbook_alike():
    province, cycle = province_of("63.10", "63.05")
    row = ["63.10", "Kabupaten 63.10", Decimal("801"), Decimal("800.38"), Decimal("-0.62"), "Nindya"]

    content = build_province(province, cycle)
    text = words_of(make("RKP", province=province, cycle=cycle))
    book = openpyxl.load_workbook(io.BytesIO(read(make("RKP", "xlsx", province=province, cycle=cycle))))

    found = next(each for each in book["Rekapitulasi"].values if "63.10" in each)
    shown = [Decimal(str(each)) if isinstance(each, float | int) else each for each in found if each]
    assert shown[1:7] == row
    assert missing(text, ["801,00", "800,38", "−0,62", "Nindya", "Kabupaten 63.05", "Belum mengirim"]) == []
    assert [(each.code, each.verified) for each in content.rows] == [("63.05", None), ("63.10", Decimal("800.38"))]


def test_recap_of_thirteen_regions_is_one_page_with_whole_words():
    province, cycle = province_of("63.10", *(f"63.{number:02}" for number in (*range(1, 10), 11, 71, 72)))

    document = make("RKP", province=province, cycle=cycle)

    text = words_of(document)
    assert (document.page_count, missing(text, ["Verifikasi administrasi", "Kabupaten 63.72"])) == (1, [])


@pytest.mark.parametrize("codes", [("63.10",), ("63.10", "63.05", "63.01")])
def test_recap_costs_the_same_for_one_and_three_regions(codes, django_assert_num_queries):
    province, cycle = province_of(*codes)
    build_province(province, cycle)

    with django_assert_num_queries(6):
        build_province(province, cycle)


def test_attachment_lists_who_is_judged_and_names_who_is_not():
    province, cycle = province_of("63.10", "63.05")

    text = words_of(make("LSG", province=province, cycle=cycle))

    assert missing(text, ["Lampiran Surat Gubernur Provinsi 63", "801,00", "800,38", "Nindya",
                          "Belum ada hasil verifikasi: Kabupaten 63.05."]) == []  # fmt: skip


def test_provinces_number_their_own_papers():
    province, cycle = province_of("63.10")
    by = make_user("ADMIN")
    values = {"government": "Pemprov", "office": "Dinas", "city": "Banjarbaru", "number_pattern": "{kode}/{urut}"}
    saving.save_letterhead(house=House(province=province), values=values, logo=None, by=by, at=NOW)

    numbers = [make(kind, province=province, cycle=cycle, by=by).number for kind in ("RKP", "LSG", "RKP")]

    assert numbers == ["63/001", "63/002", "63/001"]


def test_paper_about_the_wrong_thing_is_refused():
    province, cycle = province_of("63.10")
    evaluation = Evaluation.objects.get()
    office = Office.objects.filter(region=evaluation.region).first()
    wrong = [("RKP", "pdf", {"evaluation": evaluation}), ("LHV", "pdf", {"province": province, "cycle": cycle}),
             ("BAV", "pdf", {"evaluation": evaluation, "office": office}),
             ("BAV", "csv", {"evaluation": evaluation})]  # fmt: skip

    for kind, format, about in wrong:
        with pytest.raises(actions.NoSuchFormat):
            actions.request_document(kind=kind, format=format, by=make_user("ADMIN"), at=NOW, **about)


def test_hostile_texts_and_notes_stay_words():
    evaluation = closed_case(note=HOSTILE)
    by = make_user("OPERATOR", region=evaluation.region)
    saving.save_wording(
        house=House(region=evaluation.region), texts={"closing": "<b>x</b> {{7*7}} {tanggal}"}, version=0, by=by, at=NOW
    )

    text = words_of(make("BAV", evaluation=evaluation, by=by))

    assert missing(text, ["<script>alert(1)</script> {{7*7}} {% load x %} =1+1", "<b>x</b> {{7*7}} 20 Mei 2025"]) == []


def test_shelf_of_a_province_costs_the_same_for_one_and_three(client, django_assert_num_queries):
    province, cycle = province_of("63.10")
    by = make_user("VERIFIER", region=make_region("63.10"))
    client.force_login(by)
    address = reverse("reports:province", args=[province.code, cycle.code])
    client.get(address)
    for wanted in [("RKP", "pdf"), ("RKP", "xlsx"), ("LSG", "pdf")]:
        actions.request_document(kind=wanted[0], format=wanted[1], by=by, at=NOW, province=province, cycle=cycle)
        with django_assert_num_queries(8):
            assert client.get(address).status_code == 200


def test_only_the_provinces_own_verifier_and_administrators_ask_for_its_papers(client):
    province, cycle = province_of("63.10")
    make_cycle(cycle.instrument, code="lain")
    statuses = {}
    for role, code in [("VERIFIER", "63.10"), ("VERIFIER", "16.10"), ("OPERATOR", "63.10"), ("ADMIN", "63.10")]:
        client.force_login(make_user(role, region=make_region(code)))
        address = reverse("reports:request_of_province", args=[province.code, cycle.code])
        statuses[role, code] = client.post(address, {"kind": "LSG", "format": "pdf"}).status_code

    assert statuses == {
        ("VERIFIER", "63.10"): 302, ("VERIFIER", "16.10"): 404, ("OPERATOR", "63.10"): 404, ("ADMIN", "63.10"): 302,
    }  # fmt: skip
