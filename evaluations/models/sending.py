"""Handing over: every attempt to send an evaluation, with its note, what was weak then, and what became of it."""

from django.db import models
from django.db.models import Q

from accounts.models import User
from evaluations.models.answers import Evaluation


class SendingQuerySet(models.QuerySet["Sending"]):
    """Adjectives of sendings."""

    def waiting(self) -> "SendingQuerySet":
        """The leader has not answered yet."""
        return self.filter(outcome=Sending.Outcome.WAITING)

    def standing(self) -> "SendingQuerySet":
        """Sent and not reopened since."""
        return self.filter(outcome=Sending.Outcome.SENT, reopened_at__isnull=True)


class Sending(models.Model):
    """One attempt: asked for by the operator; sent, declined or withdrawn; what was sent may be reopened later.

    `weak` are the numbers the operator confirmed, by kind of weakness; `total` and `expected` the claim and what the
    review expected as they were settled, kept when the evaluation is reopened and settled anew.
    """

    class Outcome(models.TextChoices):
        WAITING = "WAITING", "Menunggu persetujuan"
        SENT = "SENT", "Terkirim"
        DECLINED = "DECLINED", "Tidak disetujui"
        WITHDRAWN = "WITHDRAWN", "Ditarik"

    evaluation = models.ForeignKey(Evaluation, on_delete=models.CASCADE, related_name="sendings")
    outcome = models.CharField("hasil", max_length=10, choices=Outcome)
    note = models.TextField("catatan pengirim", blank=True)
    weak = models.JSONField(default=dict)
    asked_at = models.DateTimeField()
    asked_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    decided_at = models.DateTimeField(null=True)
    decided_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")
    decision_note = models.TextField("alasan", blank=True)
    reopened_at = models.DateTimeField(null=True)
    reopened_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")
    reopen_reason = models.TextField("alasan dibuka kembali", blank=True)
    total = models.DecimalField(max_digits=7, decimal_places=2, null=True)
    expected = models.DecimalField(max_digits=7, decimal_places=2, null=True)

    objects = SendingQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["evaluation"], condition=Q(outcome="WAITING"), name="one_waiting_sending_per_evaluation"
            ),
            models.UniqueConstraint(
                fields=["evaluation"],
                condition=Q(outcome="SENT", reopened_at__isnull=True),
                name="one_standing_sending_per_evaluation",
            ),
            models.CheckConstraint(
                name="sending_decided_by_someone_at_some_time",
                condition=Q(outcome="WAITING", decided_at__isnull=True, decided_by__isnull=True)
                | (~Q(outcome="WAITING") & Q(decided_at__isnull=False, decided_by__isnull=False)),
            ),
            models.CheckConstraint(name="declining_says_why", condition=~Q(outcome="DECLINED") | ~Q(decision_note="")),
            models.CheckConstraint(
                name="reopened_by_someone_for_a_reason",
                condition=Q(reopened_at__isnull=True, reopened_by__isnull=True, reopen_reason="")
                | (Q(outcome="SENT", reopened_at__isnull=False, reopened_by__isnull=False) & ~Q(reopen_reason="")),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.evaluation_id} {self.outcome}"
