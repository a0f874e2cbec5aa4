"""Second readings that would leave a question without a first judge: taken back when mandates change."""

from datetime import datetime

from django.db.models import Exists, OuterRef

from accounts import audit
from accounts.models import User
from evaluations.models import Evaluation
from verification.models import Assignment, SecondReading, Verdict
from verification.reach import Reach


def release(*, evaluation: Evaluation, stage: str, by: User, at: datetime) -> int:
    """Take back what is owed by the only one left who could be the first; how many there were.

    Whoever reads a question a second time never gives it the first verdict. Drawing again finds somebody else for it.
    Belongs under the evaluation's lock, into the transaction that changes mandates.
    """
    judged = Verdict.objects.current().filter(answer=OuterRef("answer"), stage=OuterRef("stage"))
    owed = SecondReading.objects.owed().filter(~Exists(judged), answer__evaluation=evaluation, stage=stage)
    rows = list(owed.values_list("pk", "reader", "answer__question__indicator__cluster__code"))
    if not rows:
        return 0
    mandates = Assignment.objects.filter(evaluation=evaluation, stage=stage).values_list("verifier", "clusters")
    reaches = {verifier: Reach.of(codes) for verifier, codes in mandates}
    alone = [
        pk for pk, reader, cluster in rows if {p for p, each in reaches.items() if each.holds(cluster)} == {reader}
    ]
    if alone:
        SecondReading.objects.filter(pk__in=alone).delete()
        audit.record(
            action="double.released", subject=f"evaluation:{evaluation.pk}", by=by, at=at,
            region_id=evaluation.region_id, details={"stage": stage, "questions": len(alone)},
        )  # fmt: skip
    return len(alone)
