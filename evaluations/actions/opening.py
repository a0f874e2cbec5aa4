"""Opening a case: all answers at hand, offices and responsibilities filled from the instrument."""

from datetime import datetime

from django.db import transaction

from accounts import actions as people
from accounts import audit
from accounts.models import Office, Region, User
from clusters.models import Cycle, Instrument
from evaluations import rules
from evaluations.models import Answer, Evaluation, Responsibility


@transaction.atomic
def open_evaluation(
    *, region: Region, cycle: Cycle, by: User | None, at: datetime, is_demo: bool = False
) -> Evaluation:
    """Open a region's evaluation in a cycle, or return the one that exists; safe to call twice."""
    evaluation, fresh = Evaluation.objects.get_or_create(
        region=region, cycle=cycle, defaults={"opened_at": at, "is_demo": is_demo}
    )
    if not fresh:
        return evaluation
    _keep_habits(evaluation)
    questions = list(cycle.instrument.questions.values_list("pk", "offices"))
    Answer.objects.bulk_create(Answer(evaluation=evaluation, question_id=pk) for pk, _ in questions)
    offices = _offices(region, cycle.instrument)
    if rules.ALL_DISTRICTS in offices:
        people.open_district_offices(whole=offices[rules.ALL_DISTRICTS], by=by, at=at)
    Responsibility.objects.bulk_create(
        Responsibility(evaluation=evaluation, question_id=pk, office=offices[code], is_lead=place == 0)
        for pk, codes in questions
        for place, code in enumerate(codes)
    )
    audit.record(
        action="evaluation.opened", subject=f"evaluation:{evaluation.pk}", by=by, at=at, region=region,
        details={"cycle": cycle.code},
    )  # fmt: skip
    return evaluation


def _keep_habits(evaluation: Evaluation) -> None:
    """Whether the leader must approve is kept from the region's evaluation before."""
    last = (
        Evaluation.objects.filter(region=evaluation.region_id).exclude(pk=evaluation.pk).order_by("-opened_at", "-pk")
    )
    if last.values_list("needs_approval", flat=True).first():
        evaluation.needs_approval = True
        evaluation.save(update_fields=["needs_approval"])


def _offices(region: Region, instrument: Instrument) -> dict[str, Office]:
    """The region's offices by the instrument's code, created with their aliases where they are missing."""
    Office.objects.bulk_create(
        [
            Office(region=region, code=each.code, name=each.name, aliases=each.aliases)
            for each in instrument.offices.all()
        ],
        ignore_conflicts=True,
    )
    return {office.code: office for office in Office.objects.filter(region=region)}
