"""Every change of who answers what, kept so that it can be looked up and taken back."""

from django.db import models

from accounts.models import AuditEvent
from clusters.models import Question
from evaluations.models.answers import Evaluation


class DutyChange(models.Model):
    """One question's offices before and after an act; who did it and when stands in the act's audit event.

    `before` and `after` hold {"lead": office or null, "support": [offices], "due_on": "2025-05-20" or null}.
    """

    event = models.ForeignKey(AuditEvent, on_delete=models.PROTECT, related_name="duty_changes")
    evaluation = models.ForeignKey(Evaluation, on_delete=models.CASCADE, related_name="duty_changes")
    question = models.ForeignKey(Question, on_delete=models.PROTECT, related_name="+")
    before = models.JSONField()
    after = models.JSONField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["event", "question"], name="duty_changed_once_per_act")]
        indexes = [models.Index(fields=["evaluation", "question"], name="duty_changes_of_a_question")]

    def __str__(self) -> str:
        return f"{self.question_id} in {self.event_id}"
