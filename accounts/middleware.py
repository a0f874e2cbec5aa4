"""Log-out on idle: a shared office computer must not stay open; every request counts as activity, autosave too."""

import time
from collections.abc import Callable

from django.conf import settings
from django.contrib.auth import logout
from django.http import HttpRequest, HttpResponse


class IdleLogoutMiddleware:
    """Ends a session that has been silent for `SESSION_IDLE_SECONDS`; the next page is the log-in with a deep link."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if "_auth_user_id" in request.session:
            now = int(time.time())
            if now - request.session.get("active_at", now) > settings.SESSION_IDLE_SECONDS:
                logout(request)
            elif now - request.session.get("active_at", 0) >= 60:  # one write a minute, not one a request
                request.session["active_at"] = now
        return self.get_response(request)
