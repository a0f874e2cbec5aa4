"""What the working paper says before anybody has touched it, and how rows are written."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from accounts.models import AuditEvent
from clusters.models import Indicator
from followup import actions
from followup.actions import Written
from followup.findings import NotReady
from followup.models import PaperRow
from followup.paper import build_content
from tests.factories import NOW
from tests.followup.cases import make_met, operator_of
from tests.verification.factories import make_case

pytestmark = pytest.mark.django_db
MINE = Written("Gugus Tugas dibentuk", "SK belum terbit", "SK 2025", "Dinas Kesehatan", date(2025, 6, 1))


def save(evaluation, written, *, version, code="1", by=None):
    """Store a row of the indicator."""
    indicator = Indicator.objects.select_related("cluster").get(code=code)
    by = by or operator_of(evaluation)
    return actions.save_row(evaluation=evaluation, indicator=indicator, version=version, written=written, by=by, at=NOW)


def test_paper_is_filled_from_verdicts():
    content = build_content(make_met())

    first, _, third = content.rows
    assert (first.done, first.undone, first.needed, first.responsible) == (
        "1.2 Pertanyaan 1.2: Seluruhnya (nilai 200,00)",
        "1.1 Pertanyaan 1.1: Bukti tidak lengkap (nilai 120,00 dari 400,00). Hanya sampul. Tanpa lampiran.",
        "1.1: SK; Foto kegiatan",
        "Dinas Kesehatan",
    )
    assert (third.undone, third.needed) == ("3.1 Pertanyaan 3.1: belum ada nilai", "3.1: SK; Foto kegiatan")
    assert [(each.number, each.claimed, each.judged, each.change) for each in content.rows] == [
        (1, Decimal("600.00"), Decimal("320.00"), Decimal("-280.00")),
        (2, Decimal("200.00"), Decimal("200.00"), Decimal("0.00")),
        (3, Decimal("100.00"), Decimal("100.00"), Decimal("0.00")),
    ]
    assert (content.stage_name, content.claimed, content.judged) == (
        "Verifikasi administrasi", Decimal("900.00"), Decimal("620.00"),
    )  # fmt: skip


def test_what_several_questions_want_is_said_once():
    row = build_content(make_met(lowered=("1.1", "1.2"))).rows[0]

    assert row.needed == "1.1, 1.2: SK; Foto kegiatan"


def test_paper_of_one_cluster_counts_from_one():
    evaluation = make_met()

    content = build_content(evaluation, "I")

    assert [(each.number, each.indicator_code) for each in content.rows] == [(1, "3")]
    assert (content.cluster_name, content.maximum, content.change) == ("Hak Sipil", Decimal("200.00"), Decimal("0.00"))
    with pytest.raises(LookupError):
        build_content(evaluation, "ZZ")


def test_there_is_no_paper_before_a_stage_is_closed():
    evaluation = make_case()

    with pytest.raises(NotReady):
        build_content(evaluation)
    with pytest.raises(NotReady):
        save(evaluation, MINE, version=0)


def test_edited_row_stands_until_it_is_refilled():
    evaluation = make_met()
    proposed = build_content(evaluation).rows[0]
    row = save(evaluation, MINE, version=0)

    edited = build_content(evaluation)
    count = actions.refill(
        evaluation=evaluation, seen={row.indicator_id: row.version}, by=operator_of(evaluation), at=NOW
    )
    again = build_content(evaluation)

    wanted = replace(
        proposed, done=MINE.done, undone=MINE.undone, needed=MINE.needed, responsible=MINE.responsible,
        due_on=MINE.due_on, version=1, is_edited=True,
    )  # fmt: skip
    assert (edited.edited, edited.rows[0], count) == (1, wanted, 1)
    assert (again.edited, again.rows[0]) == (0, replace(proposed, version=2))
    assert PaperRow.objects.filter(done=MINE.done).count() == 1  # kept in the history


def test_same_row_twice_is_stored_once_and_an_old_version_conflicts():
    evaluation = make_met()
    by = operator_of(evaluation)
    events = AuditEvent.objects.count()
    save(evaluation, MINE, version=0, by=by)

    save(evaluation, MINE, version=0, by=by)
    with pytest.raises(actions.Conflict) as conflict:
        save(evaluation, replace(MINE, done="Lain"), version=0, by=by)

    assert conflict.value.current.done == MINE.done
    assert (PaperRow.objects.count(), AuditEvent.objects.count() - events) == (1, 1)


def test_refill_takes_all_or_nothing():
    evaluation = make_met()
    by = operator_of(evaluation)
    first, second = (save(evaluation, MINE, version=0, code=code, by=by) for code in ("1", "2"))
    save(evaluation, replace(MINE, done="Baru"), version=1, code="2", by=by)

    with pytest.raises(actions.Conflict):
        actions.refill(evaluation=evaluation, seen={first.indicator_id: 1, second.indicator_id: 1}, by=by, at=NOW)

    assert PaperRow.objects.current().filter(is_edited=True).count() == 2
