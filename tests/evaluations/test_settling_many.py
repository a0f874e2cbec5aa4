"""Settling everybody at once: row for row what settling one by one writes, and nothing frozen moves."""

from datetime import timedelta
from decimal import Decimal
from random import Random

import pytest
from django.core.management import CommandError, call_command
from django.db import connection

from evaluations import scores, settling_many
from evaluations.models import Answer, ClusterResult, Evaluation, IndicatorResult, StageResult
from tests.factories import NOW, make_cycle, make_evaluation, make_region, make_user
from verification.models import Verdict

pytestmark = pytest.mark.django_db
LATER = NOW + timedelta(days=1)
COLUMNS = ("evaluation", "total", "maximum", "tier", "answered", "settled_at", "frozen_at")


def stored(stage):
    """All three levels as plain rows, in an order of their own."""
    mine = {"result__stage": stage}
    return (
        list(StageResult.objects.filter(stage=stage).order_by("evaluation").values_list(*COLUMNS)),
        list(
            ClusterResult.objects.filter(**mine)
            .order_by("result__evaluation", "cluster")
            .values_list("result__evaluation", "cluster__code", "points", "answered")
        ),
        list(
            IndicatorResult.objects.filter(**mine)
            .order_by("result__evaluation", "indicator")
            .values_list("result__evaluation", "indicator__code", "points", "surplus")
        ),
    )


def answer_by_chance(evaluation, rng):
    """Free points for some questions, to the hundredth, so that sums and ceilings are not round."""
    for answer in Answer.objects.filter(evaluation=evaluation).select_related("question"):
        if rng.random() < 0.2:
            continue
        points = Decimal(rng.randint(int(answer.question.maximum * 60), int(answer.question.maximum * 100))) / 100
        Answer.objects.filter(pk=answer.pk).update(
            kind="FREE", points=points, reason="Uji", version=answer.version + 1, saved_at=NOW
        )


def judge_by_chance(evaluation, verifier, rng):
    """Verdicts of VA on some answers; some of them lower."""
    for answer in Answer.objects.filter(evaluation=evaluation, points__isnull=False):
        if rng.random() < 0.4:
            continue
        lowered = (answer.points * rng.randint(0, 100) / 100).quantize(Decimal("0.01"))
        Verdict.objects.create(
            answer=answer, stage="VA", decision="POINTS", points=lowered, before_points=answer.points,
            reason="INCOMPLETE", version=1, given_at=NOW, given_by=verifier,
        )  # fmt: skip


@pytest.fixture
def many(monkeypatch):
    """Nine evaluations in all states, settled in chunks of four."""
    monkeypatch.setattr(settling_many, "CHUNK", 4)
    rng, cycle, verifier = Random(274), make_cycle(), make_user("VERIFIER")
    evaluations = [make_evaluation(make_region(f"63.{place:02}", f"Daerah {place}"), cycle) for place in range(1, 10)]
    for place, evaluation in enumerate(evaluations):
        if place:  # the first stays empty
            answer_by_chance(evaluation, rng)
        if place > 3:
            Evaluation.objects.filter(pk=evaluation.pk).update(stage="VA", submitted_at=NOW, submitted_by=verifier)
            judge_by_chance(evaluation, verifier, rng)
    return [evaluation.pk for evaluation in evaluations]


@pytest.mark.parametrize("stage", ["EM", "VA"])
@pytest.mark.parametrize("known", [0, 5, 9])
def test_settle_many_writes_what_settle_writes(many, stage, known):
    for evaluation in Evaluation.objects.filter(pk__in=many):
        scores.settle(evaluation, stage, at=LATER)
    expected = stored(stage)
    StageResult.objects.filter(evaluation__in=many[known:]).delete()
    StageResult.objects.update(total=1, tier="KLA", settled_at=NOW)
    ClusterResult.objects.update(points=1)
    IndicatorResult.objects.update(surplus=1)

    settled = settling_many.settle_many(iter(many), stage, at=LATER)

    assert settled == 9
    assert stored(stage) == expected


def test_settle_many_leaves_frozen_results_alone(many):
    frozen = Evaluation.objects.get(pk=many[5])
    scores.settle(frozen, "EM", at=NOW, freeze=True)
    before = [[row for row in level if row[0] == frozen.pk] for level in stored("EM")]
    Answer.objects.filter(evaluation=frozen, points__isnull=False).update(points=0)

    settled = settling_many.settle_many(many, "EM", at=LATER)

    assert settled == 8
    assert [[row for row in level if row[0] == frozen.pk] for level in stored("EM")] == before


@pytest.mark.skipif(connection.vendor != "postgresql", reason="SQLite settles one after the other")
@pytest.mark.parametrize(("stage", "statements"), [("EM", 8), ("VA", 9)])
def test_settle_many_asks_as_often_for_one_as_for_many(many, django_assert_num_queries, stage, statements):
    settling_many.settle_many(many, stage, at=NOW)
    for ids in (many[8:], many[5:]):
        with django_assert_num_queries(statements):
            settling_many.settle_many(ids, stage, at=LATER)


def test_settle_command_settles_a_cycle(many, capsys):
    call_command("settle", cycle="2024", stage="EM")

    assert StageResult.objects.filter(stage="EM").count() == 9
    assert capsys.readouterr().out == "9 dari 9 evaluasi dihitung ulang pada tahap EM.\n"


@pytest.mark.parametrize(
    ("cycle", "stage", "sentence"),
    [("1999", "EM", "Siklus 1999 tidak ada."), ("2024", "TI", "Siklus 2024 tidak memakai tahap TI.")],
)
def test_settle_command_refuses(many, cycle, stage, sentence):
    with pytest.raises(CommandError) as refusal:
        call_command("settle", cycle=cycle, stage=stage)

    assert str(refusal.value) == sentence
    assert StageResult.objects.count() == 0


def test_settle_many_is_tested_where_a_ceiling_cuts(many):
    settling_many.settle_many(many, "EM", at=NOW)

    assert IndicatorResult.objects.filter(surplus__gt=0).exists()
