"""What a picture tells of itself beside what it shows: its size, its day, and whether it knows a place."""

import re
from pathlib import Path
from typing import Any

from PIL import Image

from evaluations.evidence.parsers import kinds

_EXIF, _GPS = 0x8769, 0x8825
_TAKEN, _CHANGED = 0x9003, 0x0132
_LATITUDE, _LONGITUDE = 2, 4
_DAY = re.compile(r"^((?:19|20)\d\d):(\d\d):(\d\d)")


def read(path: Path, media_type: str) -> dict[str, Any]:
    """Width, height, the day it was taken ("2024-06-12" or nothing) and a bare yes or no about the place."""
    with Image.open(path, formats=[kinds.PICTURES[media_type]]) as picture:
        width, height = picture.size
        try:
            exif = picture.getexif()
            taken = exif.get_ifd(_EXIF).get(_TAKEN) or exif.get(_CHANGED) or ""
            place = exif.get_ifd(_GPS)
        except (OSError, ValueError, SyntaxError, KeyError, TypeError):
            taken, place = "", {}
    has_place = bool(place.get(_LATITUDE)) and bool(place.get(_LONGITUDE))
    return {"text": "", "width": width, "height": height, "taken": _day(taken), "has_place": has_place}


def _day(moment: object) -> str:
    found = _DAY.match(str(moment))
    return "-".join(found.groups()) if found else ""
