"""What people of a region say to each other about one answer; nothing said is changed, it can only be withdrawn."""

from django.db import models
from django.db.models import Q

from accounts.models import User
from evaluations.models.answers import Answer


class Comment(models.Model):
    """One thing said in the thread of an answer. `token` is the sheet it was written on: sent twice is said once."""

    answer = models.ForeignKey(Answer, on_delete=models.CASCADE, related_name="comments")
    text = models.TextField("komentar", max_length=2000)
    token = models.CharField(max_length=32)
    said_at = models.DateTimeField()
    said_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    mentions = models.ManyToManyField(User, related_name="mentioned_in")
    withdrawn_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["said_by", "token"], name="comment_once_per_sheet"),
            models.CheckConstraint(name="comment_says_something", condition=~Q(text="")),
        ]

    def __str__(self) -> str:
        return f"{self.answer_id} {self.said_by_id}"
