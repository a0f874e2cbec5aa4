"""A ZIP of documents: its directory judged before a byte is inflated, its members counted while they are."""

import re
import stat
import unicodedata
import zipfile
import zlib
from pathlib import Path
from typing import Any

from evaluations.evidence.parsers.refusal import Refusal

MOST_ENTRIES = 2000
MOST_DOCUMENTS = 200
MOST_INSIDE = 400 * 1024 * 1024
MOST_MEMBER = 25 * 1024 * 1024
MOST_RATIO = 100
RATIO_FROM = 100 * 1024
CHUNK = 64 * 1024
NAME_LETTERS = 255

_JUNK = re.compile(r"(^|/)(__MACOSX/|\.DS_Store$|\._[^/]*$|Thumbs\.db$|desktop\.ini$|~\$[^/]*$|\.~lock\.[^/]*$)", re.I)
_DRIVE = re.compile(r"^[A-Za-z]:")
_ARCHIVES = re.compile(r"\.(zip|rar|7z|tar|gz|tgz|bz2|xz|cab|iso|jar)$", re.I)
_OFFICE = re.compile(r"\.(docx|xlsx|docm|xlsm|pptx)$", re.I)
_NESTED = (b"PK\x03\x04", b"Rar!\x1a", b"7z\xbc\xaf\x27\x1c", b"\x1f\x8b\x08")
_BROKEN = (zipfile.BadZipFile, zlib.error, EOFError, ValueError, RuntimeError, OSError, UnicodeError)


def entries(path: Path) -> dict[str, Any]:
    """Each file of the archive with its position, name and, where it is not taken, why. Raises `Refusal`."""
    members = _directory(path)
    if "[Content_Types].xml" in {member.filename for member in members}:
        return {"office": True, "members": [], "skipped": 0}
    kept = [(at, member) for at, member in enumerate(members) if not _is_skipped(_name(member))]
    if not kept:
        raise Refusal("archive_empty")
    if len(kept) > MOST_DOCUMENTS:
        raise Refusal("archive_many")
    if sum(member.file_size for _, member in kept) > MOST_INSIDE:
        raise Refusal("archive_inside")
    found = [{"position": at, "name": shown(_name(member)), "code": _code(member)} for at, member in kept]
    return {"office": False, "members": found, "skipped": len(members) - len(kept)}


def unpack(path: Path, folder: Path, positions: list[int]) -> dict[str, Any]:
    """Write these members into the folder, each under its position; those that fail have a code instead."""
    refused: dict[str, str] = {}
    members = _directory(path)
    with zipfile.ZipFile(path) as archive:
        for position in positions:
            target = folder / str(position)
            try:
                _inflate(archive, members[position], target)
            except Refusal as refusal:
                refused[str(position)] = refusal.code
            except NotImplementedError:  # a way of squeezing that nothing here knows
                refused[str(position)] = "member_method"
            except _BROKEN:
                refused[str(position)] = "member_broken"
            if str(position) in refused:
                target.unlink(missing_ok=True)
    return {"refused": refused}


def shown(name: str) -> str:
    """A member's name with its folders as people may read it: no control or direction marks, not too long."""
    name = unicodedata.normalize("NFC", name)
    name = "".join(each for each in name if unicodedata.category(each) not in ("Cc", "Cf", "Cs", "Co", "Cn"))
    return name[-NAME_LETTERS:].strip() or "tanpa nama"


def _directory(path: Path) -> list[zipfile.ZipInfo]:
    try:
        with zipfile.ZipFile(path) as archive:
            members = archive.infolist()
    except (*_BROKEN, NotImplementedError):
        raise Refusal("archive_broken") from None
    if len(members) > MOST_ENTRIES:
        raise Refusal("archive_entries")
    end = 0
    for member in sorted(members, key=lambda each: each.header_offset):
        if member.header_offset < end:
            raise Refusal("archive_bomb")  # entries that lie over each other
        end = member.header_offset + 30 + member.compress_size
    return members


def _name(member: zipfile.ZipInfo) -> str:
    """Old packers write UTF-8 without saying so; Python then reads cp437."""
    name = member.orig_filename
    if not member.flag_bits & 0x800:
        try:
            name = name.encode("cp437").decode("utf-8")
        except UnicodeError:
            name = member.orig_filename
    return name.replace("\\", "/")


def _is_skipped(name: str) -> bool:
    return name.endswith("/") or bool(_JUNK.search(name))


def _code(member: zipfile.ZipInfo) -> str:
    """Why the directory alone says no to a member; empty when its contents decide."""
    name, kind = _name(member), stat.S_IFMT(member.external_attr >> 16)
    squeezed = max(member.compress_size, 1)
    if name.startswith("/") or _DRIVE.match(name) or ".." in name.split("/") or "\0" in name:
        return "member_path"
    if kind not in (0, stat.S_IFREG):
        return "member_special"
    if member.flag_bits & 1:
        return "member_encrypted"
    if _ARCHIVES.search(name):
        return "member_nested"
    if not member.file_size:
        return "member_empty"
    if member.file_size > MOST_MEMBER:
        return "member_large"
    return "member_bomb" if member.file_size > max(RATIO_FROM, MOST_RATIO * squeezed) else ""


def _inflate(archive: zipfile.ZipFile, member: zipfile.ZipInfo, target: Path) -> None:
    size = 0
    with archive.open(member) as part, target.open("xb") as file:
        while chunk := part.read(CHUNK):
            if not size and chunk.startswith(_NESTED) and not _OFFICE.search(_name(member)):
                raise Refusal("member_nested")
            size += len(chunk)
            if size > MOST_MEMBER:
                raise Refusal("member_large")
            if size > max(RATIO_FROM, MOST_RATIO * max(member.compress_size, 1)):
                raise Refusal("member_bomb")
            file.write(chunk)
    if size != member.file_size:
        raise Refusal("member_broken")
