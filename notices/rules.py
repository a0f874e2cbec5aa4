"""Who reads which news: everybody their own, nobody anybody else's."""

from accounts.models import User
from notices.models import Notice, NoticeQuerySet


def visible_notices(user: User) -> NoticeQuerySet:
    """What this person was told; the role plays no part."""
    return Notice.objects.filter(user=user)
