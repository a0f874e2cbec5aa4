"""How an archive goes over the wire: whole or from where it broke off, to a reader who may be slow or gone."""

from http import HTTPStatus

from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.http.response import HttpResponseBase

from evaluations.evidence.names import disposition
from reports.bundles.packing import Bundle
from reports.bundles.ranges import NotThere, Part, wanted
from reports.bundles.turnstile import Stream, Turn

SILENCE_SECONDS = 120  # whoever takes nothing for so long has left


def part_wanted(request: HttpRequest, packed: Bundle) -> Part | None:
    """The part that a browser resumes with, None: everything. Raises `NotThere`."""
    given = request.headers.get("Range", ""), request.headers.get("If-Range", "")
    return wanted(*given, _tag(packed), len(packed.archive))


def stream(request: HttpRequest, packed: Bundle, part: Part | None, turn: Turn) -> HttpResponseBase:
    """The bytes, announced to the last one: an archive that breaks off is shorter than that and has no directory."""
    sock = request.environ.get("gunicorn.socket") if hasattr(request, "environ") else None
    if sock is not None:  # a thread must not wait for ever for somebody who has closed the lid
        sock.settimeout(SILENCE_SECONDS)
    part = part or Part(0, len(packed.archive))
    chunks = packed.archive.stream(part.start, part.end)
    return described(StreamingHttpResponse(Stream(chunks, turn, packed.file_name)), packed, part)


def described(response: HttpResponseBase, packed: Bundle, part: Part | None) -> HttpResponseBase:
    """The headers of the whole or of a part."""
    whole = len(packed.archive)
    length = part.end - part.start if part else whole
    if part and length < whole:
        response.status_code = HTTPStatus.PARTIAL_CONTENT
        response["Content-Range"] = f"bytes {part.start}-{part.end - 1}/{whole}"
    response["Content-Type"] = "application/zip"
    response["Content-Length"] = str(length)
    response["Accept-Ranges"] = "bytes"
    response["ETag"] = _tag(packed)
    response["Content-Disposition"] = disposition(packed.file_name)
    response["Cache-Control"] = "no-store"
    response["Content-Security-Policy"] = "sandbox; default-src 'none'"
    return response


def not_there(packed: Bundle) -> HttpResponse:
    """Asked for what lies behind the end."""
    headers = {"Content-Range": f"bytes */{len(packed.archive)}", "ETag": _tag(packed)}
    return HttpResponse(status=HTTPStatus.REQUESTED_RANGE_NOT_SATISFIABLE, headers=headers)


def _tag(packed: Bundle) -> str:
    return f'"{packed.mark}"'


__all__ = ["NotThere", "described", "not_there", "part_wanted", "stream"]
