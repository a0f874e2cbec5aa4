"""How standings are written: one statement per level, whatever their number."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from decimal import Decimal

from django.db import connection

from clusters.scoring import Score
from clusters.stages import Stage

WholeRow = tuple[int, Decimal, Decimal, str, int]  # evaluation pk, total, maximum, code of the tier, answered

# An array per column, as text: one parameter of 16,000 figures costs a thousandth of 16,000 parameters.
RESULTS = """
INSERT INTO evaluations_stageresult (evaluation_id, stage, total, maximum, tier, answered, settled_at)
SELECT evaluation_id, %s, total, maximum, tier, answered, %s
FROM unnest(%s::bigint[], %s::numeric[], %s::numeric[], %s::text[], %s::smallint[])
    AS row (evaluation_id, total, maximum, tier, answered)
ON CONFLICT (evaluation_id, stage) DO UPDATE SET total = excluded.total, maximum = excluded.maximum,
    tier = excluded.tier, answered = excluded.answered, settled_at = excluded.settled_at
    WHERE evaluations_stageresult.frozen_at IS NULL
RETURNING evaluation_id, id
"""
# Rows that say already what they should are not written again.
CLUSTERS = """
INSERT INTO evaluations_clusterresult AS old (result_id, cluster_id, points, answered) {rows}
ON CONFLICT (result_id, cluster_id) DO UPDATE SET points = excluded.points, answered = excluded.answered
    WHERE old.points <> excluded.points OR old.answered <> excluded.answered
"""
INDICATORS = """
INSERT INTO evaluations_indicatorresult AS old (result_id, indicator_id, points, surplus) {rows}
ON CONFLICT (result_id, indicator_id) DO UPDATE SET points = excluded.points, surplus = excluded.surplus
    WHERE old.points <> excluded.points OR old.surplus <> excluded.surplus
"""
ARRAYS = "SELECT * FROM unnest(%s::bigint[], %s::bigint[], %s::numeric[], %s::numeric[])"
VALUES = "VALUES (%s, %s, %s, %s)"


def write_results(rows: Sequence[WholeRow], stage: Stage, at: datetime) -> list[tuple[int, int]]:
    """Write the totals on PostgreSQL; (evaluation pk, result pk) of all but those with a frozen result."""
    with connection.cursor() as cursor:
        cursor.execute(RESULTS, [stage.value, at, *_columns(rows)])
        return list(cursor.fetchall())


def write_levels(scores: Sequence[tuple[int, Score]]) -> None:
    """Write clusters and indicators of each result (by its pk) on either database; two statements."""
    clusters = [(result, cluster) for result, score in scores for cluster in score.clusters]
    _put(CLUSTERS, [(result, each.rule.pk, each.points, each.answered) for result, each in clusters])
    _put(
        INDICATORS,
        [
            (result, each.rule.pk, each.points, each.surplus)
            for result, cluster in clusters
            for each in cluster.indicators
        ],
    )


def _put(statement: str, rows: Sequence[tuple[int, int, Decimal, Decimal | int]]) -> None:
    if not rows:
        return
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute(statement.format(rows=ARRAYS), _columns(rows))
        else:
            texts = [(result, place, str(points), str(other)) for result, place, points, other in rows]
            cursor.executemany(statement.format(rows=VALUES), texts)


def _columns(rows: Iterable[tuple[object, ...]]) -> list[str]:
    """Rows as one array literal per column: numbers and codes of tiers, of which only the empty one needs quoting."""
    return ["{" + ",".join(str(value) or '""' for value in column) + "}" for column in zip(*rows, strict=True)]
