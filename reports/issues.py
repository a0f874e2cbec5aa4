"""What makes a paper this very paper."""

from dataclasses import dataclass
from datetime import datetime

from django.conf import settings
from django.urls import reverse

from kla_portal import qr
from reports import codes

SHORT = 16  # signs of the fingerprint in the footer


@dataclass(frozen=True, slots=True)
class Issue:
    """What makes a paper this very paper: its number, its date, its content's fingerprint."""

    number: str
    issued_at: datetime
    fingerprint: str
    code: str  # that its page on the portal is found by

    @property
    def address(self) -> str:
        """The public page that tells whether the paper is genuine."""
        return str(settings.SITE_URL) + reverse("checking:paper", args=[self.code])

    @property
    def proof(self) -> dict[str, str]:
        """What stands at the foot of every page: number, code, fingerprint, and the way to check them."""
        return {
            "number": self.number,
            "short": f"{self.fingerprint[:SHORT]}…",
            "code": codes.shown(self.code),
            "site": (str(settings.SITE_URL) + reverse("checking:index")).split("://", 1)[-1],
            "qr": qr.svg(self.address, "Periksa keaslian dokumen ini di portal"),
        }
