"""What the administrator's page of jobs says about the virus scan."""

from typing import Any

from django import template
from django.conf import settings
from django.db.models import Count, Q

from evaluations.evidence import antivirus
from evaluations.models import Evidence

register = template.Library()


@register.inclusion_tag("evaluations/evidence/scanner.html")
def pemindai() -> dict[str, Any]:
    """Mode, the scanner's own word (or that it is silent), how many files wait and how many were refused."""
    said, silent = "", False
    if antivirus.is_on():
        try:
            said = antivirus.version()
        except antivirus.ScannerAway:
            silent = True
    files = Evidence.objects.filter(kind=Evidence.Kind.FILE).aggregate(
        waiting=Count("pk", filter=Q(scan=Evidence.Scan.NONE)),
        infected=Count("pk", filter=Q(scan=Evidence.Scan.INFECTED)),
    )
    return {"mode": settings.ANTIVIRUS, "said": said, "silent": silent, **files}
