"""How standings of many evaluations are written on PostgreSQL: three statements, whatever their number."""

from collections.abc import Iterable, Mapping
from datetime import datetime

from django.db import connection

from clusters.stages import Stage
from evaluations.scores import StandingAt

# An array per column, as text: one parameter of 16,000 figures costs a thousandth of 16,000 parameters. Rows that
# say already what they should are not written again.
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
CLUSTERS = """
INSERT INTO evaluations_clusterresult AS old (result_id, cluster_id, points, answered)
SELECT * FROM unnest(%s::bigint[], %s::bigint[], %s::numeric[], %s::smallint[])
ON CONFLICT (result_id, cluster_id) DO UPDATE SET points = excluded.points, answered = excluded.answered
    WHERE (old.points, old.answered) IS DISTINCT FROM (excluded.points, excluded.answered)
"""
INDICATORS = """
INSERT INTO evaluations_indicatorresult AS old (result_id, indicator_id, points, surplus)
SELECT * FROM unnest(%s::bigint[], %s::bigint[], %s::numeric[], %s::numeric[])
ON CONFLICT (result_id, indicator_id) DO UPDATE SET points = excluded.points, surplus = excluded.surplus
    WHERE (old.points, old.surplus) IS DISTINCT FROM (excluded.points, excluded.surplus)
"""


def write_many(standings: Mapping[int, StandingAt], stage: Stage, at: datetime) -> None:
    """Write the three levels of each evaluation (by its pk); a frozen result keeps all of its rows."""
    if not standings:
        return
    whole = [(pk, each.score.total, each.score.maximum, each.tier, each.answered) for pk, each in standings.items()]
    with connection.cursor() as cursor:
        cursor.execute(RESULTS, [stage.value, at, *_columns(whole)])
        results = [(result, standings[evaluation].score) for evaluation, result in cursor.fetchall()]
        clusters = [(result, cluster) for result, score in results for cluster in score.clusters]
        cursor.execute(
            CLUSTERS, _columns((result, each.rule.pk, each.points, each.answered) for result, each in clusters)
        )
        cursor.execute(
            INDICATORS,
            _columns(
                (result, each.rule.pk, each.points, each.surplus)
                for result, cluster in clusters
                for each in cluster.indicators
            ),
        )


def _columns(rows: Iterable[tuple[object, ...]]) -> list[str]:
    """Rows as one array literal per column: numbers and codes of tiers, of which only the empty one needs quoting."""
    return ["{" + ",".join(str(value) or '""' for value in column) + "}" for column in zip(*rows, strict=True)]
