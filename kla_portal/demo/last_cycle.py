"""The cycle before the demo's, finished, for one region that is answering now: it has something to take over."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from accounts.models import Region, User
from clusters.models import Cycle, StageWindow
from clusters.stages import Stage
from evaluations import actions as answering
from evaluations.models import Evaluation
from kla_portal.demo import province
from kla_portal.demo.claims import Entry
from kla_portal.demo.proofs import seed_proofs

CODE = "2022"
REGION = "63.02"  # Kotabaru has answered a fifth of the present cycle
BEFORE = timedelta(days=730)
PROVED = 60  # questions that had documents
STATE = province.State(REGION, 1.0, 1.1, sent=True, judged=1.0, closed=True)


def seed_last_cycle(cycle: Cycle, entries: Sequence[Entry], people: dict[str, User], at: datetime) -> None:
    """Answer, prove, send and judge two years ago; a portal that knows the cycle keeps it as it is."""
    if Cycle.objects.filter(code=CODE).exists():
        return
    then = at - BEFORE
    region = Region.objects.get(code=REGION)
    evaluation = answering.open_evaluation(
        region=region, cycle=_cycle(cycle, then), by=None, at=then - timedelta(days=29), is_demo=True
    )
    seed_proofs(evaluation, entries[:PROVED], {}, people["operator.kotabaru"], then - timedelta(days=27))
    province.seed_state(Evaluation.objects.get(pk=evaluation.pk), STATE, entries, people, then)


def _cycle(present: Cycle, then: datetime) -> Cycle:
    cycle = Cycle.objects.create(
        code=CODE, name="Evaluasi KLA 2022 (contoh)", instrument=present.instrument,
        award_year=present.award_year - 2, stages=[Stage.EM.value, Stage.VA.value], is_demo=True,
    )  # fmt: skip
    for stage in cycle.used_stages:
        StageWindow.objects.create(
            cycle=cycle, stage=stage, opens_at=then - timedelta(days=30), closes_at=then + timedelta(days=60)
        )
    return cycle
