"""Every write of evidence: a row is written only when its file lies on disk, each act in one transaction."""

from evaluations.evidence.actions.attaching import (
    REFUSALS,
    ask_for_pages,
    ask_to_replace,
    attach_existing,
    attach_file,
    attach_link,
    detach,
    keep_file,
    keep_paper,
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
    "UseConflict",
    "answer_warning",
    "ask_for_pages",
    "ask_to_replace",
    "attach_existing",
    "attach_file",
    "attach_link",
    "confirm_use",
    "detach",
    "keep_file",
    "keep_paper",
    "record_download",
    "replace",
    "save_details",
    "save_use",
]
