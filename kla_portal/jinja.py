"""The second template engine, for rows that come by the hundred: three to ten times faster than Django's."""

from typing import Any

from heroicons.jinja import heroicon_outline
from jinja2 import Environment, StrictUndefined

from evaluations.worklist.states import State
from kla_portal import numbers

ICONS = {
    "again": "arrow-path",
    "back": "arrow-uturn-left",
    "check": "check",
    "clip": "paper-clip",
    "clock": "clock",
    "down": "arrow-trending-down",
    "empty": "minus-circle",
    "link": "link",
    "paper": "document-text",
    "shield": "shield-exclamation",
    "warn": "exclamation-triangle",
}


def environment(**options: Any) -> Environment:
    """Autoescaping, strict about names, with the portal's number words."""
    options |= {"undefined": StrictUndefined, "trim_blocks": True}
    options.pop("autoescape", None)
    environment = Environment(autoescape=True, **options)
    words = (
        numbers.angka,
        numbers.bulat,
        numbers.hari,
        numbers.isian,
        numbers.selisih,
        numbers.tanggal,
        numbers.ukuran,
    )
    environment.filters.update({word.__name__: word for word in words})
    names = ICONS | {state.value: state.icon for state in State}
    environment.globals["icons"] = {
        word: heroicon_outline(name, size=15) for word, name in names.items()
    }  # drawn once: an icon costs more than the row it stands in
    return environment
