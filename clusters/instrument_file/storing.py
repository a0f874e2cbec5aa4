"""From checked content to rows; an instrument somebody has used is never touched."""

from datetime import datetime

from django.db import models

from clusters.instrument_file.content import Content, OptionEntry, QuestionEntry
from clusters.instrument_file.measures import TREND_SCALE
from clusters.matrices import for_storing
from clusters.models import (
    Cluster,
    Cycle,
    Indicator,
    Instrument,
    InstrumentOffice,
    Option,
    PredicateBand,
    Question,
)
from clusters.scoring import hundredths

_WAY_TO_INSTRUMENT: dict[type[models.Model], str] = {
    Cycle: "instrument",
    Cluster: "instrument",
    Indicator: "cluster__instrument",
    Question: "instrument",
    Option: "question__instrument",
}


def is_used(instrument: Instrument) -> bool:
    """Whether any row of another room points into the instrument or a cycle of it: an evaluation, an answer, a verdict.

    Asks Django which models point here, because this room knows none of them by name.
    """
    for model, way in _WAY_TO_INSTRUMENT.items():
        for relation in model._meta.get_fields(include_hidden=True):
            if not isinstance(relation, models.ForeignObjectRel) or relation.related_model is None:
                continue
            pointing = relation.related_model
            if isinstance(pointing, str) or pointing._meta.app_label == Instrument._meta.app_label:
                continue
            if pointing._base_manager.filter(**{f"{relation.field.name}__{way}": instrument}).exists():
                return True
    return False


def store(content: Content, remarks: list[str], instrument: Instrument | None, at: datetime) -> Instrument:
    """Write all rows; those of an earlier, unused file of the same code go. Needs the caller's transaction."""
    instrument = instrument or Instrument(code=content.code)
    instrument.name = content.name
    instrument.maximum = content.maximum
    instrument.evidence_years = list(content.evidence_years)
    instrument.fraction_rule = content.fraction_rule
    instrument.fingerprint = content.fingerprint
    instrument.forms_fingerprint = content.forms_fingerprint
    instrument.remarks = remarks
    instrument.loaded_at = at
    if instrument.pk:
        for held in (instrument.clusters, instrument.bands, instrument.offices):
            held.all().delete()
    instrument.save()
    PredicateBand.objects.bulk_create(
        PredicateBand(instrument=instrument, code=band.code, name=band.name, lowest=band.lowest)
        for band in content.bands
    )
    InstrumentOffice.objects.bulk_create(
        InstrumentOffice(instrument=instrument, code=office.code, name=office.name, aliases=list(office.aliases))
        for office in content.offices.values()
    )
    _store_levels(content, instrument)
    return instrument


def _store_levels(content: Content, instrument: Instrument) -> None:
    clusters = Cluster.objects.bulk_create(
        Cluster(instrument=instrument, code=each.code, name=each.name, maximum=each.maximum, position=position)
        for position, each in enumerate(content.clusters, start=1)
    )
    owners = [row for row, each in zip(clusters, content.clusters, strict=True) for _ in each.indicators]
    indicators = Indicator.objects.bulk_create(
        Indicator(cluster=owner, code=each.code, name=each.name, maximum=each.maximum, position=position)
        for position, (owner, each) in enumerate(zip(owners, content.indicators, strict=True), start=1)
    )
    headings = [row for row, each in zip(indicators, content.indicators, strict=True) for _ in each.questions]
    questions = Question.objects.bulk_create(
        _question(content, instrument, heading, each, position)
        for position, (heading, each) in enumerate(zip(headings, content.questions, strict=True), start=1)
    )
    Option.objects.bulk_create(
        _option(row, each, option, position)
        for row, each in zip(questions, content.questions, strict=True)
        for position, option in enumerate(content.scales[each.scale].options)
    )


def _question(
    content: Content, instrument: Instrument, indicator: Indicator, entry: QuestionEntry, position: int
) -> Question:
    return Question(
        instrument=instrument,
        indicator=indicator,
        code=entry.code,
        text=entry.text,
        maximum=entry.maximum,
        position=position,
        scale=entry.scale,
        scale_name=content.scales[entry.scale].name,
        measure=entry.measure,
        two_years=entry.scale == TREND_SCALE,
        lower_is_better=entry.lower_is_better,
        evidence=list(entry.evidence),
        matrix=entry.matrix,
        matrix_name=entry.matrix_name,
        matrix_columns=for_storing(entry.columns),
        place_unit=entry.place_unit,
        offices=list(entry.offices),
    )


def _option(question: Question, entry: QuestionEntry, option: OptionEntry, position: int) -> Option:
    return Option(
        question=question,
        position=position,
        label=option.label,
        points=hundredths(option.fraction * entry.maximum),
        above=option.range.above if option.range else None,
        upto=option.range.upto if option.range else None,
    )
