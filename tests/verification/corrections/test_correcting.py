"""Corrections after closing: results settled anew in one go, what was there before kept, everybody told."""

from datetime import date
from decimal import Decimal

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from accounts.models import AuditEvent
from evaluations.models import Evidence, StageResult
from notices.models import Notice
from tests.evaluations.evidence import good_files
from tests.factories import NOW, make_region, make_user
from tests.verification.factories import answer_of, close, judge, make_case, make_judge
from verification.corrections import actions
from verification.models import Correction, Verdict

pytestmark = pytest.mark.django_db

TOTALS = {"EM": "1000.00", "VA": "900.00", "VL": "870.00"}


@pytest.fixture(autouse=True)
def _world(monkeypatch, settings, tmp_path):
    """The clock stands, and files of one test never meet those of another."""
    monkeypatch.setattr("django.utils.timezone.now", lambda: NOW)
    options = {"location": str(tmp_path / "files"), "file_permissions_mode": 0o640}
    settings.STORAGES = {**settings.STORAGES, "default": {**settings.STORAGES["default"], "OPTIONS": options}}


@pytest.fixture
def case():
    """VA took 100 of 1.1; VL accepted that, and took 30 of 2.1. Both are closed."""
    evaluation = make_case(stages=("EM", "VA", "VL"))
    verifier = make_judge(evaluation)
    make_judge(evaluation, "VL")
    judge(evaluation, "1.1", Decimal("300.00"), by=verifier, reason="INCOMPLETE")
    close(evaluation, by=verifier, confirmed=5)
    judge(evaluation, "1.1", by=verifier, stage="VL")
    judge(evaluation, "2.1", Decimal("70.00"), by=verifier, stage="VL", reason="WRONG_YEAR")
    close(evaluation, "VL", by=verifier, confirmed=4)
    return evaluation, make_user("ADMIN")


def paper(content=None, name="putusan.pdf"):
    return SimpleUploadedFile(name, content or good_files.pdf())


def correct(evaluation, admin, points="350.00", *, stage="VA", code="1.1", version=1, upload=None, **basis):
    said = {"reason": "Bukti asli ditemukan.", "cause": "INCOMPLETE", "number": "B/12/2025", "on": date(2025, 5, 19)}
    return actions.correct(
        answer=answer_of(evaluation, code), stage=stage, version=version, points=Decimal(points),
        basis=actions.Basis(**said | basis), upload=upload or paper(), by=admin, at=NOW,
    )  # fmt: skip


def totals(evaluation):
    return {each.stage: str(each.total) for each in StageResult.objects.filter(evaluation=evaluation)}


def test_the_stage_and_those_that_carry_the_question_on_are_settled_anew(case):
    evaluation, admin = case
    before = totals(evaluation)
    operator = make_user("OPERATOR", region=evaluation.region)

    correction = correct(evaluation, admin)

    assert (before, totals(evaluation)) == (TOTALS, TOTALS | {"VA": "950.00", "VL": "920.00"})
    assert correction.totals == {"VA": ["900.00", "950.00"], "VL": ["870.00", "920.00"]}
    assert not StageResult.objects.filter(frozen_at=None).exists()
    now = Verdict.objects.current().filter(answer__question__code="1.1").order_by("stage")
    assert [(each.stage, each.version, str(each.points), each.reason) for each in now] == [
        ("VA", 2, "350.00", "INCOMPLETE"), ("VL", 2, "350.00", "")
    ]  # fmt: skip
    event = AuditEvent.objects.get(action="verdict.corrected")
    assert (event.details["points"], event.details["document"]) == (["300.00", "350.00"], "B/12/2025")
    told = Notice.objects.get(kind="CORRECTED", user=operator).text
    assert told.endswith("dikoreksi: 300,00 menjadi 350,00, dokumen B/12/2025.")
    assert Notice.objects.filter(kind="CORRECTED", user__role="VERIFIER").exists()


@pytest.mark.parametrize(
    ("given", "refusal"),
    [
        ({"points": "400.01"}, actions.PointsOutOfRange),
        ({"points": "1.005"}, actions.PointsOutOfRange),
        ({"points": "300.00"}, actions.NothingChanges),
        ({"cause": ""}, actions.ReasonNeeded),
        ({"number": " "}, actions.WordsMissing),
        ({"version": 0}, actions.Conflict),
        ({"stage": "EM"}, actions.NotClosed),
    ],
)
def test_what_is_wrong_changes_nothing(case, given, refusal):
    evaluation, admin = case

    with pytest.raises(refusal):
        correct(evaluation, admin, **given)

    assert (totals(evaluation), Correction.objects.count(), Evidence.objects.count()) == (TOTALS, 0, 0)


def test_a_correction_comes_through_the_form_with_its_pdf(case, client):
    evaluation, admin = case
    client.force_login(admin)
    address = reverse("verification:correct", args=[evaluation.pk, "VA", "1.1"])
    given = {"version": 1, "points": "350,00", "cause": "INCOMPLETE", "reason": "Bukti asli.", "number": "B/12/2025"}
    given |= {"on": "2025-05-19", "selesai": "1"}
    tries = [{"berkas": paper(b"x" * 9, "a.pdf")}, {"berkas": paper(good_files.picture(), "a.pdf")}, {}]

    statuses = [client.post(address, {**given, **each}).status_code for each in tries]
    statuses.append(client.post(address, {**given, "on": "2031-01-01", "berkas": paper()}).status_code)
    untouched = totals(evaluation)
    statuses.append(client.post(address, {**given, "berkas": paper()}).status_code)

    assert (statuses, untouched) == ([409, 409, 422, 422, 302], TOTALS)
    document = reverse("verification:correction_document", args=[evaluation.pk, Correction.objects.get().pk])
    taken = {}
    for role, code in (("OPERATOR", "63.10"), ("VERIFIER", "63.10"), ("OPERATOR", "63.05")):
        client.force_login(make_user(role, region=make_region(code)))
        taken[role, code] = client.get(document).status_code
    assert taken == {("OPERATOR", "63.10"): 200, ("VERIFIER", "63.10"): 200, ("OPERATOR", "63.05"): 404}
    assert AuditEvent.objects.filter(action="evidence.downloaded").count() == 2
