"""The reviewer's desk, the question page and the overview over HTTP."""

from decimal import Decimal

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from evaluations import scores
from evaluations.models import EvidenceUse
from tests.evaluations.queries import statements
from tests.factories import NOW, answer_question, make_office, make_region, make_user, send
from tests.verification.factories import answer_of
from tests.verification.review.cases import make_open_case, make_reviewer, review, send_back
from tests.verification.review.test_returning import prove
from verification.models import Verdict

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _clock(monkeypatch):
    """The server's clock stands at NOW."""
    monkeypatch.setattr("django.utils.timezone.now", lambda: NOW)


def desk(evaluation, **query):
    return reverse("verification:desk", args=[evaluation.pk], query=query)


def give(client, evaluation, code, choice="terima", *, htmx=True, seen="1/0/0", **fields):
    """Send a verdict as the desk does; a number chooses that option."""
    if isinstance(choice, int):
        choice = f"opsi-{answer_of(evaluation, code).question.options.get(position=choice).pk}"
    values = {"stage": "TI", "version": 0, "choice": choice, "seen": seen, **fields}
    address = reverse("verification:judge", args=[evaluation.pk, code])
    return client.post(address, values, headers={"HX-Request": "true"} if htmx else {})


def listed(page, evaluation):
    """Codes of the questions that the desk lists."""
    codes = ("1.1", "1.2", "2.1", "2.2", "3.1", "3.2")
    return [code for code in codes if f"/verifikasi/{evaluation.pk}/pertanyaan/{code}/" in page]


@pytest.mark.parametrize(
    ("role", "code", "statuses"),
    [
        ("REVIEWER", "63.10", (200, 200, 200)),
        ("OPERATOR", "63.10", (200, 200, 200)),
        ("ADMIN", "63.10", (200, 200, 403)),
        ("STAFF", "63.10", (404, 404, 404)),
        ("LEADER", "63.10", (404, 404, 404)),
        ("VERIFIER", "63.10", (404, 404, 404)),
        ("REVIEWER", "63.05", (404, 404, 404)),
        ("OPERATOR", "63.05", (404, 404, 404)),
    ],
)
def test_the_review_desk_is_dp3ap2kb_s(client, role, code, statuses):
    evaluation = make_open_case()
    client.force_login(make_user(role, region=make_region(code)))

    found = (
        client.get(desk(evaluation)).status_code,
        client.get(reverse("verification:question", args=[evaluation.pk, "1.1"])).status_code,
        give(client, evaluation, "1.1").status_code,
    )

    assert (found, Verdict.objects.count()) == (statuses, 1 if statuses[2] == 200 else 0)


def test_the_desk_lists_what_is_ready_first_and_can_be_filtered(client):
    evaluation = make_open_case()
    for code in ("1.1", "1.2", "2.1", "3.1"):
        prove(evaluation, code, url=f"https://jdih.example.id/{code}")
    review(evaluation, "1.2", version=0)
    review(evaluation, "2.1")
    send_back(evaluation, "3.1", 0)
    EvidenceUse.objects.filter(answer__question__code="2.1").update(pages="3")
    client.force_login(make_reviewer(evaluation))

    found = {
        finding: listed(client.get(desk(evaluation, **query)).content.decode(), evaluation)
        for finding, query in (
            ("", {}),
            ("belum", {"keadaan": "belum"}),
            ("berubah", {"keadaan": "berubah"}),
            ("kembali", {"keadaan": "kembali"}),
            ("semua", {"keadaan": ""}),
            ("K", {"keadaan": "", "klaster": "I"}),
        )
    }

    assert found == {
        "": ["1.1", "2.1"],  # never looked at, and changed since; 2.2 and 3.2 prove nothing
        "belum": ["1.1", "2.2", "3.2"],
        "berubah": ["2.1"],
        "kembali": ["3.1"],
        "semua": ["1.1", "1.2", "2.1", "2.2", "3.1", "3.2"],
        "K": ["3.1", "3.2"],
    }


def test_scoring_moves_total_tier_and_gap(client):
    evaluation = make_open_case()
    client.force_login(make_reviewer(evaluation))

    page = give(client, evaluation, "1.1", 1, reason="INCOMPLETE").content.decode()

    assert [words in page for words in ("800,00", "perkiraan telaah dari 1.000,00 diklaim", "−200,00", "Nindya")] == [
        True
    ] * 4


@pytest.mark.parametrize(
    ("fields", "points", "decision"),
    [
        ({"choice": ""}, "0.00", "POINTS"),  # nothing chosen: worth nothing until it is mended
        ({"choice": "terima"}, "400.00", "ACCEPT"),
        ({"choice": "nilai", "points": "12,5"}, "12.50", "POINTS"),
    ],
)
def test_sending_back_from_the_desk(client, fields, points, decision):
    evaluation = make_open_case()
    client.force_login(make_reviewer(evaluation))

    response = give(
        client, evaluation, "1.1", **fields, is_return="1", reason="NOT_VALID", note="Belum ditandatangani."
    )

    verdict = Verdict.objects.get()
    assert (response.status_code, verdict.is_return, verdict.points, verdict.decision, verdict.seen) == (
        200, True, Decimal(points), decision, "1/0/0"
    )  # fmt: skip
    assert ", dikembalikan" in response.content.decode()


@pytest.mark.parametrize(
    ("fields", "sentence"),
    [
        ({"note": "Lengkapi."}, "Pilih satu alasan"),
        ({"reason": "INCOMPLETE"}, "Tulis apa yang harus diperbaiki"),
        ({"reason": "INCOMPLETE", "note": "   "}, "Tulis apa yang harus diperbaiki"),
        ({"reason": "APA", "note": "Lengkapi."}, "Pilih alasan dari daftar"),
        ({"reason": "INCOMPLETE", "note": "a" * 4001}, "4000"),
        ({"reason": "INCOMPLETE", "note": "Lengkapi\0."}, "Karakter"),
        ({"reason": "INCOMPLETE", "note": "Lengkapi.", "choice": "opsi-999999"}, "bukan milik pertanyaan ini"),
    ],
)
def test_a_return_that_lacks_something_says_so_and_writes_nothing(client, fields, sentence):
    evaluation = make_open_case()
    client.force_login(make_reviewer(evaluation))

    response = give(client, evaluation, "1.1", **{"choice": "", "is_return": "1", **fields})

    assert (response.status_code, sentence in response.content.decode(), Verdict.objects.count()) == (422, True, 0)


@pytest.mark.parametrize("htmx", [True, False])
@pytest.mark.parametrize("seen", ["1/0/0", "", "9" * 80])
def test_an_answer_that_moved_meanwhile_is_shown_again_before_it_is_judged(client, htmx, seen):
    evaluation = make_open_case()
    answer_question(evaluation, "1.1", 1)
    client.force_login(make_reviewer(evaluation))

    response = give(client, evaluation, "1.1", seen=seen, htmx=htmx)

    page = response.content.decode()
    assert (response.status_code, Verdict.objects.count()) == (409, 0)
    assert ("baru saja diubah" in page, 'value="2/0/0"' in page, "200,00" in page) == (True, True, True)


@pytest.mark.parametrize("htmx", [True, False])
def test_a_reviewer_who_comes_after_sending_is_told(client, htmx):
    evaluation = make_open_case()
    client.force_login(make_reviewer(evaluation))
    send(evaluation)

    response = give(client, evaluation, "1.1", htmx=htmx)
    followed = client.get(reverse("evaluations:overview", args=[evaluation.pk])).content.decode()

    assert (response.status_code, Verdict.objects.count()) == (204 if htmx else 302, 0)
    assert "Telaah internal berakhir ketika evaluasi dikirim." in followed
    assert client.get(desk(evaluation)).status_code == 302


def test_the_office_reads_the_reason_above_its_answer(client):
    evaluation = make_open_case()
    send_back(evaluation, "2.1", 0, note="Data kecamatan belum ada.")
    staff = make_user("STAFF", office=make_office(evaluation.region, "disdik"))
    client.force_login(staff)
    address = reverse("evaluations:question", args=[evaluation.pk, "2.1"])

    before = client.get(address).content.decode()
    prove(evaluation, "2.1", by=staff)
    after = client.get(address).content.decode()

    assert ("Dikembalikan untuk diperbaiki" in before, "Data kecamatan belum ada." in before) == (True, True)
    assert ("Sudah diubah sejak dikembalikan" in after, "Dikembalikan untuk diperbaiki" in after) == (True, False)


@pytest.mark.parametrize(
    ("role", "sees"), [("OPERATOR", True), ("REVIEWER", True), ("LEADER", True), ("STAFF", True), ("ADMIN", True)]
)
def test_the_gap_is_on_the_overview_of_the_region(client, role, sees):
    evaluation = make_open_case()
    send_back(evaluation, "1.1", 1, note="Lengkapi.")
    client.force_login(make_user(role, region=evaluation.region))

    page = client.get(reverse("evaluations:overview", args=[evaluation.pk])).content.decode()

    told = ["perkiraan daerah sendiri", "800,00", "−200,00", "1 dikembalikan", "200,00 poin dipertaruhkan"]
    assert [words in page for words in told] == [sees] * 5


@pytest.mark.parametrize("role", ["OPERATOR", "LEADER", "VERIFIER", "ADMIN"])
def test_after_sending_the_province_does_not_see_what_the_region_expected(client, role):
    evaluation = make_open_case()
    review(evaluation, "1.1", Decimal("123.45"), reason="INCOMPLETE", note="Rahasia daerah.")
    evaluation = send(evaluation)
    scores.settle(evaluation, "TI", at=NOW, freeze=True)
    client.force_login(make_user(role, region=evaluation.region))

    pages = "".join(
        client.get(reverse(name, args=[evaluation.pk, *more])).content.decode()
        for name, *more in (
            ("evaluations:overview",), ("evaluations:question", "1.1"), ("evaluations:cluster", "K"),
            ("verification:recap",), ("verification:question", "1.1"), ("evaluations:index",),
        )
        if name != "evaluations:index"
    )  # fmt: skip

    sees = role != "VERIFIER"
    assert ("723,45" in pages, "Rahasia daerah." in pages) == (sees, sees)


@pytest.mark.parametrize("reviewed", [1, 3])
@pytest.mark.parametrize(("page", "count"), [("desk", 13), ("question", 17), ("overview", 20)])
def test_pages_of_the_review_cost_the_same_for_one_and_three_returns(client, page, count, reviewed):
    evaluation = make_open_case()
    for code in ("1.1", "1.2", "2.1")[:reviewed]:
        send_back(evaluation, code, 0)
    client.force_login(make_reviewer(evaluation))
    room = "evaluations" if page == "overview" else "verification"
    address = reverse(f"{room}:{page}", args=[evaluation.pk, "1.1"] if page == "question" else [evaluation.pk])
    client.get(address)

    with CaptureQueriesContext(connection) as caught:
        client.get(address, {"keadaan": ""})

    assert len(statements(caught)) == count
