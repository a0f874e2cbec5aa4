"""Who asks, approves, reads and reopens, and who has to know. The only file of this part that reads a role."""

from accounts.models import User
from evaluations.models import Evaluation

Role = User.Role
REGIONAL = (Role.STAFF, Role.OPERATOR, Role.REVIEWER, Role.LEADER)


def can_withdraw(user: User, evaluation: Evaluation) -> bool:
    """Whoever asks the leader takes the question back."""
    return user.role == Role.OPERATOR and user.region_id == evaluation.region_id


def can_approve(user: User, evaluation: Evaluation) -> bool:
    """The ketua of the region answers a request to send."""
    return user.role == Role.LEADER and user.region_id == evaluation.region_id


def can_read(user: User) -> bool:
    """What is weak and who has declined what is the whole region's, not an office's and not the province's."""
    return user.role in (Role.OPERATOR, Role.REVIEWER, Role.LEADER, Role.ADMIN)


def can_reopen(user: User, evaluation: Evaluation) -> bool:
    """A sent evaluation is given back by the administrator."""
    return user.role == Role.ADMIN and evaluation.is_submitted


def leaders_of(region_id: int) -> list[int]:
    """Who can approve."""
    return _people(region_id, Role.LEADER)


def workers_of(region_id: int) -> list[int]:
    """Who mends what a leader has sent back."""
    return _people(region_id, Role.OPERATOR, Role.REVIEWER)


def keepers_of(region_id: int) -> list[int]:
    """Who answers for the whole evaluation."""
    return [*workers_of(region_id), *leaders_of(region_id)]


def everybody_of(region_id: int) -> list[int]:
    """All the region's people."""
    return _people(region_id, *REGIONAL)


def _people(region_id: int, *roles: str) -> list[int]:
    return list(User.objects.filter(region=region_id, role__in=roles, is_active=True).values_list("pk", flat=True))
