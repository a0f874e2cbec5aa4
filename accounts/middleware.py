"""Log-out by the clock: a shared office computer must not stay open, and no session outlives a working day."""

import time
from collections.abc import Callable
from urllib.parse import urlencode, urlsplit

from django.conf import settings
from django.contrib import messages
from django.contrib.auth import logout
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, resolve_url
from django.utils import timezone
from django.utils.http import url_has_allowed_host_and_scheme

from accounts import actions

SILENT = "Anda keluar otomatis karena tidak ada kegiatan selama {minutes} menit. Silakan masuk lagi."
TOO_LONG = "Anda keluar otomatis karena sudah masuk selama {hours} jam. Silakan masuk lagi."
WRITE_EVERY = 180  # seconds between two notes of activity: a write every few minutes, not one a request


class IdleLogoutMiddleware:
    """Ends a session that was silent for `SESSION_IDLE_SECONDS` or is older than `SESSION_ABSOLUTE_SECONDS`.

    Every request counts as activity, autosave too. The next page is the log-in with a deep link back.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if "_auth_user_id" in request.session and (sentence := _overdue(request)):
            actions.end_session(session_key=request.session.session_key)
            logout(request)
            messages.info(request, sentence)
            if request.method not in ("GET", "HEAD"):
                return _to_login(request)
        response = self.get_response(request)
        if request.headers.get("HX-Request") and _leads_to_login(response):
            return _to_login(request)
        return response


def _overdue(request: HttpRequest) -> str:
    """Why the session ends now, in a sentence; empty when it goes on, and then its activity is noted."""
    session, now = request.session, int(time.time())
    started, active = session.get("started_at", now), session.get("active_at", 0)
    if active and now - active > settings.SESSION_IDLE_SECONDS:
        return SILENT.format(minutes=settings.SESSION_IDLE_SECONDS // 60)
    if now - started > settings.SESSION_ABSOLUTE_SECONDS:
        return TOO_LONG.format(hours=settings.SESSION_ABSOLUTE_SECONDS // 3600)
    if now - active >= min(WRITE_EVERY, settings.SESSION_IDLE_SECONDS // 10):
        session["active_at"], session["started_at"] = now, started
        actions.note_activity(session_key=session.session_key, at=timezone.now())
    return ""


def _leads_to_login(response: HttpResponse) -> bool:
    return response.status_code == 302 and urlsplit(response["Location"]).path == resolve_url(settings.LOGIN_URL)


def _to_login(request: HttpRequest) -> HttpResponse:
    """To the log-in and from there back to the page the person saw, not to the address that only takes forms."""
    seen = request.headers.get("HX-Current-URL") or request.headers.get("Referer") or ""
    if not url_has_allowed_host_and_scheme(seen, {request.get_host()}):
        seen = ""
    parts = urlsplit(seen)
    back = f"{parts.path}?{parts.query}" if parts.query else parts.path or "/"
    target = f"{resolve_url(settings.LOGIN_URL)}?{urlencode({'next': back})}"
    if not request.headers.get("HX-Request"):
        return redirect(target)
    response = HttpResponse(status=204)
    response["HX-Redirect"] = target  # a swapped-in log-in form would be lost inside a fragment
    return response
