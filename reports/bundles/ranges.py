"""Which part of a file a request wants (RFC 9110, 14): one range or everything; what cannot be read asks for all."""

import re
from dataclasses import dataclass

_ONE = re.compile(r"bytes=(\d{0,18})-(\d{0,18})")


@dataclass(frozen=True, slots=True)
class Part:
    """From `start` to before `end`."""

    start: int
    end: int


class NotThere(Exception):
    """The range begins behind the end of the file."""


def wanted(header: str, if_range: str, tag: str, size: int) -> Part | None:
    """The part to send, None for all of it; a part of another archive than `tag` is never sent. Raises `NotThere`."""
    found = _ONE.fullmatch(header.strip().replace(" ", ""))
    if found is None or (if_range and if_range.strip() != tag):
        return None
    first, last = found.groups()
    if not first:
        if not last:
            return None
        if int(last) == 0:
            raise NotThere
        return Part(max(0, size - int(last)), size)
    if int(first) >= size:
        raise NotThere
    end = min(size, int(last) + 1) if last else size
    return Part(int(first), end) if end > int(first) else None
