"""The plan of an evaluation as plain values: which office leads a question, which support it, until when."""

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils.dateparse import parse_date

from accounts.models import Office
from evaluations.models import Evaluation, Responsibility


@dataclass(frozen=True, slots=True)
class Duty:
    """Who answers one question, by the offices' keys. The lead is never a supporter too."""

    lead: int | None = None
    support: frozenset[int] = frozenset()
    due_on: date | None = None

    @property
    def offices(self) -> frozenset[int]:
        """Everybody concerned."""
        return self.support if self.lead is None else self.support | {self.lead}

    @property
    def token(self) -> str:
        """What a form carries along to say which standing it has seen: "3|5.7|2025-05-20"."""
        due = self.due_on.isoformat() if self.due_on else ""
        return f"{self.lead or ''}|{'.'.join(map(str, sorted(self.support)))}|{due}"

    def stored(self) -> dict[str, Any]:
        """As history and trail keep it."""
        due = self.due_on.isoformat() if self.due_on else None
        return {"lead": self.lead, "support": sorted(self.support), "due_on": due}


NOBODY = Duty()


def from_token(token: str) -> Duty | None:
    """The standing that a form has seen; None when the token is none of ours."""
    try:
        lead, support, due = token[:2000].split("|")
        found = Duty(
            int(lead) if lead else None,
            frozenset(int(each) for each in support.split(".") if each),
            date.fromisoformat(due) if due else None,
        )
    except ValueError:
        return None
    return found


def from_stored(kept: dict[str, Any]) -> Duty:
    """A standing out of the history."""
    return Duty(kept["lead"], frozenset(kept["support"]), parse_date(kept["due_on"]) if kept["due_on"] else None)


def gathered(rows: Iterable[Responsibility]) -> dict[int, Duty]:
    """Duties by question from their rows; where rows differ in their date the earliest counts."""
    leads: dict[int, int] = {}
    support: dict[int, set[int]] = {}
    due: dict[int, date] = {}
    for row in rows:
        support.setdefault(row.question_id, set())
        if row.is_lead:
            leads[row.question_id] = row.office_id
        else:
            support[row.question_id].add(row.office_id)
        if row.due_on:
            due[row.question_id] = min(row.due_on, due.get(row.question_id, row.due_on))
    return {pk: Duty(leads.get(pk), frozenset(offices), due.get(pk)) for pk, offices in support.items()}


def duties_of(evaluation: Evaluation) -> dict[int, Duty]:
    """All duties by question; questions that nobody answers are missing. One query."""
    return gathered(Responsibility.objects.filter(evaluation=evaluation))


def offices_of(evaluation: Evaluation) -> dict[int, Office]:
    """The region's offices by key, wholes before their parts, by name. One query."""
    found = Office.objects.filter(region=evaluation.region_id).order_by("name")
    return {each.pk: each for each in sorted(found, key=lambda office: office.part_of_id is not None)}


def fingerprint(duties: Iterable[tuple[int, Duty]]) -> str:
    """One short word for the standing of many questions."""
    said = ";".join(f"{pk}:{duty.token}" for pk, duty in sorted(duties, key=lambda pair: pair[0]))
    return hashlib.sha256(said.encode()).hexdigest()[:24]
