"""Keeping, changing, dropping and counting phrases."""

from datetime import datetime

from django.db import transaction
from django.db.models import F

from accounts import audit
from accounts.models import User
from verification.actions.state import Refusal
from verification.models import Phrase

MOST = 200  # a list nobody can read helps nobody


class TooMany(Refusal):
    """The list is full."""

    sentence = f"Anda sudah menyimpan {MOST} frasa. Hapus yang tidak dipakai lagi, lalu simpan yang baru."


class Known(Refusal):
    """Another phrase says the same already."""

    sentence = "Frasa yang sama untuk alasan itu sudah ada dalam daftar Anda."


@transaction.atomic
def keep(*, text: str, reason: str, is_shared: bool, by: User, at: datetime) -> Phrase:
    """Keep a phrase; the same once more is the one there is. Raises `TooMany`."""
    author = User.objects.select_for_update().get(pk=by.pk)
    known = Phrase.objects.filter(author=author, text=text, reason=reason).first()
    if known is not None:
        return known
    if Phrase.objects.filter(author=author).count() >= MOST:
        raise TooMany
    phrase = Phrase.objects.create(
        author=author, province_id=author.province_id, text=text, reason=reason, is_shared=is_shared, kept_at=at
    )
    _record("phrase.kept", phrase, by, at)
    return phrase


@transaction.atomic
def change(*, phrase: Phrase, text: str, reason: str, is_shared: bool, by: User, at: datetime) -> Phrase:
    """Change what one has written; how often it was used stays. Raises `Known`."""
    author = User.objects.select_for_update().get(pk=phrase.author_id)
    if Phrase.objects.filter(author=author, text=text, reason=reason).exclude(pk=phrase.pk).exists():
        raise Known
    phrase.text, phrase.reason, phrase.is_shared = text, reason, is_shared
    phrase.save(update_fields=["text", "reason", "is_shared"])
    _record("phrase.changed", phrase, by, at)
    return phrase


@transaction.atomic
def drop(*, phrase: Phrase, by: User, at: datetime) -> None:
    """Drop a phrase; notes that carry it stay as they are."""
    _record("phrase.dropped", phrase, by, at)
    phrase.delete()


@transaction.atomic
def count_use(*, phrase: Phrase) -> None:
    """One more use: the list is ranked by it."""
    Phrase.objects.filter(pk=phrase.pk).update(uses=F("uses") + 1)


def _record(action: str, phrase: Phrase, by: User, at: datetime) -> None:
    audit.record(
        action=action,
        subject=f"phrase:{phrase.pk}",
        by=by,
        at=at,
        details={"text": phrase.text, "reason": phrase.reason, "is_shared": phrase.is_shared},
    )
