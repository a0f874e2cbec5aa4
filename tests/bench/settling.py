"""Rows 3 and 4: one standing and all standings against one aggregate over the same rows."""

import gc
import json
import subprocess
import sys
from pathlib import Path

from django.db import connection
from django.utils import timezone

from clusters.stages import Stage
from evaluations import scores, settling_many
from evaluations.models import Evaluation, StageResult
from tests.bench import limits, timing, world
from tests.bench.table import Fact, Row

COUNTED = "CPU app + database"
FLAT_KB = 8 * 1024


def one(case):
    """Row 3, for claims alone and for claims with verdicts over them; SQLite's own limit is shown, not promised."""
    found, bound = [], 10
    for stage, evaluation in ((Stage.EM, case.open), (Stage.VA, case.half_judged)):
        works = {
            "ours": lambda evaluation=evaluation, stage=stage: scores.settle(evaluation, stage, at=timezone.now()),
            "limit": lambda evaluation=evaluation, stage=stage: limits.aggregate(stage, evaluation.pk),
        }
        cost = timing.in_turn(works, rounds=40)
        found.append(
            Row(
                f"settle {stage} of one evaluation",
                connection.vendor,
                COUNTED,
                cost["ours"].cpu,
                cost["limit"].cpu,
                bound,
                timing.statements(works["ours"]),
                8,
                "0.18 s (the total of 300 requirements)",
            )  # fmt: skip
        )
    return found


def everybody():
    """Row 4: 514 evaluations, first standings and standings that all have moved, and how memory behaves."""
    ids = list(Evaluation.objects.order_by("pk").values_list("pk", flat=True))
    salt = iter(range(1000))
    before = {"moved": lambda: world.move_every_claim(next(salt)), "first": _forget, "stored": _forget}
    cost = timing.in_turn(
        {
            "limit": lambda: limits.aggregate("EM"),
            "moved": lambda: settling_many.settle_many(ids, Stage.EM, at=timezone.now()),
            "first": lambda: settling_many.settle_many(ids, Stage.EM, at=timezone.now()),
            "again": lambda: settling_many.settle_many(ids, Stage.EM, at=timezone.now()),
            "bare": limits.bare_sum,
            "stored": limits.aggregate_stored,
        },
        rounds=4,
        before=before,
    )
    return _rows(f"settle EM of {len(ids)} evaluations x 274 answers", cost), [_memory()]


def _rows(work, cost):
    def beside(words, name, limit, bound=None, column="cpu"):
        counted = COUNTED if column == "cpu" else "wall"
        ours, least = getattr(cost[name], column), getattr(cost[limit], column)
        return Row(f"{work}, {words}", connection.vendor, counted, ours, least, bound)

    return [
        beside("all moved", "moved", "limit", 4),
        beside("all moved", "moved", "limit", 4, "wall"),
        beside("nothing new", "again", "limit", 4),
        beside("20,000 new rows, beside the aggregate stored by SQL", "first", "stored", 4),
        beside("20,000 new rows, beside the aggregate that stores nothing", "first", "limit"),
        beside("all moved, beside a bare SUM per evaluation", "moved", "bare"),
    ]


def _forget():
    StageResult.objects.filter(stage="EM", frozen_at__isnull=True).delete()
    with connection.cursor() as cursor:
        for table in ("stageresult", "clusterresult", "indicatorresult"):
            cursor.execute(f"VACUUM ANALYZE evaluations_{table}")


def _memory():
    """A process of its own, because a peak never goes down."""
    program = "import django; django.setup(); from tests.bench import settling; settling.peaks()"
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    few, many = json.loads(done.stdout)
    return Fact(
        "peak memory of settling 51 and 514 evaluations",
        f"{few / 1024:.1f} MB and {many / 1024:.1f} MB, {(many - few) / 1024:+.1f} MB (at most +{FLAT_KB // 1024})",
        holds=many - few <= FLAT_KB,
    )


def peak_kb():
    """Of this very program: what `getrusage` says begins with the size of the process it was started from."""
    return next(int(line.split()[1]) for line in Path("/proc/self/status").open() if line.startswith("VmHWM"))


def peaks():
    """Print peak resident kB after settling 51 evaluations (twice, to be warm) and then all."""
    ids, found = list(Evaluation.objects.order_by("pk").values_list("pk", flat=True)), []
    for part in (ids[:51], ids[:51], ids):
        settling_many.settle_many(part, Stage.EM, at=timezone.now())
        gc.collect()
        found.append(peak_kb())
    print(json.dumps(found[1:]))
