"""Charts as SVG, drawn on the server with presentation attributes only, alike on page and paper.

A picture's coordinates are not points: they are integers in a viewBox, computed here and nowhere else.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.utils.html import format_html
from django.utils.safestring import SafeString

from clusters.planning import Forecast
from clusters.predicates import Tier, spans
from kla_portal.numbers import angka

RING = 57  # circumference of the progress ring, in its viewBox


def _part(value: Decimal | int, whole: Decimal | int, width: int) -> int:
    """`value` of `whole` as whole steps of `width`, never outside."""
    return max(0, min(width, round(width * value / whole))) if whole else 0


def ring(done: int, whole: int) -> SafeString:
    """A small ring that fills with progress."""
    return format_html(
        '<svg class="ring" viewBox="0 0 24 24" aria-hidden="true"><circle cx="12" cy="12" r="9"/>'
        '<circle class="{}" cx="12" cy="12" r="9" stroke-dasharray="{} {}"/></svg>',
        "full" if whole and done >= whole else "part",
        _part(done, whole, RING) if done else 0,
        RING,
    )


def bar(claimed: Decimal | None, verified: Decimal | None, maximum: Decimal, label: str = "") -> SafeString:
    """Claimed behind verified, both against the maximum; with one of them missing, the other stands alone."""
    title = f"{label}: " if label else ""
    back = _part(claimed or 0, maximum, 200)
    front = _part(verified, maximum, 200) if verified is not None else 0
    return format_html(
        '<svg class="bar" viewBox="0 0 200 8" preserveAspectRatio="none" role="img"><title>{}{} dari {}</title>'
        '<rect class="bar-ground" width="200" height="8"/><rect class="bar-em" width="{}" height="8"/>'
        '<rect class="bar-va" width="{}" height="8"/></svg>',
        title,
        angka(verified if verified is not None else claimed),
        angka(maximum),
        back,
        front,
    )


def pace(forecast: Forecast, label: str) -> SafeString:
    """What is done before what will be done by the deadline, both of the whole."""
    expected = forecast.done if forecast.expected is None else forecast.expected
    said = "" if forecast.expected is None else f", {expected} pada tenggat"
    return format_html(
        '<svg class="bar" viewBox="0 0 200 8" preserveAspectRatio="none" role="img"><title>{}: {} dari {} selesai{}'
        '</title><rect class="bar-ground" width="200" height="8"/><rect class="bar-em" width="{}" height="8"/>'
        '<rect class="bar-va" width="{}" height="8"/></svg>',
        label,
        forecast.done,
        forecast.whole,
        said,
        _part(expected, forecast.whole, 200),
        _part(forecast.done, forecast.whole, 200),
    )


@dataclass(frozen=True, slots=True)
class Mark:
    """A stage's total on the ruler."""

    x: int
    anchor: str  # where its label grows to, so that labels at the edges stay inside
    total: Decimal
    label: str
    css: str


def ruler(marks: Sequence[tuple[str, Decimal, str]], tiers: Sequence[Tier], maximum: int = 1000) -> dict[str, Any]:
    """The tier ruler: `marks` are (label, total, css class), each on a line of its own so that they never collide."""
    bands = [
        {
            "x": _part(low, maximum, 1000),
            "width": _part(high - low, maximum, 1000),
            "tier": tier,
            "name": tier.name if tier else "Belum berpredikat",
            "short": tier.code.title() if tier and tier.code != "KLA" else (tier.code if tier else ""),
            "low": low,
            "step": step,
            "middle": _part(low + high, 2 * maximum, 1000),
        }
        for step, (tier, low, high) in enumerate(spans(list(tiers), maximum))
    ]
    placed = []
    for label, total, css in marks:
        x = _part(total, maximum, 1000)
        placed.append(Mark(x, "end" if x > 600 else "start", total, label, css))
    rows = [
        {"mark": mark, "y": 20 + 34 * row, "text_x": mark.x - 10 if mark.anchor == "end" else mark.x + 10}
        for row, mark in enumerate(placed)
    ]
    top = 34 * len(placed) + 6
    return {"bands": bands, "rows": rows, "top": top, "height": top + 66, "maximum": maximum}


def losses(rows: Sequence[tuple[str, Decimal]], title: str) -> dict[str, Any]:
    """Where points went: horizontal bars, longest first, each with its figure; the same data stand in a table."""
    longest = max((abs(amount) for _, amount in rows), default=Decimal(1)) or Decimal(1)
    bars = [
        {"label": label, "amount": amount, "width": _part(abs(amount), longest, 250), "y": 40 * index}
        for index, (label, amount) in enumerate(rows)
    ]
    return {"bars": bars, "height": max(1, 40 * len(bars)), "title": title}


FALL = 400  # width of the waterfall, in its viewBox
FALL_STEP = 50  # its scale begins and ends at a multiple of this many points


def waterfall(
    first: tuple[str, Decimal], parts: Sequence[tuple[str, Decimal]], last: tuple[str, Decimal], title: str
) -> dict[str, Any]:
    """From one total to another, one floating bar per part; the scale is cut off below and says where."""
    reached = [first[1]]
    for _, amount in parts:
        reached.append(reached[-1] + amount)
    low = int(min(*reached, last[1])) // FALL_STEP * FALL_STEP
    high = -(-int(max(*reached, last[1]) + 1) // FALL_STEP) * FALL_STEP

    def at(value: Decimal) -> int:
        return _part(value - low, high - low, FALL)

    def row(label: str, figure: Decimal, start: Decimal, end: Decimal, css: str) -> dict[str, Any]:
        left, right = sorted((at(start), at(end)))
        return {"label": label, "figure": figure, "x": left, "width": max(2, right - left), "css": css}

    floating = [
        row(label, amount, before, after, "down" if amount < 0 else "up")
        for (label, amount), before, after in zip(parts, reached, reached[1:], strict=False)
    ]
    ends = [row(label, figure, Decimal(low), figure, "total") for label, figure in (first, last)]
    rows = [ends[0], *floating, ends[1]]
    for index, each in enumerate(rows):
        each["y"] = 42 * index
    return {"rows": rows, "height": 42 * len(rows) + 20, "low": low, "high": high, "title": title, "width": FALL}
