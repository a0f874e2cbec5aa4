"""What leaves the portal from a board is noted."""

from datetime import datetime

from django.db import transaction

from accounts import audit
from accounts.models import User
from verification.boards.scope import Scope


@transaction.atomic
def record_download(*, scope: Scope, form: str, rows: int, by: User, at: datetime, address: str) -> None:
    """Who takes which board along; the trail of no single region."""
    province = scope.province.code if scope.province else ""
    audit.record(
        action="board.downloaded", subject=f"cycle:{scope.cycle.pk}", by=by, at=at,
        details={"province": province, "form": form, "rows": rows, "address": address},
    )  # fmt: skip
