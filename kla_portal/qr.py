"""QR codes as one SVG path with presentation attributes."""

import segno
from django.utils.html import format_html
from django.utils.safestring import SafeString

QUIET = 4  # modules of white around the code, as the standard asks


def svg(address: str, label: str) -> SafeString:
    """A code that opens `address`; `label` is read to those who cannot see it."""
    code = segno.make_qr(address, error="m")
    size = code.symbol_size(border=QUIET)[0]
    runs = " ".join(_runs(code.matrix))
    return format_html(
        '<svg viewBox="0 0 {0} {0}" width="{0}" height="{0}" role="img" xmlns="http://www.w3.org/2000/svg">'
        '<title>{1}</title><rect width="{0}" height="{0}" fill="#fff"/><path fill="#000" d="{2}"/></svg>',
        size,
        label,
        runs,
    )


def _runs(matrix: "tuple[bytearray, ...]") -> list[str]:
    """Dark stretches of each row as rectangles: "M4 4h7v1h-7z"."""
    drawn = []
    for row, modules in enumerate(matrix):
        start = None
        for column, dark in enumerate([*modules, 0]):
            if dark and start is None:
                start = column
            elif not dark and start is not None:
                width = column - start
                drawn.append(f"M{start + QUIET} {row + QUIET}h{width}v1h-{width}z")
                start = None
    return drawn
