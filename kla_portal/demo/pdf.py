"""The smallest PDF that is one: lines of text on A4 pages, the same bytes every time, no fonts to carry along."""

from collections.abc import Sequence

PAGE = (595, 842)  # A4 in points
LEFT, TOP, STEP = 70, 770, 19


def pages_of(pages: Sequence[Sequence[str]]) -> bytes:
    """A PDF with one page per list of lines; a line that begins with "# " is a heading, "= " is centred."""
    objects: list[bytes] = [
        b"<</Type/Catalog/Pages 2 0 R>>",
        b"<</Type/Pages/Count %d/Kids[%s]>>"
        % (len(pages), b" ".join(b"%d 0 R" % (5 + 2 * number) for number in range(len(pages)))),
        b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica/Encoding/WinAnsiEncoding>>",
        b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica-Bold/Encoding/WinAnsiEncoding>>",
    ]
    for number, lines in enumerate(pages):
        content = _content(lines)
        objects.append(
            b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 %d %d]/Resources<</Font<</F1 3 0 R/F2 4 0 R>>>>/Contents %d 0 R>>"
            % (*PAGE, 6 + 2 * number)
        )
        objects.append(b"<</Length %d>>stream\n%s\nendstream" % (len(content), content))
    return _file(objects)


def _content(lines: Sequence[str]) -> bytes:
    drawn, height = [], TOP
    for line in lines:
        font, size, left = "F1", 11, LEFT
        if line.startswith(("# ", "= ")):
            font, size = ("F2", 13) if line.startswith("# ") else ("F1", 11)
            line = line[2:]
            left = max(LEFT, int((PAGE[0] - len(line) * size * 0.53) / 2))
        text = line.replace("\\", r"\\").replace("(", r"\(").replace(")", r"\)")
        drawn.append(f"BT /{font} {size} Tf {left} {height} Td ({text}) Tj ET")
        height -= STEP
    drawn.append(f"0.8 G 1 w {LEFT} 60 m {PAGE[0] - LEFT} 60 l S")
    return "\n".join(drawn).encode("cp1252")


def _file(objects: Sequence[bytes]) -> bytes:
    written, places = b"%PDF-1.4\n", []
    for number, body in enumerate(objects, start=1):
        places.append(len(written))
        written += b"%d 0 obj\n%s\nendobj\n" % (number, body)
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    count = len(objects) + 1
    return written + (
        b"xref\n0 %d\n0000000000 65535 f \n%strailer\n<</Size %d/Root 1 0 R>>\nstartxref\n%d\n%%%%EOF\n"
        % (count, table, count, len(written))
    )
