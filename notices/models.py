"""NEWS, stored: one row per person and thing told."""

from django.db import models
from django.db.models import Q

from accounts.models import User


class NoticeQuerySet(models.QuerySet["Notice"]):
    """Adjectives of notices."""

    def unread(self) -> "NoticeQuerySet":
        """Not looked at yet."""
        return self.filter(read_at__isnull=True)

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

    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="notices")
    kind = models.CharField(max_length=12, choices=Kind)
    key = models.CharField(max_length=120)
    text = models.CharField(max_length=300)  # one sentence, no evidence contents, no names of children
    link = models.CharField(max_length=300, blank=True)  # a path of the portal
    told_at = models.DateTimeField()
    read_at = models.DateTimeField(null=True)

    objects = NoticeQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["user", "key"], name="notice_once_per_occasion"),
            models.CheckConstraint(name="notice_leads_into_the_portal", condition=Q(link="") | Q(link__startswith="/")),
        ]
        indexes = [models.Index(fields=["user", "read_at"], name="notices_of_a_person")]

    def __str__(self) -> str:
        return f"{self.user_id} {self.key}"
