"""The page of the outbox, for the administrator: counts of the last days, addresses that take no mail, what failed."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.conf import settings
from django.core.paginator import Page, Paginator
from django.db.models import Count

from accounts.models import User
from notices import rules
from notices.models import Mail

PAGE = 50
LATELY = timedelta(days=7)


@dataclass(frozen=True, slots=True)
class OutboxPage:
    """Everything the page shows; never a body."""

    counts: list[tuple[str, int]]  # state in words, mails of the last days
    refused: list[User]
    troubled: Page[Mail]
    is_console: bool  # mails are printed, not sent


def build(user: User, number: str | None, at: datetime) -> OutboxPage:
    """Four queries at any length."""
    mails = rules.visible_mails(user).filter(written_at__gte=at - LATELY)
    known = dict(mails.order_by().values_list("state").annotate(count=Count("pk")))
    troubled = mails.troubled().select_related("user__region", "user__office").defer("body")
    return OutboxPage(
        [(state.label, known.get(state.value, 0)) for state in Mail.State],
        list(rules.refused_addresses(user).select_related("region", "office")[:PAGE]),
        Paginator(troubled.order_by("-written_at", "-pk"), PAGE).get_page(number),
        not settings.EMAIL_BACKEND.startswith("django.core.mail.backends.smtp"),
    )
