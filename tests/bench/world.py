"""The data that is measured: the demo on the real instrument, and full claims of every other region of the country."""

from dataclasses import dataclass
from io import StringIO

from django.core.management import call_command
from django.db import connection, transaction
from django.utils import timezone

from accounts import audit
from accounts.models import Region, User
from clusters.models import Cycle
from evaluations.models import Answer, Evaluation, Evidence, EvidenceUse
from kla_portal import demo

CLUSTER = "K"
JUDGED, OPEN, HALF_JUDGED, EMPTY = "63.10", "63.01", "63.06", "63.05"

# The options are drawn by a hash of evaluation and option, so the same data come out of every run.
OPENED = """
INSERT INTO evaluations_evaluation (region_id, cycle_id, stage, opened_at, is_demo, needs_approval)
SELECT id, %s, 'EM', %s, true, false FROM accounts_region
WHERE id NOT IN (SELECT region_id FROM evaluations_evaluation)
"""
ANSWERED = """
INSERT INTO evaluations_answer
  (evaluation_id, question_id, kind, option_id, points, reason, note, version, saved_at, needs_check)
SELECT e.id, o.question_id, 'OPTION', o.id, o.points, '', '', 1, %s, false
FROM evaluations_evaluation e CROSS JOIN LATERAL (
  SELECT DISTINCT ON (o.question_id) o.question_id, o.id, o.points
  FROM clusters_option o ORDER BY o.question_id, md5(e.id || ':' || o.id)
) o WHERE NOT EXISTS (SELECT 1 FROM evaluations_answer a WHERE a.evaluation_id = e.id)
"""
# Every claim of the bulk drawn anew, so that every standing really has to be written again.
MOVED = """
UPDATE evaluations_answer a SET option_id = d.id, points = d.points FROM (
  SELECT DISTINCT ON (e.id, o.question_id) e.id AS evaluation_id, o.question_id, o.id, o.points
  FROM evaluations_evaluation e CROSS JOIN clusters_option o WHERE e.submitted_at IS NULL
  ORDER BY e.id, o.question_id, md5(e.id || ':' || o.id || %s)
) d WHERE a.evaluation_id = d.evaluation_id AND a.question_id = d.question_id AND a.kind = 'OPTION'
"""


@dataclass(frozen=True)
class World:
    """The cases and people that the measurements speak of."""

    judged: Evaluation
    open: Evaluation
    half_judged: Evaluation
    empty: Evaluation
    operator: User  # of the judged region
    secretary: User  # of the open region
    saver: User  # of the empty region
    verifier: User


def build(*, country=False):
    """Migrate and seed; with `country` there are 514 evaluations of 274 answers each (PostgreSQL only)."""
    call_command("migrate", verbosity=0, interactive=False)
    if not Evaluation.objects.exists():
        call_command("seed_demo", verbosity=0, stdout=StringIO())
    if country:
        _fill_the_country()
    secretary, _ = User.objects.get_or_create(
        username="bench.operator", defaults={"role": "OPERATOR", "region": Region.objects.get(code=OPEN)}
    )
    world = World(
        *(_case(code) for code in (JUDGED, OPEN, HALF_JUDGED, EMPTY)),
        operator=User.objects.get(username="operator"),
        secretary=secretary,
        saver=User.objects.get(username="operator.tapin"),
        verifier=User.objects.get(username="verifikator"),
    )
    _prove(world.open, secretary)
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
    return world


def move_every_claim(salt):
    """All 500 regions that have not sent change their minds."""
    with connection.cursor() as cursor:
        cursor.execute(MOVED, [str(salt)])
        cursor.execute("VACUUM ANALYZE evaluations_answer")


def _case(code):
    return Evaluation.objects.select_related("region__province", "cycle__instrument").get(region__code=code)


def _fill_the_country():
    now = timezone.now()
    with connection.cursor() as cursor:
        cursor.execute(OPENED, [Cycle.objects.get(code=demo.CYCLE).pk, now])
        cursor.execute(ANSWERED, [now])
        for region in Evaluation.objects.values_list("region", flat=True):
            with transaction.atomic():
                audit.held_chain(region, now)  # an evaluation that was opened stands in the trail of its region
        cursor.execute("VACUUM ANALYZE")


def _prove(evaluation, by):
    """One document beside every answer of the cluster that is measured while it is still being answered."""
    if EvidenceUse.objects.filter(answer__evaluation=evaluation).exists():
        return
    now = timezone.now()
    document = Evidence.objects.create(
        evaluation=evaluation, kind="LINK", title="Naskah", url="https://contoh.go.id/naskah", state="READY",
        added_at=now, added_by=by,
    )  # fmt: skip
    answers = Answer.objects.filter(evaluation=evaluation, question__indicator__cluster__code=CLUSTER)
    EvidenceUse.objects.bulk_create(
        EvidenceUse(evidence=document, answer=answer, added_at=now, added_by=by) for answer in answers
    )
