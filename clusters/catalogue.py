"""The instrument's texts and options as pages show them, read once per edition and kept in the process.

Pages fill in only what differs between regions: which option is chosen, which evidence stands beside it.
"""

from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache

from clusters.models import Cluster, Indicator, Instrument, Option, Question


@dataclass(frozen=True, slots=True)
class Entry:
    """A question with its options in order and the names of its offices, the lead first."""

    question: Question
    options: tuple[Option, ...]
    offices: tuple[str, ...]
    index: int  # place in the instrument's sequence
    cluster: str  # its code, at hand: pages ask for it by the thousand

    def option(self, pk: int | None) -> Option | None:
        """One of this question's own options."""
        return next((each for each in self.options if each.pk == pk), None)


@dataclass(frozen=True, slots=True)
class Catalogue:
    """All questions of an edition, by place, by pk and by code."""

    entries: tuple[Entry, ...]
    by_pk: dict[int, Entry]
    by_code: dict[str, Entry]
    clusters: tuple[Cluster, ...]

    def of_cluster(self, code: str) -> list[tuple[Indicator, list[Entry]]]:
        """The cluster's indicators in order, each with its questions."""
        groups: dict[int, tuple[Indicator, list[Entry]]] = {}
        for entry in self.entries:
            indicator = entry.question.indicator
            if indicator.cluster.code == code:
                groups.setdefault(indicator.pk, (indicator, []))[1].append(entry)
        return list(groups.values())

    def cluster(self, code: str) -> Cluster | None:
        """A cluster by its code, such as "KD"."""
        return next((each for each in self.clusters if each.code == code), None)


def catalogue_of(instrument: Instrument) -> Catalogue:
    """The catalogue of an instrument row; a reload changes its fingerprints or moment. 5 queries at first."""
    edition = instrument.fingerprint + instrument.forms_fingerprint
    return _read(instrument.pk, edition, instrument.loaded_at)


@lru_cache(maxsize=16)
def _read(instrument_pk: int, edition: str, loaded_at: datetime) -> Catalogue:
    instrument = Instrument.objects.get(pk=instrument_pk)
    names = dict(instrument.offices.values_list("code", "name"))
    questions = (
        instrument.questions.order_by("position").select_related("indicator__cluster").prefetch_related("options")
    )
    entries = tuple(
        Entry(
            question,
            tuple(question.options.all()),
            tuple(names.get(code, code) for code in question.offices),
            index,
            question.indicator.cluster.code,
        )
        for index, question in enumerate(questions)
    )
    return Catalogue(
        entries,
        {entry.question.pk: entry for entry in entries},
        {entry.question.code: entry for entry in entries},
        tuple(instrument.clusters.all()),
    )
