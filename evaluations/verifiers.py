"""What verifiers read at every question, put into words once for all of them; asked anew for everybody else."""

from collections.abc import Callable
from typing import Any, Generic, TypeVar

from django.db.models import Model, QuerySet

from accounts.models import User
from evaluations import rules
from kla_portal.prepared import PreparedObjects, keys

Found = TypeVar("Found", bound=Model)


class Read(Generic[Found]):
    """The objects that `about(user, ...)` asks for; what a verifier sees follows from the person and the province."""

    def __init__(self, about: Callable[..., QuerySet[Found]], keys_beside: int = 1) -> None:
        self._about = about
        self._prepared = PreparedObjects[Found](
            lambda reader, province, *rest: about(rules.verifier_of(reader, province), *rest), *keys(2 + keys_beside)
        )

    def all(self, user: User, *values: Any) -> list[Found]:
        """One statement."""
        if rules.reads_as_verifier(user):
            return self._prepared.all(user.pk, user.province_id, *values)
        return list(self._about(user, *values))

    def first(self, user: User, *values: Any) -> Found | None:
        """The only one there is, or None."""
        return next(iter(self.all(user, *values)), None)
