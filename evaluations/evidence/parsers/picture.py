"""Pictures: measured by their header before anything is decoded, one frame, whole to the last line."""

from pathlib import Path
from typing import Any

from PIL import Image, ImageOps

from evaluations.evidence.parsers.refusal import Refusal

MOST_PIXELS = 50_000_000
WIDTH = 1000  # of a page's picture: readable, and light enough for a weak network
HEIGHT = 4000
NARROWEST = 400  # below this nobody reads anything: heavier is better then
SMALL = 160
TARGET_BYTES = 120_000
_QUALITIES = (72, 55, 40, 25)

Image.MAX_IMAGE_PIXELS = None  # MOST_PIXELS is checked by hand, from the header


def check(path: Path, kind: str) -> dict[str, Any]:
    """One page, no remarks. Raises `Refusal`."""
    try:
        with Image.open(path, formats=[kind]) as picture:
            _measure(picture)
            picture.draft("RGB", (64, 64))  # a JPEG is then read to its end without decoding every pixel
            picture.load()
    except (OSError, SyntaxError, ValueError, EOFError):
        raise Refusal("broken") from None
    return {"pages": 1, "remarks": []}


def _measure(picture: Image.Image) -> None:
    width, height = picture.size
    if width * height > MOST_PIXELS:
        raise Refusal("picture_too_large", f"{width} × {height}")
    if getattr(picture, "n_frames", 1) > 1:
        raise Refusal("picture_moves")


def opened(path: Path) -> Image.Image:
    """The picture upright and no wider than a page's picture."""
    with Image.open(path, formats=["JPEG", "PNG", "WEBP"]) as picture:
        _measure(picture)
        picture.draft("RGB", (WIDTH * 2, WIDTH * 2))
        picture.load()
        upright = ImageOps.exif_transpose(picture)
    upright.thumbnail((WIDTH, HEIGHT))
    return on_white(upright)


def on_white(picture: Image.Image) -> Image.Image:
    """A new picture that holds the pixels and nothing else: EXIF, place and comments stay behind."""
    clean = Image.new("RGB", picture.size, "white")
    if picture.mode in ("RGBA", "LA", "PA") or "transparency" in picture.info:
        picture = picture.convert("RGBA")
        clean.paste(picture, mask=picture.getchannel("A"))
    else:
        clean.paste(picture.convert("RGB"))
    return clean


def save_light(picture: Image.Image, target: Path) -> dict[str, int]:
    """Write WebP, coarser and then smaller until it is light; returns width, height and size."""
    for quality in _QUALITIES:
        picture.save(target, "WEBP", quality=quality, method=3)
        if target.stat().st_size <= TARGET_BYTES:
            break
    while target.stat().st_size > TARGET_BYTES and picture.width > NARROWEST:
        picture = picture.resize((picture.width * 3 // 4, max(1, picture.height * 3 // 4)))
        picture.save(target, "WEBP", quality=_QUALITIES[-1], method=3)
    return {"width": picture.width, "height": picture.height, "size": target.stat().st_size}


def save_small(picture: Image.Image, target: Path) -> None:
    """Write the thumbnail of a page, its upper part when the page is very long."""
    small = picture.crop((0, 0, picture.width, min(picture.height, picture.width * 2)))
    small.thumbnail((SMALL, SMALL * 2))
    small.save(target, "WEBP", quality=60, method=3)
