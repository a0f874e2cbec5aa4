"""The official predicate, typed from its decree."""

from datetime import date, datetime

from django.db import transaction

from accounts import audit
from accounts.models import Region, User
from clusters.models import PredicateBand
from verification.actions.state import Refusal
from verification.models import Award


class DecreeMissing(Refusal):
    """A predicate without the decree that grants it."""

    sentence = "Tulis nomor keputusan. Predikat tanpa keputusan tidak dapat dicatat."


@transaction.atomic
def record_award(
    *,
    region: Region,
    year: int,
    band: PredicateBand,
    decree_number: str,
    decree_on: date,
    by: User,
    at: datetime,
    is_demo: bool = False,
) -> Award:
    """Record or correct the award of a region and year; a correction leaves the old values in the trail.

    The same award sent twice is one. Raises `DecreeMissing`.
    """
    if not decree_number.strip():
        raise DecreeMissing
    said = {
        "predicate_code": band.code,
        "predicate": band.name,
        "decree_number": decree_number.strip(),
        "decree_on": decree_on,
    }
    award, fresh = Award.objects.select_for_update().get_or_create(
        region=region, year=year, defaults={**said, "is_demo": is_demo, "recorded_at": at, "recorded_by": by}
    )
    old = {} if fresh else {name: getattr(award, name) for name in said}
    if old == said:
        return award
    for name, value in {**said, "recorded_at": at, "recorded_by": by}.items():
        setattr(award, name, value)
    award.save(update_fields=[*said, "recorded_at", "recorded_by"])
    audit.record(
        action="award.recorded" if fresh else "award.corrected",
        subject=f"award:{award.pk}",
        by=by,
        at=at,
        region=region,
        details={"year": year, "old": old, "new": said},
    )
    return award
