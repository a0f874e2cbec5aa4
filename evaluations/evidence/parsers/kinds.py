"""What a file is, by its first bytes; a name or a browser's word is never asked."""

from pathlib import Path

from evaluations.evidence.parsers.refusal import Refusal

PDF = "application/pdf"
JPEG = "image/jpeg"
PNG = "image/png"
WEBP = "image/webp"
DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
PICTURES = {JPEG: "JPEG", PNG: "PNG", WEBP: "WEBP"}
EXTENSIONS = {PDF: "pdf", JPEG: "jpg", PNG: "png", WEBP: "webp", DOCX: "docx", XLSX: "xlsx"}
ZIP = "application/zip"  # a docx or xlsx until its parts say which

_PROGRAMS = ("x-dosexec", "x-executable", "x-pie-executable", "x-sharedlib", "x-mach", "x-elf", "msdownload", "java")
_OLD_OFFICE = b"\xd0\xcf\x11\xe0"


def sniff(path: Path) -> str:
    """The media type by signature at byte 0, `ZIP` for office files. Raises `Refusal` with what it is instead."""
    with path.open("rb") as file:
        head = file.read(4096)
    if not head:
        raise Refusal("empty")
    if head.startswith(b"%PDF-"):
        return PDF
    if head.startswith(b"\xff\xd8\xff"):
        return JPEG
    if head.startswith(b"\x89PNG\r\n\x1a\n"):
        return PNG
    if head.startswith(b"RIFF") and head[8:12] == b"WEBP":
        return WEBP
    if head.startswith(b"PK\x03\x04"):
        return ZIP
    raise Refusal(_what_instead(path, head))


def _what_instead(path: Path, head: bytes) -> str:
    text = head.lstrip(b"\xef\xbb\xbf \t\r\n").lower()
    if head.startswith((b"MZ", b"\x7fELF", b"#!")):
        return "program"
    if b"<svg" in text:
        return "svg"
    if text.startswith((b"<!doctype html", b"<html", b"<script", b"<body", b"<head")):
        return "html"
    if head.startswith(_OLD_OFFICE):
        return "old_office"
    if b"%PDF-" in head:
        return "pdf_after_junk"
    guess = _libmagic(path)
    if guess.endswith(_PROGRAMS):
        return "program"
    return {"text/html": "html", "image/svg+xml": "svg"}.get(guess, "unknown")


def _libmagic(path: Path) -> str:
    try:
        import magic  # the system library may be missing; it only makes the sentence more exact
    except ImportError:
        return ""
    return str(magic.from_file(str(path), mime=True))
