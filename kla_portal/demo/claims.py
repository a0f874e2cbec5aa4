"""What the regions of the demo claim: options drawn with a fixed seed, so that the demo is the same everywhere."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from random import Random

from clusters.models import Option, Question
from clusters.scales import Trend
from clusters.scoring import HUNDREDTH, ZERO
from evaluations.claims import Claim, from_measure, from_option, from_points

CEILINGED = "19"  # its questions add up to more than the indicator's maximum: a loss there would not show
FREE_REASON = "Contoh: nilai diambil dari rekap kertas, opsi belum dipilih."


@dataclass(frozen=True, slots=True)
class Entry:
    """A question with its options in their order, and whether a loss of points there shows in the total."""

    question: Question
    options: tuple[Option, ...]
    shows: bool

    @property
    def best(self) -> Option:
        """The option with the most points."""
        return max(self.options, key=lambda option: option.points)

    def below(self, points: Decimal) -> list[Option]:
        """Options worth less than `points`, the best of them first."""
        return sorted((each for each in self.options if each.points < points), key=lambda each: -each.points)


@dataclass(frozen=True, slots=True)
class Choice:
    """What is given for one question: an option, or points on their own."""

    points: Decimal
    option: Option | None = None


def lower_to(
    entries: Sequence[Entry], start: Sequence[Choice], loss: Decimal, step: float, rng: Random
) -> list[Choice]:
    """Take exactly `loss` away from `start`: options first, points on their own for the last hundredths.

    `step` is how often a question falls by more than one option. The questions that give way are drawn by `rng`.
    """
    chosen, left = list(start), loss
    places = [place for place, entry in enumerate(entries) if entry.shows and entry.question.maximum > 0]
    rng.shuffle(places)
    for place in places:
        lower = entries[place].below(chosen[place].points)
        if not lower:
            continue
        option = lower[min(len(lower) - 1, int(rng.random() < step))]
        if chosen[place].points - option.points <= left:
            left -= chosen[place].points - option.points
            chosen[place] = Choice(option.points, option)
    return _by_hundredths(chosen, start, places, left)


def _by_hundredths(chosen: list[Choice], start: Sequence[Choice], places: Sequence[int], left: Decimal) -> list[Choice]:
    """Spread what options could not take over questions that were left alone; at most half of a question's points."""
    for place in places:
        if left <= ZERO:
            break
        if chosen[place] == start[place] and chosen[place].points >= 2:
            part = min(left, (chosen[place].points / 2).quantize(HUNDREDTH))
            chosen[place] = Choice(chosen[place].points - part)
            left -= part
    if left > ZERO:
        raise ValueError(f"{left} points could not be taken away")
    return chosen


def drawn(entries: Sequence[Entry], share: float, strength: float, rng: Random) -> list[Choice | None]:
    """Claims of an ordinary region: `share` of the questions answered; the stronger, the nearer the best option."""
    choices: list[Choice | None] = []
    for entry in entries:
        if rng.random() >= share:
            choices.append(None)
            continue
        ordered = sorted(entry.options, key=lambda option: -option.points)
        option = ordered[min(len(ordered) - 1, int(rng.expovariate(strength)))]
        choices.append(Choice(option.points, option))
    return choices


def claim_of(entry: Entry, choice: Choice, rng: Random) -> Claim:
    """The claim that earns a choice: a figure where figures decide, a chosen option, else points with a reason."""
    question, option = entry.question, choice.option
    if option is None:
        return from_points(choice.points, FREE_REASON)
    if not question.option_follows_measure:
        count = Decimal(rng.randint(3, 60)) if question.measure == Question.Measure.COUNT and option.points else None
        return from_option(option, count)
    place = entry.options.index(option)
    if question.two_years:
        now, before = _two_years(place, question, rng)
        return from_option(option) if place == Trend.NONE else from_measure(question, entry.options, now, before)
    return from_measure(question, entry.options, _percentage(option, rng))


def _percentage(option: Option, rng: Random) -> Decimal:
    if option.upto is None or option.above is None:
        return option.upto or ZERO
    inside = option.above + (option.upto - option.above) * Decimal(rng.randint(5, 95)) / 100
    return inside.quantize(HUNDREDTH)


def _two_years(place: int, question: Question, rng: Random) -> tuple[Decimal, Decimal | None]:
    """This year's figure and the one before, so that their comparison earns the option at `place`."""
    before = Decimal(rng.randint(40, 70))
    step = Decimal(rng.randint(2, 18))
    if place == Trend.ONE_YEAR:
        return before, None
    if place == Trend.SAME:
        return before, before
    rises = (place == Trend.BETTER) != question.lower_is_better
    return (before + step if rises else before - step), before
