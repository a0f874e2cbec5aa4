"""One more series of tries for a mail that was given up; never for one that may have arrived."""

from datetime import datetime

from django.db import transaction

from accounts import audit
from accounts.models import User
from notices.models import Mail
from notices.tasks import promise_sending


class NotGivenUp(Exception):
    """The mail waits, was sent, or may have been: trying again could send it twice."""

    def __init__(self) -> None:
        super().__init__(
            "Surel ini tidak dicoba lagi: sedang menunggu, sudah terkirim, atau mungkin sudah terkirim. "
            "Isinya tetap ada di halaman pemberitahuan orangnya."
        )


class NoAddress(Exception):
    """There is nowhere to send it to."""

    def __init__(self) -> None:
        super().__init__(
            "Alamat surel orang ini kosong atau ditolak server. Perbaiki alamatnya lebih dulu, lalu coba lagi."
        )


@transaction.atomic
def retry(*, mail: Mail, by: User, at: datetime) -> Mail:
    """Put a mail back into the outbox, to the address the person has now. Raises `NotGivenUp` or `NoAddress`."""
    mail = Mail.objects.select_for_update(of=("self",)).select_related("user").get(pk=mail.pk)
    if mail.state != Mail.State.FAILED:
        raise NotGivenUp
    if not mail.user.email or mail.user.mail_refused_at is not None:
        raise NoAddress
    mail.state, mail.attempts, mail.reason, mail.due_at = Mail.State.WAITING, 0, "", at
    mail.address = mail.user.email
    mail.save(update_fields=["state", "attempts", "reason", "due_at", "address"])
    audit.record(
        action="mail.retried", subject=f"mail:{mail.pk}", by=by, at=at, region_id=mail.user.region_id,
        details={"username": mail.user.username},
    )  # fmt: skip
    promise_sending(at)
    return mail
