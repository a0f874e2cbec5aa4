"""Whose phrases somebody may use and change. The only file of this part that reads a role."""

from django.db.models import Q, QuerySet

from accounts.models import User
from verification.models import Phrase

JUDGING = (User.Role.VERIFIER, User.Role.REVIEWER, User.Role.OPERATOR, User.Role.ADMIN)


def visible_phrases(user: User) -> QuerySet[Phrase]:
    """One's own, and for verifiers what is shared in their province."""
    mine = Q(author=user)
    if user.role == User.Role.VERIFIER:
        mine |= Q(is_shared=True, province=user.province_id)
    return Phrase.objects.filter(mine).order_by("-uses", "text", "pk")


def own_phrases(user: User) -> QuerySet[Phrase]:
    """Those the user may change: whoever wrote a phrase keeps it."""
    return Phrase.objects.filter(author=user)


def can_keep(user: User) -> bool:
    """Whoever judges somewhere writes notes."""
    return user.role in JUDGING


def can_share(user: User) -> bool:
    """Verifiers share with those of their province."""
    return user.role == User.Role.VERIFIER
