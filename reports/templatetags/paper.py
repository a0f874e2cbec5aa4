"""Template words of the printed form."""

import re

from django import template

register = template.Library()

LONGEST_TEXT = 4_000  # letters of one note on paper; the portal shows the rest
LONGEST_WORD = 40  # letters without a place to break; the engine's own search for one takes minutes in 200,000
REST = "… (selengkapnya di portal)"
BREAK = "\u200b"  # a zero-width space


@register.filter
def terbaca(text: str) -> str:
    """A person's words as paper can carry them: very long words get places to break, very long texts an end."""
    whole = text if len(text) <= LONGEST_TEXT else text[:LONGEST_TEXT] + REST
    return re.sub(rf"\S{{{LONGEST_WORD}}}(?=\S)", rf"\g<0>{BREAK}", whole)


@register.filter
def terbaca_per_baris(text: str) -> str:
    """The same line by line: of a cell that holds a line per question none is left out, however many there are."""
    return "\n".join(terbaca(line) for line in text.split("\n"))
