"""Scales: the steps that many questions share, and the percentages their labels speak of."""

from decimal import Decimal

from clusters.instrument_file.content import OptionEntry, ScaleEntry
from clusters.instrument_file.reading import Node
from clusters.instrument_file.values import Values
from clusters.scales import HUNDRED, has_holes, read_range


def scale_entry(code: str, node: Node, values: Values) -> ScaleEntry:
    """One scale; when any of its labels states a range of percentages, all must, without holes or overlaps."""
    entry = values.fields(node, required=("name", "options"))
    options = tuple(_option(each, values) for each in values.entries(entry["options"]))
    ranges = [option.range for option in options if option.range is not None]
    if ranges and (len(ranges) != len(options) or has_holes(ranges)):
        values.faults.add(
            entry["options"].line, f"Rentang persentase skala “{code}” berlubang atau tumpang tindih antara 0 dan 100."
        )
    return ScaleEntry(code, values.text(entry["name"], longest=120), options)


def _option(node: Node, values: Values) -> OptionEntry:
    entry = values.fields(node, required=("label", "fraction"))
    label = values.text(entry["label"], longest=160)
    stated = read_range(label)
    if stated and (stated.upto > HUNDRED or (stated.above or Decimal(0)) >= HUNDRED):
        values.faults.add(entry["label"].line, f"Rentang “{label}” melewati 100%.")
    return OptionEntry(label, values.fraction(entry["fraction"]), stated)
