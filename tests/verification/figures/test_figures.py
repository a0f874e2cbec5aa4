"""Figures of the ministry: in place of a sum, said on every level, previewed, with their source in the recap."""

from decimal import Decimal

import pytest
from django.urls import reverse

from accounts.models import AuditEvent
from clusters.rulebook import edition_of
from clusters.scoring import score
from evaluations import scores
from evaluations.models import StageFigure, StageResult
from tests.factories import NOW, make_user
from tests.verification.factories import close, judge, make_case
from verification import actions as judging
from verification import recap
from verification.figures import actions

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _clock(monkeypatch):
    monkeypatch.setattr("django.utils.timezone.now", lambda: NOW)


@pytest.fixture
def case():
    """At the ministry's stage, 1000 claimed, 1.2 judged 150 of 200."""
    evaluation, admin = make_case(stages=("EM", "VF")), make_user("ADMIN")
    judge(evaluation, "1.2", Decimal("150.00"), by=admin, stage="VF", reason="WRONG_YEAR")
    return evaluation, admin


def indicators(evaluation):
    book = edition_of(evaluation.cycle.instrument).book
    return {rule.code: rule.pk for cluster in book.clusters for rule in cluster.indicators}


def enter(evaluation, admin, figures, *, source="Surat B-7", seen="0-0"):
    actions.enter(evaluation=evaluation, figures=figures, source=source, seen=seen, by=admin, at=NOW)


def test_a_figure_stands_in_for_a_sum_and_says_so():
    evaluation = make_case(stages=("EM", "VF"))
    book, keys = edition_of(evaluation.cycle.instrument).book, indicators(evaluation)
    best = [Decimal(each) for each in ("400", "200", "100", "100", "150", "100")]

    found = score(book, best, {keys["1"]: Decimal("500.00"), None: Decimal("880.00")})

    first, second = found.clusters
    assert (found.total, found.own_total, found.is_outside) == (Decimal(880), Decimal(900), True)
    assert (first.is_outside, second.is_outside) == (True, False)
    assert (first.indicators[0].points, first.indicators[0].surplus) == (Decimal(500), Decimal(100))


def test_settled_and_told_with_the_source(case):
    evaluation, admin = case
    keys = indicators(evaluation)
    enter(evaluation, admin, {keys["2"]: Decimal("170.00"), None: Decimal("880.00")})
    enter(evaluation, admin, {keys["2"]: Decimal("170.00"), None: Decimal("880.00")}, seen="old")  # the same again

    close(evaluation, "VF", by=admin, confirmed=5)

    evaluation.refresh_from_db()
    found = recap.build(admin, evaluation)
    assert StageResult.objects.get(stage="VF").total == Decimal("880.00")
    assert [(each.source, each.total, each.indicators) for each in found.sources] == [
        ("Surat B-7", Decimal("880.00"), ("2",))
    ]
    assert {part.label: part.amount for part in found.by_reason} == {
        "Tahun di luar periode": Decimal("-50.00"), "Angka dari luar portal": Decimal("-70.00")
    }  # fmt: skip
    assert sum(part.amount for part in found.by_cluster) == found.figures.change == Decimal("-120.00")
    assert AuditEvent.objects.filter(action="figures.entered").count() == 1


@pytest.mark.parametrize(
    ("figures", "options", "refusal"),
    [
        ({None: Decimal("1000.01")}, {}, actions.FigureOutOfRange),
        ({None: Decimal("1.005")}, {}, actions.FigureOutOfRange),
        ({10**9: Decimal(1)}, {}, actions.FigureOutOfRange),
        ({None: Decimal(800)}, {"source": " "}, actions.SourceMissing),
        ({None: Decimal(800)}, {"seen": "7-1"}, actions.EnteredMeanwhile),
    ],
)
def test_what_is_wrong_is_refused(case, figures, options, refusal):
    evaluation, admin = case
    with pytest.raises(refusal):
        enter(evaluation, admin, figures, **options)
    assert StageFigure.objects.count() == 0


def test_a_preview_saves_nothing_and_the_save_leads_to_the_recap(case, client):
    evaluation, admin = case
    client.force_login(admin)
    page = reverse("verification:figures", args=[evaluation.pk])
    given = {"total": "880,00", "source": "Surat B-7", "seen": "0-0"}

    preview = client.post(page, given).content.decode()
    before = StageFigure.objects.count()
    wrong = client.post(page, given | {"total": "1.000,01", "simpan": "1"}).status_code
    saved = client.post(page, given | {"simpan": "1"}).status_code

    assert ("880,00" in preview, before, wrong, saved, StageFigure.objects.count()) == (True, 0, 422, 302, 1)
    scores.settle(evaluation, "VF", at=NOW, freeze=True)
    assert "menurut Surat B-7" in client.get(reverse("verification:recap", args=[evaluation.pk])).content.decode()


@pytest.mark.parametrize(
    "used", [("EM", "VA"), ("EM", "VL"), ("EM", "VF"), ("EM", "VA", "VL", "VF"), ("EM", "TI", "VA", "VF"), ("EM",)]
)
def test_every_choice_of_stages_runs_to_its_end(used):
    evaluation, admin = make_case(stages=used), make_user("ADMIN")
    for stage in [each for each in used if each not in ("EM", "TI")]:
        judge(evaluation, "1.1", Decimal("390.00"), by=admin, stage=stage, reason="INCOMPLETE")
        close(evaluation, stage, by=admin, confirmed=5)

    evaluation.refresh_from_db()
    last = [each for each in used if each != "TI"][-1]
    total = StageResult.objects.get(stage=last).total
    assert (evaluation.stage, total) == ("", Decimal("1000.00") if last == "EM" else Decimal("990.00"))
    if last != "EM":
        with pytest.raises((judging.AlreadyClosed, judging.StageClosed)):
            close(evaluation, last, by=admin)
        with pytest.raises(judging.StageClosed):
            judge(evaluation, "1.1", by=admin, stage=last, version=1)
