"""Small honest documents, made on the spot."""

import io
import zipfile

import pikepdf
from PIL import Image

TYPES = """<?xml version="1.0"?><Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">
<Override PartName="/{part}" ContentType="application/vnd.openxmlformats-officedocument.{main}.main+xml"/></Types>"""
WORD = """<?xml version="1.0"?><w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:body>
<w:p><w:r><w:t>Notula rapat &lt;b&gt;Forum Anak&lt;/b&gt;</w:t></w:r></w:p><w:p/>
<w:p><w:r><w:t>Hadir: 14 anak</w:t></w:r></w:p></w:body></w:document>"""


def pdf(pages: int = 1, **root: object) -> bytes:
    """Blank pages; keywords become entries of the document's root."""
    document = pikepdf.new()
    for _ in range(pages):
        document.add_blank_page(page_size=(595, 842))
    for name, value in root.items():
        document.Root[f"/{name}"] = document.make_indirect(value)
    return saved(document)


def saved(document: pikepdf.Pdf, **how: object) -> bytes:
    """The bytes of a document."""
    out = io.BytesIO()
    document.save(out, deterministic_id=not how, **how)
    return out.getvalue()


def saved_with(words: bytes) -> bytes:
    """A PDF of one page with these bytes in it, uncompressed."""
    document = pikepdf.new()
    document.add_blank_page(page_size=(595, 842))
    document.Root["/Catatan"] = document.make_indirect(pikepdf.Stream(document, words))
    out = io.BytesIO()
    document.save(out, deterministic_id=True, compress_streams=False)
    return out.getvalue()


def picture(kind: str = "JPEG", size: tuple[int, int] = (400, 300), **how: object) -> bytes:
    """A picture with a gradient, so that it is not one colour."""
    out = io.BytesIO()
    Image.linear_gradient("L").resize(size).convert("RGB").save(out, kind, **how)
    return out.getvalue()


def package(parts: dict[str, bytes | str], *, compression: int = zipfile.ZIP_DEFLATED) -> bytes:
    """A zip of these parts, always the same bytes."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", compression) as archive:
        for name, content in parts.items():
            archive.writestr(zipfile.ZipInfo(name), content, compression)
    return out.getvalue()


def docx(**more: bytes | str) -> bytes:
    """A word document of two paragraphs; keywords with `__` for `/` add parts."""
    parts: dict[str, bytes | str] = {
        "[Content_Types].xml": TYPES.format(part="word/document.xml", main="wordprocessingml.document"),
        "word/document.xml": WORD,
    }
    return package({**parts, **{name.replace("__", "/"): content for name, content in more.items()}})


def xlsx(rows: int = 3, more: dict[str, bytes | str] | None = None) -> bytes:
    """A workbook with one sheet; `more` adds or replaces parts."""
    cells = "".join(
        f'<row r="{row}"><c r="A{row}" t="inlineStr"><is><t>Desa {row}</t></is></c>'
        f'<c r="B{row}"><v>{row}.5</v></c></row>'
        for row in range(1, rows + 1)
    )
    space = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
    links = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    package_links = "http://schemas.openxmlformats.org/package/2006/relationships"
    parts: dict[str, bytes | str] = {
        "[Content_Types].xml": TYPES.format(part="xl/workbook.xml", main="spreadsheetml.sheet"),
        "_rels/.rels": f'<Relationships xmlns="{package_links}"><Relationship Id="r1" Type="{links}/officeDocument" '
        'Target="xl/workbook.xml"/></Relationships>',
        "xl/workbook.xml": f'<workbook xmlns="{space}" xmlns:r="{links}"><sheets>'
        '<sheet name="Rekap" sheetId="1" r:id="r1"/></sheets></workbook>',
        "xl/_rels/workbook.xml.rels": f'<Relationships xmlns="{package_links}"><Relationship Id="r1" '
        f'Type="{links}/worksheet" Target="worksheets/sheet1.xml"/></Relationships>',
        "xl/worksheets/sheet1.xml": f'<worksheet xmlns="{space}"><sheetData>{cells}</sheetData></worksheet>',
    }
    return package({**parts, **(more or {})})
