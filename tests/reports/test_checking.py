"""The public page: what a code says of its paper, to anybody, and nothing else."""

from datetime import date, timedelta
from decimal import Decimal

import pytest
from django.core.cache import cache
from django.urls import reverse

from evaluations.models import Evidence
from jobs.kinds import find
from reports import actions, codes
from reports.houses import House
from reports.models import Document
from reports.settings import actions as saving
from tests.factories import NOW, answer_all, make_evaluation, make_region, make_user, send
from tests.reports.cases import closed_case
from tests.verification.factories import close, judge, make_judge
from verification.models import Correction

pytestmark = pytest.mark.django_db
SAYS = {"Asli dan berlaku": "current", "Asli, sudah digantikan": "superseded", "Kode tidak dikenal": "unknown"}


@pytest.fixture(autouse=True)
def _own_files(settings, tmp_path):
    cache.clear()
    settings.STORAGES = {
        **settings.STORAGES,
        "default": {"BACKEND": "django.core.files.storage.FileSystemStorage", "OPTIONS": {"location": str(tmp_path)}},
    }


@pytest.fixture
def evaluation():
    return closed_case()


def made(evaluation, by, *, at=NOW, format="csv"):
    """A paper of what the rows say, made."""
    document = actions.request_document(evaluation=evaluation, kind="LHV", format=format, by=by, at=at)
    find("render").work(document_id=document.pk, by_id=by.pk)
    return document


def told(client, typed):
    page = client.get(reverse("checking:paper", args=[typed]))
    assert page.status_code == 200
    return next(fate for words, fate in SAYS.items() if words in page.content.decode())


def change_letterhead(evaluation, by, office):
    values = {"government": "Pemerintah Uji", "office": office, "city": "Uji", "number_pattern": "7/{urut}"}
    saving.save_letterhead(house=House(region=evaluation.region), values=values, logo=None, by=by, at=NOW)


def test_paper_is_current_until_another_says_something_else_and_again_when_it_is_asked_for_again(client, evaluation):
    by = make_user("OPERATOR", region=evaluation.region)
    change_letterhead(evaluation, by, "Dinas Lama")
    first, twin = made(evaluation, by), made(evaluation, by, format="xlsx")
    before = told(client, first.code), told(client, twin.code)
    change_letterhead(evaluation, by, "Dinas Baru")

    second = made(evaluation, by, at=NOW + timedelta(hours=1))
    after = told(client, first.code), told(client, twin.code), told(client, second.code)
    change_letterhead(evaluation, by, "Dinas Lama")
    again = made(evaluation, by, at=NOW + timedelta(hours=2))

    assert (before, after) == (("current", "current"), ("superseded", "superseded", "current"))
    assert (again.pk, told(client, first.code), told(client, second.code)) == (first.pk, "current", "superseded")


def test_paper_without_a_file_is_none_and_supersedes_nothing(client, evaluation):
    by = make_user("OPERATOR", region=evaluation.region)
    first = made(evaluation, by)
    change_letterhead(evaluation, by, "Dinas Baru")

    waiting = actions.request_document(
        evaluation=evaluation, kind="LHV", format="csv", by=by, at=NOW + timedelta(hours=1)
    )

    assert (told(client, first.code), told(client, waiting.code)) == ("current", "unknown")


def test_page_says_nothing_but_the_fate(client, evaluation):
    document = made(evaluation, make_user("OPERATOR", region=evaluation.region))

    page = client.get(reverse("checking:paper", args=[document.code]))

    text = page.content.decode()
    secrets = [evaluation.region.name, evaluation.cycle.name, document.number, document.fingerprint[:8], "Laporan",
               str(document.requested_by), "2025", "801", "csv"]  # fmt: skip
    assert [each for each in secrets if each in text] == []
    assert (page["X-Robots-Tag"], page["Cache-Control"]) == ("noindex, nofollow, noarchive", "no-store")


NOTHING = ["0" * 12, "x" * 5000, "..%2f..", "<script>", "7K3M-X0PQ-9RTU", "\u202e" * 12]


@pytest.mark.parametrize("typed", NOTHING)
def test_codes_of_nothing_get_the_same_page(client, typed, django_assert_num_queries):
    with django_assert_num_queries(1):
        assert told(client, typed) == "unknown"


def test_known_code_costs_as_much_as_an_unknown_one(client, evaluation, django_assert_num_queries):
    document = made(evaluation, make_user("OPERATOR", region=evaluation.region))

    with django_assert_num_queries(1):
        assert told(client, document.code.lower()) == "current"


def test_typed_code_is_read_kindly(client):
    assert codes.read(" 7k3m x0pq-9rta ") == codes.read("7K3M-XoPQ-9RTA") == "7K3MX0PQ9RTA"
    assert (codes.read("1" * 11 + "I"), codes.read("7K3M-X0PQ-9RT"), codes.read("U" * 12)) == ("1" * 12, "", "")
    assert client.get(reverse("checking:index"), {"kode": "7k3m x0pq 9rta"})["Location"] == "/periksa/7K3MX0PQ9RTA/"


def test_guessing_is_slowed_down_per_network_and_nobody_else_is(client, settings):
    settings.PAPER_CHECKS_PER_MINUTE = 3
    for _ in range(3):
        client.get(reverse("checking:paper", args=[codes.new()]))

    slowed = client.get(reverse("checking:paper", args=[codes.new()]))
    other = client.get(reverse("checking:paper", args=[codes.new()]), REMOTE_ADDR="10.9.9.9")

    assert (slowed.status_code, slowed["Retry-After"], other.status_code) == (429, "60", 200)


def test_shelf_marks_what_is_superseded(client, evaluation):
    by = make_user("OPERATOR", region=evaluation.region)
    first = made(evaluation, by)
    change_letterhead(evaluation, by, "Dinas Baru")
    made(evaluation, by, at=NOW + timedelta(hours=1))
    client.force_login(by)

    page = client.get(reverse("reports:index", args=[evaluation.pk])).content.decode()

    row = page.split(f'id="dokumen-{first.pk}"')[1].split("</article>")[0]
    assert (page.count("Sudah digantikan"), "Sudah digantikan" in row, first.shown_code in row) == (1, True, True)
    assert Document.objects.filter(code=first.code).count() == 1


def test_correction_supersedes_the_papers_made_before_it_also_those_of_the_province(client, evaluation):
    by = make_user("ADMIN")
    whole = {"province": evaluation.region.province, "cycle": evaluation.cycle}
    papers = [made(evaluation, by)]
    papers.append(actions.request_document(kind="RKP", format="xlsx", by=by, at=NOW, **whole))
    find("render").work(document_id=papers[1].pk, by_id=by.pk)
    other = made(closed_case_elsewhere(evaluation), by)

    correct(evaluation, by, NOW + timedelta(minutes=1))

    assert [told(client, each.code) for each in (*papers, other)] == ["superseded", "superseded", "current"]
    made(evaluation, by, at=NOW + timedelta(minutes=2))
    assert told(client, papers[0].code) == "current"  # asked for again: the rows say the same


def closed_case_elsewhere(evaluation):
    """Another region's evaluation of the same cycle and another province, verified too."""
    elsewhere = make_evaluation(make_region("16.10", name="Kabupaten lain"), evaluation.cycle)
    answer_all(elsewhere)
    send(elsewhere)
    verifier = make_judge(elsewhere)
    for code in ("1.1", "1.2", "2.1", "2.2", "3.1", "3.2"):
        judge(elsewhere, code, by=verifier)
    close(elsewhere, by=verifier)
    elsewhere.refresh_from_db()
    return elsewhere


def correct(evaluation, by, at):
    """A verdict put right after closing, as the row says it."""
    answer = evaluation.answers.get(question__code="3.1")
    paper = Evidence.objects.create(
        evaluation=evaluation, kind="LINK", title="BA", url="https://a.example/", added_at=NOW, added_by=by
    )
    Correction.objects.create(
        evaluation=evaluation, stage="VA", answer=answer, old_points=Decimal("100.38"), new_points=Decimal("101"),
        reason="Salah baca", document_number="1", document_on=date(2025, 5, 21), document=paper, corrected_at=at,
        corrected_by=by,
    )  # fmt: skip
