"""What the trail's events about paper are called, and where they lead."""

from collections.abc import Sequence

from django.urls import reverse

from accounts.journal.subjects import Subject
from accounts.models import User
from reports import rules


def documents(user: User, keys: Sequence[int]) -> dict[int, Subject]:
    """By kind and number."""
    found = rules.visible_documents(user).filter(pk__in=keys)
    return {
        each.pk: Subject(
            f"{each.get_kind_display()} {each.number}".strip(), reverse("reports:document", args=[each.pk])
        )
        for each in found
    }
