"""Who looked at what: opening a document, or another's case, is written down once a day and process, not at every page.

UU 27/2022 wants to know who has seen personal data; pages that are opened all day must not pay for it every time, so
what is known already is kept in memory, without a statement.
"""

import threading
from collections.abc import Callable
from datetime import datetime

from django.conf import settings
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.utils import timezone

from accounts import audit, rules
from accounts.http import address_of
from evaluations.models import Evaluation

DOCUMENT = frozenset({"evaluations:evidence", "evaluations:evidence_page", "evaluations:evidence_sheet"})
CASE = frozenset(
    f"{room}:{page}"
    for room, pages in {
        "evaluations": ("overview", "cluster", "question", "library", "tasks"),
        "verification": ("desk", "question", "recap"),
    }.items()
    for page in pages
)  # fmt: skip


class _Memory:
    """What this process has written down today."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self.clear()

    def clear(self) -> None:
        """Begin anew."""
        self._day, self._seen = "", set[tuple[int, str]]()

    def is_new(self, user: int, subject: str, at: datetime) -> bool:
        """Whether this is the first time today; from now on it is not."""
        day = timezone.localtime(at).date().isoformat()
        with self._lock:
            if day != self._day:
                self._day, self._seen = day, set()
            before = len(self._seen)
            self._seen.add((user, subject))
            return len(self._seen) > before

    def forget(self, user: int, subject: str) -> None:
        """It was not written down after all."""
        with self._lock:
            self._seen.discard((user, subject))


memory = _Memory()


class SightingsMiddleware:
    """Writes down that a document was seen by anybody, a region's case by somebody from outside."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        match = request.resolver_match
        if match is not None and response.status_code == 200 and settings.NOTE_SIGHTINGS:
            if match.view_name in DOCUMENT:
                _note(request, match.kwargs["pk"], f"evidence:{match.kwargs['evidence_pk']}", outsiders_only=False)
            elif match.view_name in CASE:
                _note(request, match.kwargs["pk"], f"evaluation:{match.kwargs['pk']}", outsiders_only=True)
        return response


def _note(request: HttpRequest, evaluation: int, subject: str, *, outsiders_only: bool) -> None:
    user, at = request.user, timezone.now()
    if not user.is_authenticated or (outsiders_only and rules.belongs_to_a_region(user)):
        return
    if not memory.is_new(user.pk, subject, at):
        return
    try:
        with transaction.atomic():
            region = Evaluation.objects.values_list("region", flat=True).get(pk=evaluation)
            audit.record(
                action=f"{subject.partition(':')[0]}.viewed", subject=subject, by=user, at=at, region_id=region,
                details={"address": address_of(request)},
            )  # fmt: skip
    except Exception:
        memory.forget(user.pk, subject)
        raise
