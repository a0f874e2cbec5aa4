"""When an address takes no mail, or no server takes any: who is told, once each."""

from datetime import datetime

from django.db import transaction
from django.urls import reverse
from django.utils import timezone
from django.utils.http import urlencode

from accounts import addresses
from accounts.models import User
from notices import actions, rules
from notices.models import Notice


@transaction.atomic
def note(*, user: User, address: str, reason: str, at: datetime) -> None:
    """Send nothing there any more; tell the person, and whoever can help."""
    if not addresses.refuse(user_id=user.pk, email=address, reason=reason, at=at):
        return
    key = f"mail-refused:{user.pk}:{at.isoformat()}"
    actions.tell(
        users=[user.pk], kind=Notice.Kind.MAIL, key=key, link=reverse("accounts:profile"), at=at,
        text="Alamat surel Anda ditolak server, jadi ringkasan harian berhenti. Perbaiki alamatnya di Akun saya.",
    )  # fmt: skip
    text = f"Alamat surel {user} ditolak server. Ingatkan agar alamatnya diperbaiki."
    for people, link in (
        (rules.administrators(), reverse("notices:mails")),
        (rules.operators_beside(user), f"{reverse('accounts:users')}?{urlencode({'q': user.username})}"),
    ):
        told = people.exclude(pk=user.pk).values_list("pk", flat=True)
        actions.tell(users=told, kind=Notice.Kind.MAIL, key=key, text=text, link=link, at=at)


@transaction.atomic
def note_given_up(*, reason: str, at: datetime) -> None:
    """Tell the administrators, once a day, that mails were given up."""
    day = timezone.localtime(at).date()
    actions.tell(
        users=rules.administrators().values_list("pk", flat=True), kind=Notice.Kind.MAIL, key=f"mail-given-up:{day}",
        text=f"Ada surel hari ini yang tidak dapat dikirim. {reason}", link=reverse("notices:mails"), at=at,
    )  # fmt: skip
