"""Files of old imports go after their time; what they did stays: the rows, their counts, the trail."""

from datetime import datetime, timedelta

from django.conf import settings
from django.db import transaction
from django.db.models import Count

from accounts import audit
from evaluations.models import Import
from evaluations.workbooks import keeping

SETTLED = timedelta(days=1)  # a file that is handed in at this very moment is not looked at


def purge(*, at: datetime) -> int:
    """Delete files whose imports were all decided long ago; returns how many. A second run finds nothing."""
    before = at - timedelta(days=settings.IMPORTS_KEPT_DAYS)
    old = Import.objects.over(before)
    needed = Import.objects.exclude(pk__in=old.values("pk")).values("stored_as")
    names = list(old.exclude(stored_as__in=needed).order_by("stored_as").values_list("stored_as", flat=True).distinct())
    gone = [name for name in names if keeping.remove(name, older_than=at - SETTLED)]
    _forget(gone, at)
    return len(gone)


@transaction.atomic
def _forget(names: list[str], at: datetime) -> None:
    """A file goes before its name: a run that dies in between is ended by the next."""
    imports = Import.objects.filter(stored_as__in=names)
    counted = imports.order_by().values("evaluation", "evaluation__region").annotate(count=Count("pk"))
    for evaluation, region, count in list(counted.values_list("evaluation", "evaluation__region", "count")):
        audit.record(
            action="import.purged", subject=f"evaluation:{evaluation}", by=None, at=at, region_id=region,
            details={"count": count},
        )  # fmt: skip
    imports.update(stored_as="")
