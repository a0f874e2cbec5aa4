"""Pictures for paper as plain numbers in a viewBox; the templates only write them down. No points are added here."""

from collections.abc import Sequence
from decimal import Decimal
from typing import Any

from clusters.predicates import Tier
from kla_portal import charts
from kla_portal.numbers import angka, selisih
from reports.content.parts import ClusterPart, Figures, ReasonLine, Standing

BAND_FILLS = ("#e8ecf2", "#d5e3f2", "#b6d0ea", "#8fb6de", "#5e96cd", "#2f74b5")
MARK_FILLS = ("#5f7ea3", "#14213d")
BAR = 200
FALL_HEIGHT = 230  # of the plot; words stand below it
FALL_TOP = 30
WORD_LENGTH = 14


def ruler(standing: Standing) -> dict[str, Any]:
    """The tier ruler with both totals, each on a line of its own."""
    from_bands = [Tier(floor, code, name) for code, name, floor in standing.bands]
    marks = [
        ("evaluasi mandiri", standing.figures.claimed, "em"),
        (standing.stage_label.lower(), standing.figures.verified, "va"),
    ]
    drawn = charts.ruler(marks, from_bands, int(standing.figures.maximum))
    for band in drawn["bands"]:
        band["fill"] = BAND_FILLS[min(band["step"], len(BAND_FILLS) - 1)]
    for row, fill in zip(drawn["rows"], MARK_FILLS, strict=True):
        top = row["y"] - 16
        row |= {"fill": fill, "line_x": row["mark"].x - 1, "line_y": top, "line_height": drawn["top"] + 28 - top}
    return drawn | {"height": drawn["top"] + 66}


def bar(figures: Figures) -> dict[str, int]:
    """Claimed behind verified, both against the maximum."""
    return {"claimed": _part(figures.claimed, figures.maximum), "verified": _part(figures.verified, figures.maximum)}


def reasons(lines: Sequence[ReasonLine]) -> list[dict[str, Any]]:
    """Each reason with a bar as long as its part of the largest."""
    largest = max((each.points for each in lines), default=Decimal(1))
    return [{"line": each, "width": _part(each.points, largest)} for each in lines]


def waterfall(standing: Standing, clusters: Sequence[ClusterPart]) -> dict[str, Any]:
    """From the claimed total down, cluster by cluster, to the verified one."""
    both = standing.figures
    floor = int(min(both.claimed, both.verified)) // 50 * 50 - 50
    ceiling = int(max(both.claimed, both.verified)) + 10
    floor = max(0, floor)
    y = _axis(floor, ceiling)
    columns = len(clusters) + 2
    step, left = 960 // columns, 40
    width = step * 3 // 5
    bars = [_column(left, width, y(both.claimed), y(Decimal(floor)), "Mandiri", angka(both.claimed), "#9db7d5")]
    level = both.claimed
    for place, cluster in enumerate(clusters, 1):
        after = level + cluster.figures.difference
        high, low = sorted((y(level), y(after)))
        fill = "#c8574f" if cluster.figures.is_lowered else "#3c8a63"
        label, figure = cluster.name, selisih(cluster.figures.difference)
        drawn = _column(left + place * step, width, high, max(low, high + 2), label, figure, fill)
        bars.append(drawn | {"link_x": left + place * step - (step - width), "link_y": y(level)})
        level = after
    last = left + (columns - 1) * step
    end = _column(last, width, y(both.verified), y(Decimal(floor)), "Verifikasi", angka(both.verified), "#0b5cad")
    bars.append(end | {"link_x": last - (step - width), "link_y": y(both.verified)})
    ticks = [(value, y(Decimal(value))) for value in range(floor, ceiling + 1, 50)]
    lines = [{"y": place, "text_y": place - 4, "label": value} for value, place in ticks]
    return {
        "bars": bars, "lines": lines, "width": width, "gap": step - width, "floor": floor,
        "height": FALL_TOP + FALL_HEIGHT + 64,
    }  # fmt: skip


def _axis(floor: int, ceiling: int) -> Any:
    def place(value: Decimal) -> int:
        return FALL_TOP + FALL_HEIGHT - round(FALL_HEIGHT * (value - floor) / (ceiling - floor))

    return place


def _column(x: int, width: int, top: int, bottom: int, label: str, figure: str, fill: str) -> dict[str, Any]:
    base = FALL_TOP + FALL_HEIGHT + 20
    words = [{"text": text, "y": base + 17 * row} for row, text in enumerate(_words(label))]
    return {
        "x": x, "y": top, "height": max(1, bottom - top), "middle": x + width // 2, "figure_y": top - 6,
        "figure": figure, "fill": fill, "words": words, "label": label,
    }  # fmt: skip


def _words(label: str) -> list[str]:
    lines = [""]
    for word in label.split():
        joined = f"{lines[-1]} {word}".strip()
        if len(joined) <= WORD_LENGTH or not lines[-1]:
            lines[-1] = joined
        else:
            lines.append(word)
    return lines[:3]


def _part(value: Decimal, whole: Decimal) -> int:
    return max(0, min(BAR, round(BAR * value / whole))) if whole else 0
