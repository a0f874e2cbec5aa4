"""A province's board and the whole country's, against the same bytes after one query."""

from datetime import timedelta
from decimal import Decimal

from django.db import connection, transaction
from django.urls import reverse
from django.utils import timezone

from accounts.models import Region, User
from evaluations.models import Evaluation, StageResult
from tests.bench import limits, timing
from tests.bench.pages import client_of
from tests.bench.table import Fact, Row, shown
from verification.models import Assignment

BOUND, MOST = 20, 16
ROUNDS, CALLS = 11, 3


def measure(world):
    """Rows of both boards and facts of the pages beside them; what is settled for them is rolled back."""
    admin = User.objects.get(username="admin")
    with transaction.atomic():
        _settle(world)
        rows = [
            _row("province board, 13 regions", world.verifier, reverse("verification:board"), "papan-13"),
            _row("national board, {} regions", admin, reverse("verification:board"), "papan-514"),
        ]
        facts = [_fact(name, world.verifier) for name in ("loads", "losses")]
        transaction.set_rollback(True)
    return rows, facts


def _settle(world):
    """Every evaluation sent and verified, with a verifier, as after a whole cycle."""
    now, admin = timezone.now(), User.objects.get(username="admin")
    cases = Evaluation.objects.filter(cycle=world.judged.cycle, submitted_at__isnull=True)
    keys = list(cases.values_list("pk", flat=True))
    cases.update(stage="VA", submitted_at=now, submitted_by=admin)
    StageResult.objects.filter(evaluation__in=keys).delete()
    StageResult.objects.bulk_create(
        StageResult(
            evaluation_id=pk, stage=stage, total=Decimal(900 - pk % 300 - step * 120), maximum=1000, tier="",
            answered=274 - step * (pk % 274), settled_at=now, frozen_at=None if step else now - timedelta(days=9),
        )
        for pk in keys
        for step, stage in enumerate(("EM", "VA"))
    )  # fmt: skip
    Assignment.objects.bulk_create(
        [
            Assignment(evaluation_id=pk, stage="VA", verifier=world.verifier, assigned_at=now, assigned_by=admin)
            for pk in keys
        ],
        ignore_conflicts=True,
    )


def _row(work, user, address, key):
    client, limit = client_of(user), reverse("limit_page", args=[0, key])
    response = client.get(address)
    assert response.status_code == 200, response.status_code
    limits.READY[0, key] = response.content
    assert client.get(limit).content == response.content
    cost = timing.in_turn(
        {"ours": lambda: client.get(address), "limit": lambda: client.get(limit)}, rounds=ROUNDS, calls=CALLS
    )  # fmt: skip
    return Row(
        work.format(Region.objects.count()), connection.vendor, "CPU in-process", cost["ours"].app, cost["limit"].app,
        BOUND, statements=timing.statements(lambda: client.get(address)), most_statements=MOST,
    )  # fmt: skip


def _fact(name, user):
    client, address = client_of(user), reverse(f"verification:{name}")
    assert client.get(address).status_code == 200
    count = timing.statements(lambda: client.get(address))
    cost = timing.in_turn({"page": lambda: client.get(address)}, rounds=5)["page"]
    words = {"loads": "verifiers' load and pace", "losses": "where a province's points went"}[name]
    return Fact(f"{words}, {connection.vendor}", f"{shown(cost.app)} CPU in-process, {count} statements")
