"""What the page of a board shows: the drawn rows of one page, heads, choices, the summary line."""

from collections.abc import Mapping
from typing import Any

from django.core.paginator import Paginator
from django.urls import reverse

from kla_portal.numbers import saat
from verification.boards import filters, summary
from verification.boards.filters import NO_FIGURE, NO_TIER, Filters
from verification.boards.reading import STATES, Board

PER_PAGE = 100
LINKS = {"overview": "evaluations:overview", "recap": "verification:recap", "desk": "verification:desk"}


def context(board: Board, query: Mapping[str, str]) -> dict[str, Any]:
    """No query is sent from here on."""
    chosen = Filters.read(query, board)
    rows = filters.chosen(board, chosen)
    page = Paginator(rows, PER_PAGE).get_page(query.get("halaman"))
    return {
        "board": board,
        "scope": board.scope,
        "filters": chosen,
        "page": page,
        "headings": filters.headings(board, chosen),
        "summary": summary.of(board),
        "states": list(STATES.items()),
        "tiers": [
            *((each.code, each.name) for each in reversed(board.edition.tiers)),
            (NO_TIER, "Belum berpredikat"),
            (NO_FIGURE, "Tanpa nilai"),
        ],
        "whole": f"{chosen.whole}&" if chosen.whole else "",
        "query": f"{chosen.query}&" if chosen.query else "",
        "drawing": _drawing(board, list(page.object_list)),
        "cycle_query": chosen.but(cycle=board.scope.cycle.code),
    }


def _drawing(board: Board, rows: list[Any]) -> dict[str, Any]:
    """The whole context of the fast fragment; addresses are cut once instead of being built for every row."""
    return {
        "rows": rows,
        "stages": [(each.value, each.label) for each in board.stages],
        "links": {name: reverse(address, args=[0]).split("0", 1) for name, address in LINKS.items()},
        "awards": reverse("verification:awards"),
        "states": STATES,
        "closing": {stage: saat(each.closes_at, each.time_zone) for stage, each in board.windows.items()},
        "with_province": board.scope.province is None,
    }
