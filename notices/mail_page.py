"""The same mail as a page: headings, lists and links for mail programs and screen readers that prefer it. Pure."""

import re

from django.template.loader import render_to_string

_ADDRESS = re.compile(r"https?://[^\s<>\"']+")
_SIGNATURE = "-- "


def html_of(subject: str, body: str) -> str:
    """The plain text, laid out; not a word more or less. Everything is escaped by the template."""
    text, _, foot = body.partition(f"\n{_SIGNATURE}\n")
    blocks = [_block(lines) for part in text.strip().split("\n\n") if (lines := part.split("\n"))]
    foot_lines = [_parts(line) for line in foot.strip().split("\n") if line]
    return render_to_string("notices/mail.html", {"subject": subject, "blocks": blocks, "foot": foot_lines})


def _block(lines: list[str]) -> dict[str, object]:
    """A paragraph, or a heading with its list: items begin with a dash, a line that is set in belongs to its item."""
    if not any(line.startswith("- ") for line in lines):
        return {"paragraph": _parts(" ".join(lines))}
    items: list[list[tuple[str, bool]]] = []
    heading = "" if lines[0].startswith("- ") else lines[0]
    for line in lines[1:] if heading else lines:
        if line.startswith("- ") or not items:
            items.append(_parts(line.removeprefix("- ")))
        else:
            items[-1] += [(" ", False), *_parts(line.strip())]
    return {"heading": heading, "entries": items}


def _parts(line: str) -> list[tuple[str, bool]]:
    """Pieces of a line, each with whether it is an address."""
    found, place = [], 0
    for match in _ADDRESS.finditer(line):
        found += [(line[place : match.start()], False), (match[0], True)]
        place = match.end()
    return [(words, is_link) for words, is_link in [*found, (line[place:], False)] if words]
