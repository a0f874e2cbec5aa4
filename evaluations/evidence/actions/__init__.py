"""Every write of evidence: a row is written only when its file lies on disk, each act in one transaction."""

from evaluations.evidence.actions.attaching import (
    REFUSALS,
    Outcome,
    ask_for_pages,
    attach_existing,
    attach_file,
    attach_files,
    attach_link,
    detach,
    record_download,
    replace,
)
from evaluations.evidence.actions.describing import (
    Details,
    DetailsConflict,
    UseConflict,
    answer_warning,
    confirm_use,
    save_details,
    save_use,
)

__all__ = [
    "REFUSALS",
    "Details",
    "DetailsConflict",
    "Outcome",
    "UseConflict",
    "answer_warning",
    "ask_for_pages",
    "attach_existing",
    "attach_file",
    "attach_files",
    "attach_link",
    "confirm_use",
    "detach",
    "record_download",
    "replace",
    "save_details",
    "save_use",
]
