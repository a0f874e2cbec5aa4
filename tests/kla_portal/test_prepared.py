"""Statements that are written once: constants stay, places change, rows are written as Django writes them."""

from datetime import UTC, datetime
from decimal import Decimal

import pytest
from django.db import connection, transaction
from django.db.models import Value

from accounts.models import AuditChain, AuditEvent, Province, Region
from kla_portal.prepared import WORD, Insert, Prepared, PreparedObjects, Statement, Together, Update, Values, keys

pytestmark = pytest.mark.django_db


@pytest.fixture
def regions():
    province = Province.objects.create(code="63", name="Kalimantan 100% Selatan")
    return [Region.objects.create(code=f"63.0{n}", name=f"Daerah {n}", province=province) for n in (1, 2)]


def test_places_change_and_constants_stay(regions):
    asked = Prepared(
        lambda pk, code: (
            Region.objects.filter(pk=pk, code=code, province__name__contains="100%")
            .annotate(five=Value(5), said=Value("50 %s"))
            .values_list("name", "five", "said")
        ),
        *keys(1),
        WORD,
    )
    first, second = regions

    found = [
        [tuple(row) for row in asked.rows(*each)]
        for each in ((first.pk, "63.01"), (second.pk, "63.02"), (first.pk, "63.02"))
    ]

    assert found == [[("Daerah 1", 5, "50 %s")], [("Daerah 2", 5, "50 %s")], []]


def test_text_that_looks_like_sql_is_a_text(regions):
    asked = Prepared(lambda name: Region.objects.filter(name=name).values_list("code"), WORD)
    Region.objects.filter(code="63.02").update(name="'; DROP TABLE accounts_region; --")

    assert asked.rows("'; DROP TABLE accounts_region; --") == [("63.02",)]
    assert Region.objects.count() == 2


def test_objects_bring_what_was_selected_beside_them(regions, django_assert_num_queries):
    one = PreparedObjects[Region](
        lambda pk: Region.objects.select_related("province").annotate(half=Value(Decimal("0.50"))).filter(pk=pk)
    )
    one.first(regions[0].pk)

    with django_assert_num_queries(1):
        found = one.first(regions[1].pk)
        read = (found, found.province.name, found.half)

    assert read == (regions[1], "Kalimantan 100% Selatan", Decimal("0.50"))
    assert (one.first(0), one.all(regions[0].pk)) == (None, [regions[0]])


def test_row_is_written_as_django_would(regions):
    chain, at = AuditChain.objects.create(region=regions[0]), datetime(2026, 11, 24, 8, 30, 0, 123456, UTC)
    said = {"chain_id": chain.pk, "sequence": 1, "at": at, "by_id": None, "action": "uji", "subject": "100%",
            "details": {"titik": "50 %s"}, "previous": "", "fingerprint": "a"}  # fmt: skip

    pk = Insert(AuditEvent, *said).run(**said)
    changed = Update(AuditChain, "sequence", "head", where="id = %s").run(chain.pk, sequence=1, head="a")
    again = Update(AuditChain, "head", where="id = %s AND sequence = %s", also="sequence = sequence + 1")
    moved = [again.run(chain.pk, 1, head="b"), again.run(chain.pk, 1, head="c")]

    found = AuditEvent.objects.get(pk=pk)
    assert {name: getattr(found, name) for name in said} == said
    chain.refresh_from_db()
    assert (changed, moved, chain.sequence, chain.head) == (1, [1, 0], 2, "b")


def test_rows_are_written_together_or_not_at_all(regions, django_assert_num_queries):
    first, second = (AuditChain.objects.create(region=region) for region in regions)
    said = {"chain_id": second.pk, "at": datetime(2026, 11, 24, 8, 30, 0, 0, UTC), "by_id": None, "action": "uji",
            "subject": "x", "details": {"a": ["1", None]}, "previous": "", "fingerprint": "a"}  # fmt: skip
    told = Together(
        Update(AuditChain, "head", where="id = %s AND sequence = %s", also="sequence = sequence + 1"),
        Update(AuditChain, "head", where="id = %s"),
        Insert(AuditEvent, "sequence", *said),
    )

    def run(place):
        return told.run(
            Values({"head": f"a{place}"}, (first.pk, 0)), Values({"head": f"b{place}"}, (second.pk,)),
            Values({**said, "sequence": place}),
        )  # fmt: skip

    with django_assert_num_queries(1 if connection.vendor == "postgresql" else 3):
        written = run(1)
    found = [written, run(2)]

    assert found == [AuditEvent.objects.get().pk, None]
    heads = AuditChain.objects.order_by("pk").values_list("sequence", "head")
    assert (list(heads), AuditEvent.objects.get().details) == ([(1, "a1"), (0, "b1")], {"a": ["1", None]})


def test_row_that_is_there_already_is_changed_instead(regions):
    province = regions[0].province
    added = Insert(Province, "code", "name", otherwise="ON CONFLICT (code) DO UPDATE SET name = excluded.name")

    found = [added.run(code="63", name="Baru"), added.run(code="64", name="Lain")]

    rows = list(Province.objects.filter(code__in=["63", "64"]).order_by("code").values_list("pk", "name"))
    assert (found[0], rows) == (province.pk, [(province.pk, "Baru"), (found[1], "Lain")])


def test_statement_survives_a_transaction_that_is_taken_back(regions):
    asked = Statement("SELECT count(*) FROM accounts_region WHERE code = %s AND name LIKE 'Daerah%%'")

    with transaction.atomic():
        with asked.run(["63.01"]) as cursor:
            before = cursor.fetchone()[0]
        transaction.set_rollback(True)

    with asked.run(["63.02"]) as cursor:
        assert (before, cursor.fetchone()[0]) == (1, 1)


@pytest.mark.skipif(connection.vendor != "postgresql", reason="plans are kept by PostgreSQL")
def test_plan_is_made_once_in_a_connection(regions):
    asked = Statement("SELECT name FROM accounts_region WHERE code = %s")
    for code in ("63.01", "63.02", "63.01"):
        asked.run([code]).close()

    with connection.cursor() as cursor:
        cursor.execute("SELECT generic_plans + custom_plans FROM pg_prepared_statements WHERE name = %s", [asked._name])
        assert cursor.fetchall() == [(3,)]
