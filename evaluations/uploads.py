"""The limit on uploads, enforced while the bytes arrive."""

from django.conf import settings
from django.core.files.uploadhandler import FileUploadHandler, StopUpload


class LimitedUploadHandler(FileUploadHandler):
    """Stops reading a file that passes `EVIDENCE_MAX_BYTES`, whatever its Content-Length claims."""

    def new_file(self, *args: object, **kwargs: object) -> None:
        """Start counting at zero for every file."""
        super().new_file(*args, **kwargs)  # type: ignore[arg-type]
        self.received = 0

    def receive_data_chunk(self, raw_data: bytes, start: int) -> bytes | None:
        """Hand the chunk on to the next handler, or cut the upload off."""
        self.received += len(raw_data)
        if self.received > settings.EVIDENCE_MAX_BYTES:
            raise StopUpload(connection_reset=False)
        return raw_data

    def file_complete(self, file_size: int) -> None:
        """Leave the file to the handler that stores it."""
        return
