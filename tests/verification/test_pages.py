"""Desk, closing, mandates and awards over HTTP: who may, what is refused, what comes back."""

from datetime import timedelta
from decimal import Decimal

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from tests.evaluations.matrices.tables import keep
from tests.factories import NOW, make_evaluation, make_region, make_user, send
from tests.verification.factories import answer_of, close, judge, make_case, make_judge
from verification.models import Assignment, Award, Verdict

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _clock(monkeypatch):
    """The server's clock stands at NOW."""
    monkeypatch.setattr("django.utils.timezone.now", lambda: NOW)


def give(client, evaluation, code, choice="terima", *, htmx=True, **fields):
    """Send a verdict as the desk does; a number chooses that option."""
    if isinstance(choice, int):
        choice = f"opsi-{answer_of(evaluation, code).question.options.get(position=choice).pk}"
    values = {"stage": "VA", "version": 0, "choice": choice, **fields}
    headers = {"HX-Request": "true"} if htmx else {}
    return client.post(reverse("verification:judge", args=[evaluation.pk, code]), values, headers=headers)


ROLES = [
    ("OPERATOR", "63.10", False),
    ("STAFF", "63.10", False),
    ("REVIEWER", "63.10", False),
    ("LEADER", "63.10", False),
    ("VERIFIER", "16.10", False),
    ("OPERATOR", "63.05", False),
]


@pytest.mark.parametrize("page", ["desk", "question", "judge", "close"])
@pytest.mark.parametrize(("role", "code", "_"), ROLES)
def test_the_desk_does_not_exist_for_others(client, page, role, code, _):
    evaluation = make_case()
    client.force_login(make_user(role, region=make_region(code)))
    address = reverse(
        f"verification:{page}", args=[evaluation.pk, "1.1"] if page in ("question", "judge") else [evaluation.pk]
    )

    response = (
        client.post(address, {"stage": "VA", "choice": "terima", "version": 0})
        if page == "judge"
        else client.get(address)
    )

    assert (response.status_code, Verdict.objects.count()) == (404, 0)


def test_a_verifier_without_mandate_reads_but_does_not_judge(client):
    evaluation = make_case()
    client.force_login(make_user("VERIFIER", region=evaluation.region))

    statuses = (
        client.get(reverse("verification:question", args=[evaluation.pk, "1.1"])).status_code,
        give(client, evaluation, "1.1").status_code,
        client.post(reverse("verification:close", args=[evaluation.pk]), {"stage": "VA", "unjudged": 6}).status_code,
    )

    assert (statuses, Verdict.objects.count()) == ((200, 403, 403), 0)


@pytest.mark.parametrize("htmx", [True, False])
def test_a_verdict_comes_back_with_the_new_total_and_tier(client, htmx):
    evaluation = make_case()
    client.force_login(make_judge(evaluation))

    response = give(client, evaluation, "1.1", 1, reason="INCOMPLETE", note="Hanya sampul.", htmx=htmx)
    page = (response if htmx else client.get(response["Location"])).content.decode()

    assert Verdict.objects.get().points == Decimal("200.00")
    assert ("800,00" in page, "Nindya" in page) == (True, True)


@pytest.mark.parametrize(
    ("choice", "fields", "sentence"),
    [
        (1, {}, "alasan"),
        ("nilai", {"points": ""}, "Tulis nilainya"),
        ("nilai", {"points": "961.860"}, "melebihi batas"),
        ("nilai", {"points": "400,01"}, "melebihi batas"),
        ("nilai", {"points": "1e3"}, "Tulis angka dengan koma"),
        ("nilai", {"points": "-1"}, "Tulis angka dengan koma"),
        ("nilai", {"points": "NaN"}, "Tulis angka dengan koma"),
        ("nilai", {"points": "1,234"}, "Tulis angka dengan koma"),
        ("opsi-999999", {}, "bukan milik pertanyaan ini"),
        ("opsi-", {}, "bukan milik pertanyaan ini"),
        ("", {}, "Pilih salah satu penilaian"),
        (1, {"reason": "APA SAJA"}, "Pilih alasan dari daftar"),
    ],
)
def test_a_refused_verdict_says_why_and_writes_nothing(client, choice, fields, sentence):
    evaluation = make_case()
    client.force_login(make_judge(evaluation))

    response = give(client, evaluation, "1.1", choice, **fields)

    assert (response.status_code, sentence in response.content.decode(), Verdict.objects.count()) == (422, True, 0)


def test_the_second_of_two_judges_sees_both_verdicts(client):
    evaluation = make_case()
    first = make_judge(evaluation)
    judge(evaluation, "1.1", Decimal("123.45"), by=first, reason="INCOMPLETE")
    client.force_login(make_judge(evaluation))

    response = give(client, evaluation, "1.1", 1, reason="IRRELEVANT")

    page = response.content.decode()
    assert (response.status_code, "123,45" in page, Verdict.objects.count()) == (409, True, 1)


@pytest.mark.parametrize(("seconds", "status"), [(-1, 200), (0, 409)])
def test_a_verdict_is_late_from_the_second_the_window_closes(client, monkeypatch, seconds, status):
    evaluation = make_case()
    closes = evaluation.cycle.windows.get(stage="VA").closes_at
    verifier = make_judge(evaluation)
    monkeypatch.setattr("django.utils.timezone.now", lambda: closes + timedelta(seconds=seconds))
    client.force_login(verifier)

    assert give(client, evaluation, "1.1").status_code == status
    assert Verdict.objects.count() == (1 if status == 200 else 0)


def test_a_verdict_after_closing_says_so(client):
    evaluation = make_case()
    verifier = make_judge(evaluation)
    close(evaluation, by=verifier, confirmed=6)
    client.force_login(verifier)

    response = give(client, evaluation, "1.1")

    assert (response.status_code in (403, 409), Verdict.objects.count()) == (True, 0)


def test_closing_asks_for_the_number_and_happens_once(client):
    evaluation = make_case()
    client.force_login(make_judge(evaluation))
    address = reverse("verification:close", args=[evaluation.pk])

    statuses = [
        client.post(address, {"stage": "VA", "unjudged": number, **extra}).status_code
        for number, extra in ((6, {}), (5, {"confirmed": "on"}), (6, {"confirmed": "on"}), (6, {"confirmed": "on"}))
    ]

    evaluation.refresh_from_db()
    assert (statuses, evaluation.stage) == ([409, 409, 302, 302], "VL")


@pytest.mark.parametrize("stage", ["", "XX", "EM", "VF"])
def test_closing_of_another_stage_is_refused(client, stage):
    evaluation = make_case()
    client.force_login(make_judge(evaluation))

    response = client.post(
        reverse("verification:close", args=[evaluation.pk]), {"stage": stage, "unjudged": 6, "confirmed": "on"}
    )

    evaluation.refresh_from_db()
    assert (response.status_code < 500, evaluation.stage) == (True, "VA")


@pytest.mark.parametrize(("role", "status"), [("ADMIN", 302), ("VERIFIER", 403), ("OPERATOR", 403), ("LEADER", 403)])
def test_mandates_are_given_by_the_administrator(client, role, status):
    evaluation = make_case()
    verifier = make_user("VERIFIER", region=evaluation.region)
    client.force_login(make_user(role, region=evaluation.region))
    wanted = {"stage": "VA", "verifier": verifier.pk, "wanted": "on"}

    response = client.post(reverse("verification:assign", args=[evaluation.pk]), wanted)

    assert (response.status_code, Assignment.objects.count()) == (status, 1 if status == 302 else 0)


def test_a_verifier_of_another_province_gets_no_mandate(client):
    evaluation = make_case()
    stranger = make_user("VERIFIER", region=make_region("16.10"))
    client.force_login(make_user("ADMIN"))
    wanted = {"stage": "VA", "verifier": stranger.pk, "wanted": "on"}

    client.post(reverse("verification:assign", args=[evaluation.pk]), wanted)

    assert Assignment.objects.count() == 0


@pytest.mark.parametrize(("role", "status"), [("ADMIN", 302), ("VERIFIER", 403), ("OPERATOR", 403), ("STAFF", 403)])
def test_awards_are_typed_by_the_administrator(client, role, status):
    evaluation = make_case()
    band = evaluation.cycle.instrument.bands.get(code="NINDYA")
    client.force_login(make_user(role, region=evaluation.region))
    typed = {"region": evaluation.region_id, "year": 2025, "band": band.pk, "decree_number": "1/2025",
             "decree_on": "2025-05-01"}  # fmt: skip

    response = client.post(reverse("verification:award"), typed)

    assert (response.status_code, Award.objects.count()) == (status, 1 if status == 302 else 0)


@pytest.mark.parametrize(
    "changed", [{"decree_number": " "}, {"decree_on": "2025-05-21"}, {"decree_on": "x"}, {"year": "2"}]
)
def test_an_award_is_refused_with_what_is_missing(client, changed):
    evaluation = make_case()
    band = evaluation.cycle.instrument.bands.get(code="NINDYA")
    client.force_login(make_user("ADMIN"))
    typed = {
        "region": evaluation.region_id,
        "year": 2025,
        "band": band.pk,
        "decree_number": "1",
        "decree_on": "2025-05-01",
    }

    response = client.post(reverse("verification:award"), {**typed, **changed})

    assert (response.status_code, Award.objects.count()) == (422, 0)


def test_a_draft_has_no_desk(client):
    evaluation = make_evaluation()
    client.force_login(make_user("ADMIN"))

    assert client.get(reverse("verification:desk", args=[evaluation.pk])).status_code in (403, 404)


@pytest.mark.parametrize("judged", [1, 3])
@pytest.mark.parametrize(("page", "count"), [("desk", 10), ("question", 13), ("close", 10)])
def test_the_desk_costs_the_same_for_one_and_three_verdicts(client, page, count, judged):
    evaluation = make_case()
    verifier = make_judge(evaluation)
    for code in ("1.1", "1.2", "2.1")[:judged]:
        judge(evaluation, code, by=verifier)
    client.force_login(verifier)
    address = reverse(f"verification:{page}", args=[evaluation.pk, "1.1"] if page == "question" else [evaluation.pk])
    client.get(address)

    with CaptureQueriesContext(connection) as caught:
        client.get(address)

    assert len([each for each in caught.captured_queries if each["sql"].startswith(("SELECT", "EXECUTE"))]) == count


def test_a_question_opened_by_its_address_offers_the_next_of_its_own_cluster(client):
    evaluation = make_case()
    client.force_login(make_judge(evaluation))

    page = client.get(reverse("verification:question", args=[evaluation.pk, "3.1"])).content.decode()

    assert ("klaster=I" in page, "klaster=K" in page) == (True, False)


def test_table_of_the_question_stands_beside_the_claim_to_be_read(client):
    evaluation = make_evaluation()
    keep(evaluation, [{"mitra": "PT Maju", "anak": "1234.5"}])
    send(evaluation)
    client.force_login(make_judge(evaluation))

    page = client.get(reverse("verification:question", args=[evaluation.pk, "3.2"])).content.decode()

    assert ("PT Maju" in page, "1.234,5" in page, "Simpan matriks" in page) == (True, True, False)
