"""What is claimed for a question: an option, a figure from which the option follows, or points with a reason."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from clusters import scales
from clusters.models import Option, Question
from evaluations.models import Answer


class NotAClaim(ValueError):
    """The input earns no option of this question; the text is a sentence for people."""


@dataclass(frozen=True, slots=True)
class Claim:
    """One claim, ready to be stored; `points` None: the answer is emptied."""

    kind: Answer.Kind = Answer.Kind.EMPTY
    option_id: int | None = None
    measure: Decimal | None = None
    measure_before: Decimal | None = None
    points: Decimal | None = None
    reason: str = ""


EMPTY = Claim()


def from_option(option: Option, measure: Decimal | None = None) -> Claim:
    """An option chosen by a person; a count may stand beside it."""
    return Claim(Answer.Kind.OPTION, option.pk, measure, None, option.points)


def only_measure(measure: Decimal | None) -> Claim:
    """A count typed before its option is chosen: kept, but no claim yet."""
    return Claim(measure=measure)


def from_measure(
    question: Question, options: Sequence[Option], now: Decimal | None, before: Decimal | None = None
) -> Claim:
    """The option that a figure earns: a percentage by its range, two years by their comparison.

    Both figures empty means "no claim" (the option "no data" is then chosen by hand). Raises `NotAClaim`.
    """
    if now is None and before is None:
        return EMPTY
    if question.two_years:
        place = scales.option_for_trend(before, now, lower_is_better=question.lower_is_better)
    else:
        place = _place_of_percentage(options, now)
    option = options[place]
    return Claim(Answer.Kind.MEASURE, option.pk, now, before, option.points)


def _place_of_percentage(options: Sequence[Option], now: Decimal | None) -> int:
    ranges = [scales.Range(each.above, each.upto) for each in options if each.upto is not None]
    if now is None or len(ranges) != len(options):
        raise NotAClaim("Isi persentasenya, misalnya 82,5.")
    try:
        return scales.option_for_percentage(now, ranges)
    except ValueError:
        raise NotAClaim("Persentase harus antara 0 dan 100, misalnya 82,5.") from None


def from_points(points: Decimal, reason: str) -> Claim:
    """Free points, for imports and corrections; a reason is part of the claim."""
    return Claim(Answer.Kind.FREE, points=points, reason=reason)


def standing(answer: Answer) -> Claim:
    """What the answer claims already, for a save that changes something else."""
    return Claim(
        Answer.Kind(answer.kind), answer.option_id, answer.measure, answer.measure_before, answer.points, answer.reason
    )
