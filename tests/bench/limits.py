"""The limits: the least that a page, a save or a settlement can need here, through the same doors."""

from django.contrib.auth.decorators import login_required
from django.db import connection, transaction
from django.http import HttpResponse
from django.views.decorators.http import require_POST, require_safe

READY = {}  # evaluation pk and cluster code -> the bytes of the page, put here by whoever measures

ANSWERS = """
SELECT a.id, a.question_id, a.option_id, a.points, a.version FROM evaluations_answer a
JOIN clusters_question q ON q.id = a.question_id
JOIN clusters_indicator i ON i.id = q.indicator_id
JOIN clusters_cluster c ON c.id = i.cluster_id
WHERE a.evaluation_id = %s AND c.code = %s
"""
UPDATE = "UPDATE evaluations_answer SET option_id = %s WHERE id = %s"

# Three levels, ceilings kept, in one statement. `{points}` and `{verdicts}` lay a stage's verdicts over the claims.
LEVELS = """
WITH level AS (
  SELECT a.evaluation_id AS e, i.cluster_id AS c, i.id AS i, MIN(i.maximum) AS maximum, SUM({points}) AS claimed
  FROM evaluations_answer a
  JOIN clusters_question q ON q.id = a.question_id
  JOIN clusters_indicator i ON i.id = q.indicator_id {verdicts} {where}
  GROUP BY a.evaluation_id, i.cluster_id, i.id
), capped AS (SELECT e, c, i, CASE WHEN claimed > maximum THEN maximum ELSE claimed END AS points FROM level)
"""
THREE_SELECTS = """
SELECT e, c, i, points FROM capped
UNION ALL SELECT e, c, NULL, SUM(points) FROM capped GROUP BY e, c
UNION ALL SELECT e, NULL, NULL, SUM(points) FROM capped GROUP BY e
"""
STORED = (
    """INSERT INTO evaluations_stageresult (evaluation_id, stage, total, maximum, tier, answered, settled_at)
    SELECT e.id, 'EM', 0, 1000, '', 0, now() FROM evaluations_evaluation e
    WHERE NOT EXISTS (SELECT 1 FROM evaluations_stageresult r WHERE r.evaluation_id = e.id AND r.stage = 'EM')""",
    """INSERT INTO evaluations_indicatorresult (result_id, indicator_id, points, surplus) {levels}
    SELECT r.id, i, COALESCE(points, 0), 0 FROM capped JOIN evaluations_stageresult r
    ON r.evaluation_id = e AND r.stage = 'EM' AND r.frozen_at IS NULL""",
    """INSERT INTO evaluations_clusterresult (result_id, cluster_id, points, answered)
    SELECT l.result_id, i.cluster_id, SUM(l.points), 0 FROM evaluations_indicatorresult l
    JOIN clusters_indicator i ON i.id = l.indicator_id JOIN evaluations_stageresult r
    ON r.id = l.result_id AND r.stage = 'EM' AND r.frozen_at IS NULL GROUP BY 1, 2""",
)
VERDICTS = "LEFT JOIN verification_verdict v ON v.answer_id = a.id AND v.is_current AND v.stage = 'VA'"


@require_safe
@login_required
def page(request, evaluation, code):
    """The page's bytes, ready, after one query for its answers."""
    with connection.cursor() as cursor:
        cursor.execute(ANSWERS, [evaluation, code])
        cursor.fetchall()
    return HttpResponse(READY[evaluation, code])


@require_POST
@login_required
def update(request, answer):
    """One row changed, nothing checked, nothing remembered."""
    with connection.cursor() as cursor:
        cursor.execute(UPDATE, [request.POST["option"], answer])
    return HttpResponse("ok")


def aggregate(stage, evaluation=None):
    """Totals of clusters, indicators and everything in one statement; of one evaluation or of all."""
    judged = stage != "EM"
    sql = LEVELS.format(
        points="COALESCE(v.points, a.points)" if judged else "a.points",
        verdicts=VERDICTS if judged else "",
        where="" if evaluation is None else "WHERE a.evaluation_id = %s",
    )
    with connection.cursor() as cursor:
        cursor.execute(sql + THREE_SELECTS, [] if evaluation is None else [evaluation])
        return cursor.fetchall()


def bare_sum():
    """The smallest question of all: one total per evaluation, no level, no ceiling."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT evaluation_id, SUM(points) FROM evaluations_answer GROUP BY evaluation_id")
        return cursor.fetchall()


def aggregate_stored():
    """The three levels, added up and stored inside PostgreSQL, nothing leaving it: what keys and indexes cost."""
    levels = LEVELS.format(points="a.points", verdicts="", where="")
    with transaction.atomic(), connection.cursor() as cursor:
        for statement in STORED:
            cursor.execute(statement.format(levels=levels))
