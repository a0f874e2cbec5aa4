"""Overload is shed by kind: pages wait and then give way, what people save always goes through."""

import re
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string

READING = ("GET", "HEAD", "OPTIONS")
# What costs no more than a save: the health check, and pictures, of which a browser asks for a handful at once.
LIGHT = re.compile(r"/sehat/|/evaluasi/\d+/bukti/\d+/(kecil|halaman/\d+)/")
# The acts that thousands do in the same minute, one at a time for each processor being quicker than all at once.
SAVE = re.compile(r"/evaluasi/\d+/pertanyaan/[^/]+/simpan/|/verifikasi/\d+/pertanyaan/[^/]+/nilai/")
SMALL = 64 * 1024  # bytes of a form
RETRY_SECONDS = "5"
BUSY = "errors/503.html"
LOOK_AGAIN, CALM = 0.1, 0.5  # seconds


class Gate:
    """At most `at_once` inside, at most `waiting` before the door, each for `patience` seconds."""

    def __init__(self, at_once: int, waiting: int, patience: float) -> None:
        self.inside = threading.BoundedSemaphore(at_once)
        self.queue = threading.BoundedSemaphore(at_once + waiting)
        self.patience = patience

    def enter(self) -> bool:
        """Whether there is room now or soon; who enters must `leave`."""
        if not self.queue.acquire(blocking=False):
            return False
        if self.inside.acquire(timeout=self.patience):
            return True
        self.queue.release()
        return False

    def leave(self) -> None:
        """Make room for the next."""
        self.inside.release()
        self.queue.release()


class Door:
    """At most `at_once` inside, nobody refused; known how many stand before it, and when more than `crowd` did."""

    def __init__(self, at_once: int, crowd: int) -> None:
        self.inside = threading.BoundedSemaphore(at_once)
        self.waiting, self.crowd, self._crowded_at = 0, crowd, -CALM
        self._count = threading.Lock()

    @property
    def is_calm(self) -> bool:
        """Whether there has been no crowd for a moment: between two waves of a rush nothing long is begun."""
        now = time.monotonic()
        if self.waiting > self.crowd:
            self._crowded_at = now
        return now - self._crowded_at >= CALM

    @contextmanager
    def passed(self) -> Iterator[None]:
        """Inside, after however long it takes."""
        with self._count:
            self.waiting += 1
            if self.waiting > self.crowd:
                self._crowded_at = time.monotonic()
        with self.inside:
            with self._count:
                self.waiting -= 1
            yield


class PagesGiveWayMiddleware:
    """Bounds how many pages a process lays out at once; beyond that they are asked to come again in a moment.

    Laying out a page costs several times what a save costs, so in the last hour before a deadline it is pages that
    would keep answers from being stored: while saves queue up, no page is begun. Uploads, pictures and the health
    check never wait here. Saves are never refused, but only a few are worked on in the same moment: sixteen threads
    at once cost a fifth more than two.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response
        self.gate = Gate(settings.PAGES_AT_ONCE, settings.PAGES_WAITING, settings.PAGES_PATIENCE_SECONDS)
        self.saves = Door(settings.SAVES_AT_ONCE, settings.SAVES_BEFORE_PAGES)

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if _is_save(request):
            with self.saves.passed():
                return self.get_response(request)
        if request.method not in READING or LIGHT.fullmatch(request.path):
            return self.get_response(request)
        if not self.gate.enter():
            return later(request, BUSY)
        try:
            return self.get_response(request) if self._saves_are_through() else later(request, BUSY)
        finally:
            self.gate.leave()

    def _saves_are_through(self) -> bool:
        """Whether saves do not queue up now, or stop doing so within a page's patience."""
        until = time.monotonic() + self.gate.patience
        while not self.saves.is_calm:
            if time.monotonic() >= until:
                return False
            time.sleep(LOOK_AGAIN)
        return True


def _is_save(request: HttpRequest) -> bool:
    """Also reads the form, so that a weak network holds up nobody but the one who sends."""
    if request.method != "POST" or not SAVE.fullmatch(request.path):
        return False
    length = request.META.get("CONTENT_LENGTH") or "0"
    return length.isdigit() and int(length) <= SMALL and request.body is not None


def later(request: HttpRequest, template: str, context: dict[str, Any] | None = None) -> HttpResponse:
    """503 without a query or a session: it must cost next to nothing. Saves try again by themselves, pages too."""
    page = "" if request.headers.get("HX-Request") else render_to_string(template, context)
    response = HttpResponse(page, status=503)
    response["Retry-After"] = RETRY_SECONDS
    if request.method in READING:
        response["Refresh"] = RETRY_SECONDS
    response["Cache-Control"] = "no-store"
    response._has_been_logged = True  # type: ignore[attr-defined]  # a line of the log for each would cost more than it
    return response
