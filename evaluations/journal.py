"""What the trail's events about the case file are called, and where they lead."""

from collections.abc import Sequence

from django.urls import reverse

from accounts.journal.subjects import MOST, Subject
from accounts.models import User
from clusters.models import Cycle
from evaluations import rules
from evaluations.workbooks import rules as workbook_rules


def answers(user: User, keys: Sequence[int]) -> dict[int, Subject]:
    """By the question's code, with the region for those who read of several."""
    found = rules.visible_answers(user).filter(pk__in=keys)
    rows = found.values_list("pk", "evaluation_id", "question__code", "evaluation__cycle__code")
    return {
        pk: Subject(f"pertanyaan {code}, {cycle}", reverse("evaluations:question", args=[evaluation, code]))
        for pk, evaluation, code, cycle in rows
    }


def evidence(user: User, keys: Sequence[int]) -> dict[int, Subject]:
    """By the document's title."""
    rows = rules.visible_evidence(user).filter(pk__in=keys).values_list("pk", "evaluation_id", "title")
    return {
        pk: Subject(f"bukti {title}", reverse("evaluations:evidence", args=[evaluation, pk]))
        for pk, evaluation, title in rows
    }


def evaluations(user: User, keys: Sequence[int]) -> dict[int, Subject]:
    """By region and cycle."""
    rows = rules.visible_evaluations(user).filter(pk__in=keys).values_list("pk", "region__name", "cycle__code")
    return {
        pk: Subject(f"evaluasi {region} {cycle}", reverse("evaluations:overview", args=[pk]))
        for pk, region, cycle in rows
    }


def duties(user: User, keys: Sequence[int]) -> dict[int, Subject]:
    """The plan of an evaluation."""
    rows = rules.visible_evaluations(user).filter(pk__in=keys).values_list("pk", "region__name", "cycle__code")
    return {
        pk: Subject(f"pembagian tugas {region} {cycle}", reverse("evaluations:duties", args=[pk]))
        for pk, region, cycle in rows
    }


def imports(user: User, keys: Sequence[int]) -> dict[int, Subject]:
    """By the file's own name."""
    rows = workbook_rules.visible_imports(user).filter(pk__in=keys).values_list("pk", "evaluation_id", "file_name")
    return {
        pk: Subject(f"berkas {name}", reverse("evaluations:workbooks", args=[evaluation]))
        for pk, evaluation, name in rows
    }


def cycles(user: User, keys: Sequence[int]) -> dict[int, Subject]:
    """By its name; a cycle has no page of its own."""
    return {pk: Subject(name) for pk, name in Cycle.objects.filter(pk__in=keys).values_list("pk", "name")}


def seek(user: User, words: str) -> list[str]:
    """Answers to a question by its code, documents by a part of their title."""
    coded = rules.visible_answers(user).filter(question__code__iexact=words).order_by("-pk")
    titled = rules.visible_evidence(user).filter(title__icontains=words).order_by("-pk")
    found = [f"answer:{pk}" for pk in coded.values_list("pk", flat=True)[:MOST]]
    if len(words) > 2:
        found += [f"evidence:{pk}" for pk in titled.values_list("pk", flat=True)[:MOST]]
    return found
