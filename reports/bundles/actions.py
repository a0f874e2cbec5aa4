"""The one write of this part: who takes a region's evidence, before the first byte leaves."""

from datetime import datetime

from django.db import transaction

from accounts import audit
from accounts.models import User
from reports.bundles.packing import Bundle


@transaction.atomic
def record_download(*, bundle: Bundle, start: int, by: User, at: datetime, address: str) -> None:
    """Note what leaves: how many documents, how many bytes, from which byte on, and which documents they are."""
    evaluation = bundle.contents.evaluation
    files = bundle.contents.files
    audit.record(
        action="evidence.bundled", subject=f"evaluation:{evaluation.pk}", by=by, at=at, region_id=evaluation.region_id,
        details={
            "files": len(files), "bytes": len(bundle.archive), "from": start, "mark": bundle.mark, "address": address,
            "evidence": [entry.evidence.pk for entry in files],
        },
    )  # fmt: skip
