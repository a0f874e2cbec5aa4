"""A figure of the ministry put right after its stage was closed: settled anew, told, its papers superseded."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from accounts.models import AuditEvent
from clusters.models import Indicator
from evaluations.models import Evidence, StageFigure, StageResult
from notices.models import Notice
from tests.evaluations.evidence import good_files
from tests.factories import NOW, make_user
from tests.verification.corrections.test_correcting import _world, paper  # noqa: F401 - the clock, and the files
from tests.verification.factories import close, make_case
from verification.actions import Refusal
from verification.corrections import actions, figures
from verification.figures.actions import EnteredMeanwhile, FigureOutOfRange, enter, mark_of
from verification.models import Correction

pytestmark = pytest.mark.django_db

BASIS = actions.Basis("Surat ralat kementerian.", "", "B/9/2025", date(2025, 5, 19))


@pytest.fixture
def case():
    """1000 claimed, the ministry says 170 of 300 for indicator 2 and gave its source; the stage is closed."""
    evaluation, admin = make_case(stages=("EM", "VF")), make_user("ADMIN")
    given = {indicator(evaluation).pk: Decimal("170.00")}
    enter(evaluation=evaluation, figures=given, source="Surat B-7", seen="0-0", by=admin, at=NOW)
    close(evaluation, "VF", by=admin, confirmed=6)
    evaluation.refresh_from_db()
    return evaluation, admin


def indicator(evaluation):
    return Indicator.objects.get(cluster__instrument=evaluation.cycle.instrument, code="2")


def correct(evaluation, admin, points="180.00", *, of="2", seen=None, basis=BASIS):
    which = indicator(evaluation) if of == "2" else None
    return figures.correct(
        evaluation=evaluation, indicator=which, seen=seen or mark_of(evaluation, "VF"), points=Decimal(points),
        basis=basis, upload=paper(), by=admin, at=NOW,
    )  # fmt: skip


def total(evaluation):
    return StageResult.objects.get(evaluation=evaluation, stage="VF").total


def test_an_indicator_and_the_total_are_put_right_with_what_stood_before(case):
    evaluation, admin = case
    operator, before = make_user("OPERATOR", region=evaluation.region), total(evaluation)

    first = correct(evaluation, admin)
    between = total(evaluation)
    second = correct(evaluation, admin, "900.50", of="total")

    assert (between - before, total(evaluation)) == (Decimal("10.00"), Decimal("900.50"))
    assert first.totals == {"VF": [str(before), str(between)]}
    assert (first.old_points, second.old_points) == (Decimal("170.00"), between)
    sources = StageFigure.objects.values_list("indicator__code", "source")
    assert sorted(sources, key=str) == [("2", "Koreksi, B/9/2025"), (None, "Koreksi, B/9/2025")]
    assert StageResult.objects.get(evaluation=evaluation, stage="VF").frozen_at == NOW
    assert AuditEvent.objects.filter(action="figures.corrected").count() == 2
    told = Notice.objects.filter(user=operator, kind="CORRECTED").order_by("pk").values_list("text", flat=True)
    assert [text.split(" pada ")[0] for text in told] == ["Angka indikator 2", "Angka total"]


@pytest.mark.parametrize(
    ("options", "refusal"),
    [
        ({"points": "170.00"}, actions.NothingChanges),
        ({"points": "99999.00"}, FigureOutOfRange),
        ({"points": "-1"}, FigureOutOfRange),
        ({"points": "1.234"}, FigureOutOfRange),
        ({"seen": "7-7"}, EnteredMeanwhile),
        ({"basis": replace(BASIS, number=" ")}, actions.WordsMissing),
    ],
)
def test_what_is_wrong_changes_nothing(case, options, refusal):
    evaluation, admin = case
    before = (total(evaluation), mark_of(evaluation, "VF"))

    with pytest.raises(refusal):
        correct(evaluation, admin, **options)

    assert (total(evaluation), mark_of(evaluation, "VF")) == before
    assert (Correction.objects.count(), Evidence.objects.count()) == (0, 0)


def test_a_stage_that_runs_is_not_corrected():
    evaluation = make_case(stages=("EM", "VF"))
    with pytest.raises(Refusal, match="sudah ditutup"):
        correct(evaluation, make_user("ADMIN"))


def test_the_administrator_finds_the_form_and_everybody_reads_what_became_of_it(client, case):
    evaluation, admin = case
    client.force_login(admin)
    index, form = (reverse(f"verification:{name}", args=[evaluation.pk, *more])
                   for name, more in (("corrections", []), ("correct_figure", ["2"])))  # fmt: skip
    sent = {"seen": mark_of(evaluation, "VF"), "points": "180,00", "reason": "Ralat.", "number": "B/9", "selesai": "1",
            "on": "2025-05-19"}  # fmt: skip

    entry = client.get(reverse("verification:figures", args=[evaluation.pk])).content.decode()
    asked = client.get(index, {"angka": "2"})
    empty = client.post(form, sent)
    upload = SimpleUploadedFile("surat.pdf", good_files.pdf())
    done = client.post(form, {**sent, "berkas": upload})
    nonsense = [client.get(index, {"angka": "a/b"}).status_code, client.get(form.replace("/2/", "/99/")).status_code]

    assert f'href="{index}"' in entry
    assert (asked.url, empty.status_code, done.status_code, nonsense) == (form, 422, 302, [200, 404])
    client.force_login(make_user("OPERATOR", region=evaluation.region))
    page = client.get(index).content.decode()
    assert ("Angka indikator 2" in page, "180,00" in page, client.get(form).status_code) == (True, True, 403)
