"""Sentences that come again and again in notes."""

from django.db import models
from django.db.models import Q

from accounts.models import Province, User
from verification.models.judgement import Verdict


class Phrase(models.Model):
    """A sentence for notes, kept by whoever wrote it; colleagues of the province may use what is shared."""

    author = models.ForeignKey(User, on_delete=models.CASCADE, related_name="phrases")
    province = models.ForeignKey(Province, on_delete=models.PROTECT, null=True, related_name="+")  # whose verifiers
    reason = models.CharField("alasan", max_length=20, choices=Verdict.Reason, blank=True)  # empty: fits all
    text = models.CharField("frasa", max_length=500)
    is_shared = models.BooleanField("dibagikan", default=False)
    uses = models.PositiveIntegerField("dipakai", default=0)
    kept_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["author", "reason", "text"], name="phrase_once_per_author_and_reason"),
            models.CheckConstraint(name="phrase_says_something", condition=~Q(text="")),
            models.CheckConstraint(
                name="phrase_is_shared_in_a_province", condition=Q(is_shared=False) | Q(province__isnull=False)
            ),
        ]

    def __str__(self) -> str:
        return self.text
