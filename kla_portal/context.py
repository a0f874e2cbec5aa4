"""What every page's frame knows: the idle limit and whether this is a demo."""

from typing import Any

from django.conf import settings
from django.http import HttpRequest


def portal(request: HttpRequest) -> dict[str, Any]:
    """Values for `base.html`; no query."""
    return {"idle_seconds": settings.SESSION_IDLE_SECONDS, "is_production": settings.PRODUCTION}
