"""Headers of every answer: what a signed-in person sees is not kept in a shared computer's cache."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse


class PortalHeadersMiddleware:
    """Adds `no-store` to pages of people who are logged in; files with their own rule keep it."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        if not response.has_header("Cache-Control"):
            response["Cache-Control"] = "no-store"
        response["Permissions-Policy"] = "camera=(), geolocation=(), microphone=()"
        return response
