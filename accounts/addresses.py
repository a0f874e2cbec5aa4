"""Whether mail goes to a person at all: wanted or not, taken or refused; the address itself changes in `actions`."""

from datetime import datetime

from django.db import transaction

from accounts import audit
from accounts.models import User


@transaction.atomic
def switch_digest(*, user: User, wanted: bool, at: datetime) -> bool:
    """Whether the person wants the daily digest; False: it was so already."""
    if not User.objects.filter(pk=user.pk, wants_digest=not wanted).update(wants_digest=wanted):
        return False
    audit.record(
        action="user.digest_switched", subject=f"user:{user.pk}", by=user, at=at, region_id=user.region_id,
        details={"wanted": wanted},
    )  # fmt: skip
    return True


@transaction.atomic
def refuse(*, user_id: int, email: str, reason: str, at: datetime) -> bool:
    """Note that the world takes no mail for this address; False when the person has another one meanwhile."""
    refused = User.objects.filter(pk=user_id, email=email, mail_refused_at__isnull=True)
    if not refused.update(mail_refused_at=at, mail_refusal=reason[:200]):
        return False
    region = User.objects.values_list("region_id", flat=True).get(pk=user_id)
    audit.record(
        action="user.email_refused", subject=f"user:{user_id}", by=None, at=at, region_id=region,
        details={"reason": reason[:200]},
    )  # fmt: skip
    return True
