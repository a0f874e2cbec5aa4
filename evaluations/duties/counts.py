"""How many questions each office of a region answers, for pages that know no evaluation."""

from django.db.models import Count, Q

from accounts.models import Region
from accounts.offices.readers import Load
from evaluations.models import Evaluation, Responsibility


def loads(region: Region) -> dict[int, Load]:
    """Counts in the region's newest evaluation, by the office's key. Two queries."""
    newest = Evaluation.objects.filter(region=region).order_by("-opened_at", "-pk").first()
    if newest is None:
        return {}
    counted = Responsibility.objects.filter(evaluation=newest).values_list("office_id")
    rows = counted.annotate(leads=Count("pk", filter=Q(is_lead=True)), supports=Count("pk", filter=Q(is_lead=False)))
    return {office: Load(leads, supports) for office, leads, supports in rows}
