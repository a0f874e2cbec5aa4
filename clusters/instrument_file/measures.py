"""Which figure a question asks for, and whether its scale can turn that figure into an option."""

from collections.abc import Mapping

from clusters.instrument_file.content import QuestionEntry, ScaleEntry
from clusters.instrument_file.faults import Faults
from clusters.instrument_file.reading import Node
from clusters.instrument_file.values import Values

TREND_SCALE = "tren"  # the one scale whose option follows from comparing two years
PLACE_UNITS = {"kecamatan": "district", "desa": "village"}  # clusters.models.Question.PlaceUnit
TREND_STEPS = 5  # clusters.scales.Trend


def check_measure(question: QuestionEntry, scale: ScaleEntry | None, entry: Mapping[str, Node], faults: Faults) -> None:
    """A percentage needs ranges, a comparison of two years a figure and its five steps; only a comparison has a
    better side."""
    if scale is None:
        return
    if scale.code == TREND_SCALE:
        if len(scale.options) != TREND_STEPS:
            faults.add(entry["scale"].line, f"Skala “{TREND_SCALE}” harus memiliki tepat {TREND_STEPS} opsi.")
        if not question.measure:
            faults.add(entry["scale"].line, f"Skala “{TREND_SCALE}” memerlukan isian “measure”.")
    elif question.lower_is_better:
        faults.add(entry["better"].line, f"Isian “better” hanya berlaku pada skala “{TREND_SCALE}”.")
    elif question.measure == "percentage" and not any(option.range for option in scale.options):
        faults.add(entry["measure"].line, f"Skala “{scale.code}” tidak menyebut rentang persentase.")


def counted_places(entry: Mapping[str, Node], scale: ScaleEntry | None, values: Values) -> str:
    """The kind of place a percentage is counted over; only a percentage whose scale has ranges can be."""
    unit = values.choice(entry["counted_by"], tuple(PLACE_UNITS))
    if unit and scale is not None and not any(option.range for option in scale.options):
        values.faults.add(
            entry["counted_by"].line, "Isian “counted_by” hanya berlaku pada skala dengan rentang persentase."
        )
    if unit and values.choice(entry["measure"], ("percentage", "count")) != "percentage":
        values.faults.add(entry["counted_by"].line, "Isian “counted_by” memerlukan “measure: percentage”.")
    return PLACE_UNITS.get(unit, "")
