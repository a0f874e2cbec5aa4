"""A Word file looked at before anything opens it: a bounded zip that is a document, with nothing in it that acts."""

import io
import re
import zipfile
import zlib
from xml.etree import ElementTree

from reports.word.refusal import TemplateRefused

MOST_BYTES = 2 * 1024 * 1024
MOST_MEMBERS = 300
MOST_INSIDE = 20 * 1024 * 1024
DOCUMENT = "word/document.xml"
TYPES = "[content_types].xml"
WORD = b"wordprocessingml.document.main+xml"
_EXTERNAL = re.compile(rb"""TargetMode\s*=\s*["']\s*External""", re.IGNORECASE)
_FIELDS = re.compile(r"\b(INCLUDETEXT|INCLUDEPICTURE|DDEAUTO|DDE|IMPORT|LINK|DATABASE)\b", re.IGNORECASE)
_BROKEN = (
    zipfile.BadZipFile, zlib.error, OSError, EOFError, NotImplementedError, RuntimeError, ValueError, OverflowError,
    ElementTree.ParseError,
)  # fmt: skip


def inspect(content: bytes) -> None:
    """Raise `TemplateRefused` for whatever is no plain Word document."""
    if not content:
        raise TemplateRefused("empty")
    if len(content) > MOST_BYTES:
        raise TemplateRefused("too_large")
    if content.startswith(b"\xd0\xcf\x11\xe0"):
        raise TemplateRefused("old_word")
    if not content.startswith(b"PK\x03\x04"):
        raise TemplateRefused("not_word")
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            _look_into(archive)
    except _BROKEN as broken:
        raise TemplateRefused("broken") from broken


def refuse_fields(content: bytes) -> None:
    """Raise `TemplateRefused` for a part of a document with a field that fetches, however its letters are written.

    Word reads the pieces of an instruction as one; they may lie in several runs, as entities, or come out of Jinja,
    which is why a filled document is looked at again.
    """
    if b"instr" not in content:
        return
    pieces = []
    for element in ElementTree.fromstring(content).iter():  # noqa: S314 - a part with a DOCTYPE never gets here
        if element.tag.endswith("}instrText"):
            pieces.append("".join(element.itertext()))
        pieces += [f" {value} " for name, value in element.attrib.items() if name.endswith("}instr")]
    if _FIELDS.search("".join(pieces)) or _FIELDS.search(" ".join(pieces)):
        raise TemplateRefused("fields")


def _look_into(archive: zipfile.ZipFile) -> None:
    members = archive.infolist()
    names = {each.filename.casefold() for each in members}
    if len(members) > MOST_MEMBERS or len(names) != len(members) or _lie_over_each_other(members):
        raise TemplateRefused("bomb")
    if any(each.flag_bits & 1 for each in members):
        raise TemplateRefused("old_word")
    if any(word in name for name in names for word in ("vbaproject", "vbadata", "/activex/")):
        raise TemplateRefused("macros")
    if TYPES not in names or DOCUMENT not in names:
        raise TemplateRefused("not_word")
    if any(word in name for name in names for word in ("/embeddings/", "/afchunk", "oleobject")):
        raise TemplateRefused("embedded")
    left = MOST_INSIDE
    for member in members:
        left -= _check(member.filename.casefold(), _inflated(archive, member, left))


def _lie_over_each_other(members: list[zipfile.ZipInfo]) -> bool:
    end = 0
    for member in sorted(members, key=lambda each: each.header_offset):
        if member.header_offset < end:
            return True
        end = member.header_offset + 30 + member.compress_size
    return False


def _inflated(archive: zipfile.ZipFile, member: zipfile.ZipInfo, left: int) -> bytes:
    """The member's bytes, never more than what is left: what the directory says of its size is not believed."""
    with archive.open(member) as file:
        content = file.read(left + 1)
    if len(content) > left:
        raise TemplateRefused("bomb")
    return content


def _check(name: str, content: bytes) -> int:
    is_part = name.endswith((".xml", ".rels"))
    if is_part and (b"<!DOCTYPE" in content or b"<!ENTITY" in content or b"\0" in content[:200]):
        raise TemplateRefused("broken")
    if name == TYPES and b"macroEnabled" in content:
        raise TemplateRefused("macros")
    if name == TYPES and WORD not in content:
        raise TemplateRefused("not_word")
    if name.endswith(".rels") and _EXTERNAL.search(content):
        raise TemplateRefused("external")
    if name.endswith(".rels") and (
        b"/aFChunk" in content or b"/oleObject" in content or b"/attachedTemplate" in content
    ):
        raise TemplateRefused("embedded")
    if is_part and name.startswith("word/"):
        refuse_fields(content)
    return len(content)
