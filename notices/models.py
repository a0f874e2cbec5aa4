"""NEWS, stored: one row per person and thing told; the outbox, one mail per person and day."""

from datetime import datetime

from django.db import models
from django.db.models import Q

from accounts.models import User


class NoticeQuerySet(models.QuerySet["Notice"]):
    """Adjectives of notices."""

    def unread(self) -> "NoticeQuerySet":
        """Not looked at yet."""
        return self.filter(read_at__isnull=True)

    def for_digest(self, since: datetime) -> "NoticeQuerySet":
        """Told lately, neither read nor mailed."""
        return self.unread().filter(mail__isnull=True, told_at__gte=since)

    def unread_first(self) -> "NoticeQuerySet":
        """In the order of the page: what waits, then what was read, the newest of each first."""
        is_unread = models.ExpressionWrapper(Q(read_at__isnull=True), models.BooleanField())
        return self.annotate(is_unread=is_unread).order_by("-is_unread", "-told_at", "-pk")


class Notice(models.Model):
    """Something a person is told once: `key` names the occasion, so that telling it again changes nothing."""

    class Kind(models.TextChoices):
        RETURNED = "RETURNED", "Jawaban dikembalikan"
        MENTIONED = "MENTIONED", "Anda disebut"
        COMMENTED = "COMMENTED", "Komentar baru"
        ASSIGNED = "ASSIGNED", "Tugas baru"
        DEADLINE = "DEADLINE", "Tenggat"
        SENDING = "SENDING", "Pengiriman"
        IMPORTED = "IMPORTED", "Impor"
        CONFIRM = "CONFIRM", "Perlu konfirmasi"
        MAIL = "MAIL", "Surel"
        REPAIR = "REPAIR", "Masa perbaikan"
        CLARIFY = "CLARIFY", "Klarifikasi"
        CORRECTED = "CORRECTED", "Koreksi nilai"

    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="notices")
    kind = models.CharField(max_length=12, choices=Kind)
    key = models.CharField(max_length=120)
    text = models.CharField(max_length=300)  # one sentence, no evidence contents, no names of children
    link = models.CharField(max_length=300, blank=True)  # a path of the portal
    told_at = models.DateTimeField()
    read_at = models.DateTimeField(null=True)
    mail = models.ForeignKey("Mail", on_delete=models.SET_NULL, null=True, related_name="notices")  # which told it too

    objects = NoticeQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["user", "key"], name="notice_once_per_occasion"),
            models.CheckConstraint(name="notice_leads_into_the_portal", condition=Q(link="") | Q(link__startswith="/")),
        ]
        indexes = [
            models.Index(fields=["user", "read_at"], name="notices_of_a_person"),
            models.Index(
                fields=["told_at"], condition=Q(read_at__isnull=True, mail__isnull=True), name="notices_not_mailed"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.user_id} {self.key}"


class MailQuerySet(models.QuerySet["Mail"]):
    """Adjectives of mails."""

    def due(self, at: datetime) -> "MailQuerySet":
        """Waiting, and not put off beyond this moment."""
        return self.filter(state=Mail.State.WAITING, due_at__lte=at)

    def abandoned(self, before: datetime) -> "MailQuerySet":
        """Handed over so long ago that whoever did it is gone."""
        return self.filter(state=Mail.State.SENDING, begun_at__lt=before)

    def troubled(self) -> "MailQuerySet":
        """Given up, or perhaps not arrived."""
        return self.filter(state__in=[Mail.State.FAILED, Mail.State.UNSURE])


class Mail(models.Model):
    """One digest on its way; the row is written first, marked SENDING before the server sees it, and never sent twice.

    A row found SENDING after a crash may have been sent: it becomes UNSURE and stays so.
    """

    class State(models.TextChoices):
        WAITING = "WAITING", "Menunggu"
        SENDING = "SENDING", "Sedang diserahkan"
        SENT = "SENT", "Terkirim"
        FAILED = "FAILED", "Tidak terkirim"
        UNSURE = "UNSURE", "Mungkin terkirim"

    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="mails")
    day = models.DateField()
    address = models.CharField(max_length=254)
    subject = models.CharField(max_length=150)
    body = models.TextField()
    state = models.CharField(max_length=8, choices=State, default=State.WAITING)
    attempts = models.PositiveSmallIntegerField(default=0)
    reason = models.CharField(max_length=200, blank=True)  # why it was put off or given up, a sentence for people
    message_id = models.CharField(max_length=120, blank=True)
    written_at = models.DateTimeField()
    due_at = models.DateTimeField()  # not before this moment: each new try waits longer
    begun_at = models.DateTimeField(null=True)
    sent_at = models.DateTimeField(null=True)

    objects = MailQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["user", "day"], name="mail_once_per_person_and_day"),
            models.CheckConstraint(
                name="mail_is_sent_at_some_time",
                condition=(Q(state="SENT") & Q(sent_at__isnull=False)) | (~Q(state="SENT") & Q(sent_at__isnull=True)),
            ),
        ]
        indexes = [
            models.Index(fields=["due_at"], condition=Q(state="WAITING"), name="mails_waiting"),
            models.Index(fields=["begun_at"], condition=Q(state="SENDING"), name="mails_on_their_way"),
        ]

    def __str__(self) -> str:
        return f"{self.user_id} {self.day}"
