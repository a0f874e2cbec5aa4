"""Pages become WebP pictures in a folder: `1.webp`, `2.webp`, ... and `1-kecil.webp` for lists."""

from pathlib import Path
from typing import Any

from PIL import Image

from evaluations.evidence.parsers import kinds, picture
from evaluations.evidence.parsers.refusal import Refusal


def draw(path: Path, media_type: str, folder: Path, first: int, last: int) -> dict[str, Any]:
    """Draw pages `first` to `last` as far as they exist; says how many pages there are and what was written."""
    if media_type == kinds.PDF:
        return _draw_pdf(path, folder, first, last)
    return {"pages": 1, "drawn": [_save(picture.opened(path), folder, 1)]}


def _draw_pdf(path: Path, folder: Path, first: int, last: int) -> dict[str, Any]:
    import pypdfium2  # a photo needs no PDF engine

    try:
        document = pypdfium2.PdfDocument(path)
        pages = len(document)
        drawn = [
            _save(_rendered(document[number - 1]), folder, number) for number in range(first, min(last, pages) + 1)
        ]
    except pypdfium2.PdfiumError:
        raise Refusal("broken") from None
    return {"pages": pages, "drawn": drawn}


def _rendered(page: Any) -> Image.Image:
    width, height = page.get_size()
    scale = min(picture.WIDTH / max(width, 1), picture.HEIGHT / max(height, 1))
    rendered: Image.Image = page.render(scale=scale).to_pil()
    return picture.on_white(rendered)


def _save(image: Image.Image, folder: Path, number: int) -> dict[str, int]:
    measured = picture.save_light(image, folder / f"{number}.webp")
    if number == 1:
        picture.save_small(image, folder / "1-kecil.webp")
    return {"number": number, **measured}
