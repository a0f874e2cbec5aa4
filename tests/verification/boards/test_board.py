"""Boards: what a row says, who sees which, order, filters, files, and what they cost."""

import csv
import io
import re
from decimal import Decimal

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from python_calamine import CalamineWorkbook

from accounts.models import Region
from evaluations.models import StageResult
from tests.factories import NOW, make_cycle, make_region, make_user
from tests.verification.boards.cases import CLOSED, DRAFT, RUNNING, SILENT, make_province, verifier_of
from tests.verification.factories import make_case
from verification.boards import reading, scope, summary
from verification.boards.filters import Filters, chosen

pytestmark = pytest.mark.django_db
BOARD = "verification:board"


@pytest.fixture(autouse=True)
def _clock(monkeypatch):
    monkeypatch.setattr("django.utils.timezone.now", lambda: NOW)


def browser_of(user):
    """Logged in."""
    client = Client()
    client.force_login(user)
    return client


def board_of(user, **query):
    """The board of an address."""
    found = scope.read(user, query)
    assert found is not None
    return reading.build(user, found, NOW)


def row_of(board, code):
    """One region's row."""
    return next(row for row in board.rows if row.code == code)


def codes(user, **query):
    """Which regions an address shows, in their order."""
    board = board_of(user, **query)
    return [row.code for row in chosen(board, Filters.read(query, board))]


def test_row_says_what_is_settled():
    make_province()
    board = board_of(verifier_of())

    closed, running = row_of(board, CLOSED), row_of(board, RUNNING)
    assert [each.value for each in board.stages] == ["EM", "VA", "VL", "VF"]
    assert [each and (each.total, each.is_final) for each in closed.figures] == [
        (Decimal("1000.00"), True), (Decimal("720.00"), True), None, None,
    ]  # fmt: skip
    assert (closed.change, closed.fall_share, closed.tier.code, closed.stage_name, closed.done, closed.whole) == (
        Decimal("-280.00"), Decimal("28.0"), "NINDYA", "Lapangan", 0, 6,
    )  # fmt: skip
    assert (running.done, running.whole, running.is_final, running.days_left, running.state) == (
        2, 6, False, 30, "berjalan",
    )  # fmt: skip
    assert [name for _, name in running.verifiers] == ["Verifier"]


def test_what_is_not_sent_shows_a_verifier_no_number():
    make_province()
    user = verifier_of()

    row = row_of(board_of(user), DRAFT)
    page = browser_of(user).get(reverse(BOARD)).content.decode()
    admin = browser_of(make_user("ADMIN")).get(reverse(BOARD)).content.decode()

    assert (row.stage_name, row.figures, row.evaluation, row.whole, row.days_left) == (
        "Belum dikirim", (None,) * 4, 0, 0, None,
    )  # fmt: skip
    drawn = re.search(r"Kabupaten Tapin.*?</tr>", page, re.DOTALL)
    assert ("Belum dikirim" in drawn[0], "77,77" in page, "77,77" in admin) == (True, False, True)
    assert "Telaah internal" not in page


@pytest.mark.parametrize(
    ("role", "status"), [("VERIFIER", 200), ("ADMIN", 200), ("OPERATOR", 404), ("LEADER", 404), ("REVIEWER", 404),
                         ("STAFF", 404)],
)  # fmt: skip
def test_board_by_role(role, status):
    make_province()
    client = browser_of(make_user(role, region=make_region(CLOSED)))

    found = [client.get(reverse(f"verification:{name}")).status_code for name in ("board", "board_xlsx", "board_csv")]

    assert found == [status] * 3


def test_verifier_stays_in_the_own_province_whatever_the_address_says():
    cycle = make_cycle()
    make_case(code="16.10", cycle=cycle)
    make_case(code=CLOSED, cycle=cycle)

    assert codes(verifier_of(), provinsi="16") == [CLOSED]
    assert codes(make_user("ADMIN")) == ["16.10", CLOSED]
    assert codes(make_user("ADMIN"), provinsi="16") == ["16.10"]


@pytest.mark.parametrize(
    ("query", "wanted"),
    [({}, [SILENT, DRAFT, RUNNING, CLOSED]), ({"urut": "va", "arah": "turun"}, [RUNNING, CLOSED, SILENT, DRAFT]),
     ({"urut": "selisih"}, [CLOSED, RUNNING, SILENT, DRAFT]), ({"urut": "kemajuan", "arah": "turun"},
     [RUNNING, CLOSED, SILENT, DRAFT]), ({"tahap": "VA"}, [RUNNING]), ({"predikat": "NINDYA"}, [CLOSED]),
     ({"predikat": "kosong"}, [SILENT, DRAFT]),
     ({"kemajuan": "belum-kirim"}, [SILENT, DRAFT]), ({"cari": "tapin"}, [DRAFT]), ({"cari": "63.1"}, [CLOSED]),
     ({"urut": "x", "tahap": "?", "cari": "\x00", "arah": "'"}, [SILENT, DRAFT, RUNNING, CLOSED])],
)  # fmt: skip
def test_board_is_sorted_and_filtered(query, wanted):
    make_province()

    assert codes(verifier_of(), **query) == wanted


def test_every_column_sorts():
    make_province()
    client = browser_of(verifier_of())

    heads = re.findall(r'<th scope="col"[^>]*><a href="\?([^"]*)"', client.get(reverse(BOARD)).content.decode())
    found = [client.get(f"{reverse(BOARD)}?{head.replace('&amp;', '&')}").status_code for head in heads]

    assert (len(heads), set(found)) == (12, {200})


def test_each_number_leads_to_what_it_is_made_of():
    cases = make_province()
    page = browser_of(verifier_of()).get(reverse(BOARD)).content.decode()

    row = re.search(r"Kabupaten Tanah Bumbu.*?</tr>", page, re.DOTALL)[0]
    pk = cases[CLOSED].pk
    recap, desk = (reverse(f"verification:{name}", args=[pk]) for name in ("recap", "desk"))
    assert re.findall(r'href="([^"]+)">([^<]+)<', row) == [
        (recap, "1.000,00"), (recap, "720,00"), (f"{recap}#ke-mana", "−280,00"), (desk, "0/6"),
    ]  # fmt: skip


def test_clearing_the_filters_keeps_cycle_and_province():
    make_province()
    client = browser_of(make_user("ADMIN"))
    asked = "?siklus=2024&provinsi=63&predikat="

    pages = [client.get(f"{reverse(BOARD)}{asked}{tier}").content.decode() for tier in ("NINDYA", "PRATAMA")]

    cleared = [re.search(r'href="([^"]*)">[Hh]apus saringan', each)[1] for each in pages]
    assert cleared == ["?siklus=2024&amp;provinsi=63"] * 2
    assert 'href="?siklus=2024&amp;provinsi=63&amp;predikat=kosong"' in pages[0]


def test_tier_of_the_self_evaluation_alone_says_so():
    sent = make_case(code="63.01", cycle=make_province()[CLOSED].cycle)
    Region.objects.filter(pk=sent.region_id).update(name="Kabupaten Tanah Laut")

    page = browser_of(verifier_of()).get(reverse(BOARD)).content.decode()

    rows = {name: re.search(f"{name}.*?</tr>", page, re.DOTALL)[0] for name in ("Tanah Laut", "Tanah Bumbu")}
    assert ["menurut evaluasi mandiri" in row for row in rows.values()] == [True, False]


def test_summary_counts_tiers_and_the_mean_fall():
    make_province()

    found = summary.of(board_of(verifier_of()))

    assert {each.code: each.count for each in found.tiers if each.count} == {"NINDYA": 1, "KLA": 1}
    assert (found.regions, found.silent, found.closed, found.fall, found.fall_share) == (
        4, 2, 1, Decimal("-280.00"), Decimal("28.00"),
    )  # fmt: skip


def test_points_that_were_gained_are_not_called_a_loss():
    case = make_province()[CLOSED]
    StageResult.objects.filter(evaluation=case, stage="EM").update(total=Decimal("700.00"))
    client = browser_of(verifier_of())

    board, losses = (client.get(reverse(f"verification:{name}")).content.decode() for name in ("board", "losses"))

    assert re.search(r'\(naik rata-rata <b class="num">2,9 %</b>\)', " ".join(board.split()))
    assert ("ditutup bertambah bersama" in losses, "kehilangan bersama" in losses) == (True, False)


def test_files_say_what_the_page_says():
    make_province()
    client = browser_of(verifier_of())
    query = "?urut=va&arah=turun&tahap=VA"

    book = client.get(reverse("verification:board_xlsx") + query).content
    text = client.get(reverse("verification:board_csv") + query).content.decode("utf-8-sig")

    head, line = CalamineWorkbook.from_filelike(io.BytesIO(book)).get_sheet_by_index(0).to_python()
    plain_head, plain = csv.reader(io.StringIO(text), delimiter=";")
    said = dict(zip(head, line, strict=True))
    assert (head, said["Kode"], said["Evaluasi mandiri"], said["Verifikasi administrasi"], said["VA ditutup"]) == (
        plain_head, RUNNING, 1000.0, 910.0, "belum",
    )  # fmt: skip
    assert dict(zip(plain_head, plain, strict=True))["Selisih"] == "-90,00"


def test_cycles_are_switched_by_the_address():
    first = make_cycle(code="2023")
    make_case(code=CLOSED, cycle=first)
    make_case(code=RUNNING, cycle=make_cycle(first.instrument, code="2024"))

    boards = [board_of(verifier_of(), **query) for query in ({}, {"siklus": "2023"}, {"siklus": "tidak-ada"})]

    sent = [[row.code for row in board.rows if row.is_sent] for board in boards]
    assert sent == [[RUNNING], [CLOSED], [RUNNING]]


def test_board_before_any_cycle_says_so():
    make_region(CLOSED)
    client = browser_of(verifier_of())

    page, file = client.get(reverse(BOARD)), client.get(reverse("verification:board_csv"))

    assert (page.status_code, "Belum ada siklus" in page.content.decode(), file.status_code) == (200, True, 404)


@pytest.mark.parametrize("regions", [1, 3])
def test_board_costs_the_same_for_one_and_three_regions(client, regions):
    cycle = make_cycle()
    for code in ("63.10", "63.06", "63.07")[:regions]:
        make_case(code=code, cycle=cycle)
    client.force_login(verifier_of())
    client.get(reverse(BOARD))

    with CaptureQueriesContext(connection) as caught:
        client.get(reverse(BOARD))

    asked = [each["sql"] for each in caught.captured_queries]
    assert (len(asked), [sql for sql in asked if '"evaluations_answer"."points"' in sql]) == (12, [])
