"""The virus scan of one stored file: what the scanner says becomes the row's state; its silence changes nothing."""

from datetime import datetime

from django.db import transaction
from django.urls import reverse

from accounts import audit
from accounts.models import User
from evaluations.evidence import antivirus, storing
from evaluations.models import Answer, Evidence
from notices.actions import tell
from notices.models import Notice


def scan(evidence: Evidence, *, at: datetime) -> None:
    """Ask the scanner and write its word down. Raises `antivirus.ScannerAway` and `FileNotFoundError`."""
    if not evidence.is_file or not antivirus.is_on():
        return
    signature = antivirus.signature_in(storing.path_of(evidence.stored_as))
    if signature:
        _withhold(evidence, signature, at)
    else:
        Evidence.objects.filter(pk=evidence.pk).update(scan=Evidence.Scan.CLEAN, scanned_at=at)


@transaction.atomic
def _withhold(evidence: Evidence, signature: str, at: datetime) -> None:
    """Infected: nobody gets it, it proves nothing, whoever brought it and the lead's confirmation are told."""
    Evidence.objects.filter(pk=evidence.pk).update(scan=Evidence.Scan.INFECTED, scanned_at=at)
    proved = Answer.objects.filter(uses__evidence=evidence, uses__removed_at__isnull=True)
    Answer.objects.filter(pk__in=proved.values("pk")).update(confirmed_at=None, confirmed_by=None)
    audit.record(
        action="evidence.infected", subject=f"evidence:{evidence.pk}", by=None, at=at,
        region_id=evidence.evaluation.region_id, details={"signature": signature, "sha256": evidence.sha256},
    )  # fmt: skip
    tell(
        users=User.objects.filter(pk=evidence.added_by_id, is_active=True).values_list("pk", flat=True),
        kind=Notice.Kind.CONFIRM,
        key=f"evidence:{evidence.pk}:infected",
        text=f"Pemindai virus menolak “{evidence.title[:120]}”. Berkas tidak disajikan; unggah berkas yang bersih.",
        link=reverse("evaluations:evidence", args=[evidence.evaluation_id, evidence.pk]),
        at=at,
    )
