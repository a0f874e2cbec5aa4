"""A province with regions in different states, for tests of boards."""

from decimal import Decimal

from accounts.models import Province
from evaluations import scores
from evaluations.models import Evaluation
from tests.factories import NOW, answer_question, make_cycle, make_evaluation, make_region, make_user
from tests.verification.factories import close, judge, make_case, make_judge

CLOSED, RUNNING, DRAFT, SILENT = "63.10", "63.06", "63.05", "63.02"


def make_province(cycle=None) -> dict[str, Evaluation]:
    """Closed: 1000 became 720; running: two of six judged; draft: being answered; silent: not even opened."""
    cycle = cycle or make_cycle(stages=("EM", "TI", "VA", "VL", "VF"))
    closed = make_case(code=CLOSED, cycle=cycle)
    verifier = make_judge(closed, username="ver.satu")
    judge(closed, "1.1", Decimal("120.00"), by=verifier, reason="INCOMPLETE", note="Hanya sampul.")
    close(closed, by=verifier, confirmed=5)
    running = make_case(code=RUNNING, cycle=cycle)
    second = make_judge(running, username="ver.dua")
    judge(running, "2.1", Decimal("10.00"), by=second, reason="IRRELEVANT")
    judge(running, "3.1", by=second)
    scores.settle(running, "VA", at=NOW)
    draft = make_evaluation(make_region(DRAFT, "Kabupaten Tapin"), cycle)
    answer_question(draft, "1.2", Decimal("77.77"))
    scores.settle(draft, "EM", at=NOW)
    make_region(SILENT, "Kabupaten Kotabaru")
    names = {CLOSED: "Kabupaten Tanah Bumbu", RUNNING: "Kabupaten Hulu Sungai"}
    for each in (closed, running):
        each.refresh_from_db()
        each.region.name = names[each.region.code]
        each.region.save()
    return {CLOSED: closed, RUNNING: running, DRAFT: draft}


def verifier_of(province: str = "63"):
    """Somebody who looks at the province's board."""
    return make_user("VERIFIER", province=Province.objects.get(code=province))
