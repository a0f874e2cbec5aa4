"""Uploads while the bytes arrive: the limit, a full disk, and a body that is far too large to read to its end."""

import errno
from typing import Any

from django.conf import settings
from django.core.files.uploadhandler import SkipFile, StopUpload, TemporaryFileUploadHandler
from django.http import HttpRequest

MOST_FILES = 10  # in one form


class LimitedUploadHandler(TemporaryFileUploadHandler):
    """Drops a file that passes `EVIDENCE_MAX_BYTES`, whatever its Content-Length claims, and tells the request why.

    `request.refused_uploads` lists (file name, code of the sentence); the other files of the same form still arrive.
    """

    hopeless = False

    def handle_raw_input(
        self, input_data: Any, META: dict[str, str], content_length: int, boundary: str, encoding: str | None = None
    ) -> None:
        """Remember whether the body claims more than the form could ever hold."""
        self.hopeless = content_length > MOST_FILES * settings.EVIDENCE_MAX_BYTES + settings.DATA_UPLOAD_MAX_MEMORY_SIZE

    files = 0

    def new_file(self, *args: Any, **kwargs: Any) -> None:
        """Start counting at zero for every file; one too many is not even written down."""
        self.files += 1
        if self.files > MOST_FILES:
            self.file_name = ""
            self._tell("too_many")
            raise SkipFile
        super().new_file(*args, **kwargs)
        self.received = 0

    def receive_data_chunk(self, raw_data: bytes, start: int) -> None:
        """Write the chunk, or give this file up; the rest of a hopeless body is not even read."""
        self.received += len(raw_data)
        if self.received > settings.EVIDENCE_MAX_BYTES:
            self._tell("too_large")
            if self.hopeless:
                raise StopUpload(connection_reset=True)
            raise SkipFile
        try:
            super().receive_data_chunk(raw_data, start)
        except OSError as error:
            if error.errno not in (errno.ENOSPC, errno.EDQUOT):
                raise
            self._tell("no_space")
            raise SkipFile from error

    def _tell(self, code: str) -> None:
        if self.request is not None:
            refused = self.request.__dict__.setdefault("refused_uploads", [])
            refused.append((self.file_name or "", code))


def refused_uploads(request: HttpRequest) -> list[tuple[str, str]]:
    """Files the handler dropped; reading FILES first makes it run."""
    _ = request.FILES
    return list(getattr(request, "refused_uploads", []))
