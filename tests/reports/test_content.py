"""What papers say: the settled rows and nothing else."""

from decimal import Decimal

import pytest

from reports import making
from reports.content import NotSettled, build_brief, build_laporan
from reports.recipes import of_cases
from reports.subjects import Subject
from tests.factories import make_evaluation, send
from tests.reports.cases import closed_case

pytestmark = pytest.mark.django_db


def figures(each):
    return (each.maximum, each.claimed, each.verified, each.difference)


def test_report_says_the_settled_totals_on_three_levels():
    content = build_laporan(closed_case())

    assert figures(content.standing.figures) == tuple(map(Decimal, ("1000.00", "801.00", "800.38", "-0.62")))
    assert [(each.code, *figures(each.figures)) for each in content.clusters] == [
        ("K", *map(Decimal, ("800.00", "650.00", "650.00", "0.00"))),
        ("I", *map(Decimal, ("200.00", "151.00", "150.38", "-0.62"))),
    ]
    assert [figures(each.figures)[1:3] for cluster in content.clusters for each in cluster.indicators] == [
        (Decimal("600.00"), Decimal("600.00")),
        (Decimal("50.00"), Decimal("50.00")),
        (Decimal("151.00"), Decimal("150.38")),
    ]


def test_report_names_every_question_its_reason_and_its_note():
    content = build_laporan(closed_case())

    lines = [line for cluster in content.clusters for each in cluster.indicators for line in each.questions]
    assert [line.code for line in lines] == ["1.1", "1.2", "2.1", "2.2", "3.1", "3.2"]
    assert [(line.code, line.reason, line.note) for line in lines if line.reason] == [
        ("3.1", "Bukti tidak lengkap", "Hanya halaman sampul.")
    ]


def test_parts_of_the_balance_add_up_to_the_difference():
    content = build_laporan(closed_case())

    balance = content.balance
    lost = sum((each.points for each in balance.reasons), Decimal("0.00"))
    assert balance.raised + balance.ceilings - lost == content.standing.figures.difference == Decimal("-0.62")


def test_brief_orders_what_can_be_regained_and_names_who_acts():
    content = build_brief(closed_case())

    tasks = [task for cluster in content.clusters for task in cluster.tasks]
    assert [(task.question.code, task.regainable, task.question.lead) for task in tasks] == [
        ("3.1", Decimal("0.62"), "Dinas Pendidikan")
    ]


def test_content_of_an_open_stage_is_refused():
    evaluation = make_evaluation()
    send(evaluation)

    with pytest.raises(NotSettled):
        build_laporan(evaluation)


def test_fingerprint_is_equal_for_equal_rows_and_differs_for_each_paper():
    evaluation = closed_case()

    prints = [making.draft(Subject(evaluation), kind).fingerprint for kind in (*of_cases(), *of_cases())]

    kinds = len(of_cases())
    assert prints[:kinds] == prints[kinds:]
    assert len(set(prints)) == kinds
