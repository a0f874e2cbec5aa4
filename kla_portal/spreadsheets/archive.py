"""The zip around a spreadsheet: bounded before and while it is inflated, with nothing in it that runs or nests."""

import zipfile
import zlib
from collections.abc import Callable, Iterator
from typing import IO

from kla_portal.spreadsheets.refusal import SpreadsheetRefused

MOST_BYTES = 10 * 1024 * 1024
MOST_MEMBERS = 2000
MOST_INSIDE = 50 * 1024 * 1024
MOST_RATIO = 200  # a sheet of like rows reaches 60
RATIO_FROM = 1024 * 1024
CHUNK = 64 * 1024
MOST_TYPES = 1024 * 1024

BROKEN = (
    zipfile.BadZipFile, zlib.error, OSError, EOFError, NotImplementedError, RuntimeError, ValueError, OverflowError,
)  # fmt: skip
_ARCHIVES = (b"PK\x03\x04", b"Rar!\x1a", b"7z\xbc\xaf\x27\x1c", b"\x1f\x8b\x08", b"MZ", b"\x7fELF", b"\xd0\xcf\x11\xe0")
_MACROS = ("vbaproject", "/activex/", "/macrosheets/", "/dialogsheets/")
Taker = Callable[[bytes], object]


def check_kind(file: IO[bytes]) -> None:
    """Raise `SpreadsheetRefused` for what cannot be an .xlsx by its size and its first bytes."""
    file.seek(0, 2)
    size = file.tell()
    file.seek(0)
    if size == 0:
        raise SpreadsheetRefused("empty")
    if size > MOST_BYTES:
        raise SpreadsheetRefused("too_large")
    head = file.read(4096)
    if head.startswith(b"\xd0\xcf\x11\xe0"):
        file.seek(0)
        raise SpreadsheetRefused("locked" if "EncryptedPackage".encode("utf-16-le") in file.read() else "xls")
    if not head.startswith(b"PK\x03\x04"):
        raise SpreadsheetRefused(_kind_of_text(head))
    file.seek(0)


def _kind_of_text(head: bytes) -> str:
    start = head.lstrip(b"\xef\xbb\xbf \t\r\n").lower()
    if start.startswith(b"<"):
        return "html"
    if b"\0" in head.replace(b"\xff\xfe", b"") or start.startswith((b"%pdf", b"{\\rtf")):
        return "unknown"
    return "csv" if any(mark in head for mark in (b",", b";", b"\t")) else "unknown"


def check_directory(archive: zipfile.ZipFile) -> list[zipfile.ZipInfo]:
    """The members, if their number, names and places are those of an honest workbook."""
    members = archive.infolist()
    if len(members) > MOST_MEMBERS:
        raise SpreadsheetRefused("bomb")
    names = {member.filename.casefold() for member in members}
    if len(names) != len(members):
        raise SpreadsheetRefused("broken")
    end = 0
    for member in sorted(members, key=lambda each: each.header_offset):
        if member.header_offset < end:
            raise SpreadsheetRefused("bomb")  # members that lie over each other
        end = member.header_offset + 30 + member.compress_size
        if member.flag_bits & 1:
            raise SpreadsheetRefused("locked")
    if any(word in name for name in names for word in _MACROS):
        raise SpreadsheetRefused("macros")
    if any("externallinks/" in name for name in names):
        raise SpreadsheetRefused("elsewhere")
    _check_names(archive, names)
    return members


def _check_names(archive: zipfile.ZipFile, names: set[str]) -> None:
    if "[content_types].xml" not in names or "xl/workbook.xml" not in names:
        if "mimetype" in names and archive.open("mimetype").read(200).startswith(b"application/vnd.oasis"):
            raise SpreadsheetRefused("ods")
        raise SpreadsheetRefused("xlsb" if "xl/workbook.bin" in names else "unknown")
    if b"macroEnabled" in archive.open("[Content_Types].xml").read(MOST_TYPES):
        raise SpreadsheetRefused("macros")


def inflate(archive: zipfile.ZipFile, members: list[zipfile.ZipInfo], taker_for: Callable[[str], Taker | None]) -> None:
    """Inflate every member once, counting; what `taker_for` names gets the bytes as they come."""
    inside = 0
    for member in members:
        take = taker_for(member.filename)
        size = 0
        for chunk in _chunks(archive, member):
            if size == 0 and chunk.startswith(_ARCHIVES):
                raise SpreadsheetRefused("nested")
            size += len(chunk)
            inside += len(chunk)
            if inside > MOST_INSIDE or (size > RATIO_FROM and size > MOST_RATIO * max(member.compress_size, 1)):
                raise SpreadsheetRefused("bomb")
            if take is not None:
                take(chunk)


def _chunks(archive: zipfile.ZipFile, member: zipfile.ZipInfo) -> Iterator[bytes]:
    with archive.open(member) as part:
        while chunk := part.read(CHUNK):
            yield chunk
