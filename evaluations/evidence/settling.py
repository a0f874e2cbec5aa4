"""Doubts as rows: what the weighing finds now is there, what it finds no more is gone, what was answered stays."""

from datetime import datetime

from django.db import transaction

from evaluations.evidence import scrutiny, suggestions
from evaluations.evidence.scrutiny import Period, Subject
from evaluations.models import Evidence, EvidenceText, EvidenceUse, EvidenceWarning


@transaction.atomic
def settle_warnings(evidence_id: int, *, at: datetime) -> None:
    """Weigh a document anew: after it was read, described, or given another question. Safe to repeat.

    An answered doubt opens again only when there is something else to doubt: its detail has changed.
    """
    evidence = Evidence.objects.select_for_update(of=("self",)).get(pk=evidence_id)
    reading = EvidenceText.objects.filter(evidence=evidence).first()
    if reading is None:
        return  # nothing is known yet; the worker comes back here
    found = scrutiny.doubts(_subject(evidence, reading), _period(evidence))
    known = {each.code: each for each in evidence.warnings.all()}
    for code, detail in found.items():
        _keep(evidence, known.pop(code, None), code, detail, at)
    evidence.warnings.unanswered().filter(code__in=known).delete()


def _keep(evidence: Evidence, known: EvidenceWarning | None, code: str, detail: str, at: datetime) -> None:
    if known is None:
        EvidenceWarning.objects.create(evidence=evidence, code=code, detail=detail, found_at=at)
    elif known.detail != detail:
        EvidenceWarning.objects.filter(pk=known.pk).update(
            detail=detail, found_at=at, answer="", answered_at=None, answered_by=None
        )


def _period(evidence: Evidence) -> Period:
    cycle = evidence.evaluation.cycle
    return Period(tuple(cycle.instrument.evidence_years), cycle.regulations_until)


def _subject(evidence: Evidence, reading: EvidenceText) -> Subject:
    return Subject(
        media_type=evidence.media_type,
        page_count=evidence.page_count,
        kind=evidence.document_kind,
        dated_on=evidence.dated_on,
        valid_until=evidence.valid_until,
        named_on=suggestions.day_of_photo(evidence.file_name),
        says_more=bool(reading.facts.get("says_more")),
        expected=_expected(evidence),
        facts=reading.facts,
        guessed=suggestions.stored(reading.suggestions),
    )


def _expected(evidence: Evidence) -> list[str]:
    """What it is said to cover; for a question that expects a single thing, that thing."""
    uses = EvidenceUse.objects.current().filter(evidence=evidence)
    lines = []
    for covers, expected in uses.order_by("pk").values_list("covers", "answer__question__evidence"):
        places = covers or ([0] if len(expected) == 1 else [])
        lines += [expected[place] for place in places if place < len(expected)]
    return lines
