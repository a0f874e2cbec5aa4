"""docx and xlsx: a zip that is counted while it is inflated, with nothing in it that runs, nests or calls out."""

import re
import zipfile
import zlib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from defusedxml import ElementTree
from defusedxml.common import DefusedXmlException

from evaluations.evidence.parsers import kinds
from evaluations.evidence.parsers.refusal import Refusal

MOST_MEMBERS = 2000
MOST_INSIDE = 200 * 1024 * 1024
MOST_RATIO = 100
RATIO_FROM = 100 * 1024
CHUNK = 64 * 1024

_NESTED = (b"PK\x03\x04", b"Rar!\x1a", b"7z\xbc\xaf\x27\x1c", b"\x1f\x8b\x08", b"MZ", b"\x7fELF")
_MAIN_PARTS = {
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml": kinds.DOCX,
    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml": kinds.XLSX,
}
_DTD = [word.encode(code) for word in ("<!DOCTYPE", "<!ENTITY") for code in ("ascii", "utf-16-le", "utf-16-be")]
_CALLS_OUT = (b"<ddeLink", b"DDEAUTO", b"WEBSERVICE(")
_LOCAL = re.compile(r"^(file:///)?[A-Za-z]:[\\/]")  # a template on the writer's own disk leads nowhere
_BROKEN = (zipfile.BadZipFile, zlib.error, OSError, EOFError, NotImplementedError, RuntimeError, ValueError)


def check(path: Path) -> dict[str, Any]:
    """Which of the two it is, and remarks. Raises `Refusal`."""
    try:
        with zipfile.ZipFile(path) as archive:
            members = archive.infolist()
            _check_directory(members)
            _inflate_all(archive, members)
            media_type = _main_part(archive)
            remarks = _check_relationships(archive)
    except _BROKEN:
        raise Refusal("broken") from None
    except (ElementTree.ParseError, DefusedXmlException):
        raise Refusal("office_broken_xml") from None
    return {"media_type": media_type, "pages": None, "remarks": remarks}


def _check_directory(members: list[zipfile.ZipInfo]) -> None:
    if len(members) > MOST_MEMBERS:
        raise Refusal("zip_bomb")
    if len({member.filename for member in members}) != len(members):
        raise Refusal("broken")
    end = 0
    for member in sorted(members, key=lambda each: each.header_offset):
        if member.header_offset < end:
            raise Refusal("zip_bomb")  # entries that lie over each other
        end = member.header_offset + 30 + member.compress_size
        if member.flag_bits & 1:
            raise Refusal("office_encrypted")
        if member.filename.lower().endswith("vbaproject.bin") or "/activex/" in member.filename.lower():
            raise Refusal("office_macro")


def _inflate_all(archive: zipfile.ZipFile, members: list[zipfile.ZipInfo]) -> None:
    inside = 0
    for member in members:
        size = 0
        before = b""
        for chunk in _chunks(archive, member):
            if size == 0 and chunk.startswith(_NESTED):
                raise Refusal("zip_nested")
            size += len(chunk)
            inside += len(chunk)
            if inside > MOST_INSIDE or (size > RATIO_FROM and size > MOST_RATIO * max(member.compress_size, 1)):
                raise Refusal("zip_bomb")
            _check_text(member.filename, before + chunk)
            before = chunk[-32:]


def _chunks(archive: zipfile.ZipFile, member: zipfile.ZipInfo) -> Iterator[bytes]:
    with archive.open(member) as part:
        while chunk := part.read(CHUNK):
            yield chunk


def _check_text(name: str, text: bytes) -> None:
    if not name.lower().endswith((".xml", ".rels", ".vml")):
        return
    if any(mark in text for mark in _DTD):
        raise Refusal("office_broken_xml")  # office programs never write a DTD: entities are an attack
    if any(mark in text for mark in _CALLS_OUT):
        raise Refusal("office_calls_out")


def _main_part(archive: zipfile.ZipFile) -> str:
    if "[Content_Types].xml" not in archive.namelist():
        raise Refusal("zip_unknown")
    types = {part.get("ContentType", "") for part in ElementTree.fromstring(archive.read("[Content_Types].xml"))}
    if any("macroEnabled" in each or "vbaProject" in each for each in types):
        raise Refusal("office_macro")
    for content_type, media_type in _MAIN_PARTS.items():
        if content_type in types:
            return media_type
    raise Refusal("zip_unknown")


def _check_relationships(archive: zipfile.ZipFile) -> list[str]:
    remarks: list[str] = []
    for name in archive.namelist():
        if not name.endswith(".rels"):
            continue
        for relation in ElementTree.fromstring(archive.read(name)):
            if relation.get("TargetMode") != "External":
                continue
            kind = relation.get("Type", "").rsplit("/", 1)[-1]
            if kind.startswith("externalLink"):
                remarks.append("other_workbooks")
            elif kind != "hyperlink" and not _LOCAL.match(relation.get("Target", "")):
                raise Refusal("office_calls_out")
    return sorted(set(remarks))
