"""A ZIP whose every byte is known by its place before any file is read: stored, sized, so that any part can be sent.

The formats of the records come from zipstream-ng; what it lacks is beginning in the middle, and moments that stay.
"""

import zlib
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import accumulate
from typing import Any, BinaryIO

from zipstream import ZipStream, ZipStreamInfo

CHUNK = 128 * 1024
HAS_DESCRIPTOR = 1 << 3  # checksum and sizes follow the content: nothing has to be read before it is sent
LONG = (1 << 31) - 1  # beyond this a record needs its 64-bit form
DESCRIPTOR_BYTES = {False: 16, True: 24}


class Torn(Exception):
    """A file is gone or is not as long as promised: the archive must break off, so that nobody takes it for whole."""


@dataclass(frozen=True, slots=True)
class Member:
    """One file of the archive; `opened` may raise `FileNotFoundError`."""

    name: str
    moment: tuple[int, int, int, int, int, int]
    size: int
    opened: Callable[[], BinaryIO]


class Archive:
    """The archive as a line of bytes; `len` is exact."""

    def __init__(self, members: Sequence[Member]) -> None:
        self.members = members
        self._heads = [_info(member).FileHeader(member.size > LONG) for member in members]
        whole = (
            len(head) + member.size + DESCRIPTOR_BYTES[member.size > LONG]
            for head, member in zip(self._heads, members, strict=True)
        )
        self._starts = list(accumulate(whole, initial=0))  # of every member, then of the closing directory
        self._size = self._starts[-1] + len(self._directory([0] * len(members)))

    def __len__(self) -> int:
        return self._size

    def stream(self, start: int = 0, end: int | None = None) -> Iterator[bytes]:
        """The bytes from `start` to before `end`, a chunk in memory at a time. Raises `Torn`."""
        end = self._size if end is None else end
        checksums: dict[int, int] = {}
        for place in range(len(self.members)):
            if self._starts[place + 1] > start and self._starts[place] < end:
                yield from self._member(place, start, end, checksums)
        if end > self._starts[-1]:
            known = [self._checksum(place, checksums) for place in range(len(self.members))]
            yield from _cut(self._directory(known), self._starts[-1], start, end)

    def _member(self, place: int, start: int, end: int, checksums: dict[int, int]) -> Iterator[bytes]:
        member, base = self.members[place], self._starts[place]
        yield from _cut(self._heads[place], base, start, end)
        base += len(self._heads[place])
        first, last = max(0, start - base), min(member.size, end - base)
        checksum = 0
        for chunk in _read(member, first, last):
            checksum = zlib.crc32(chunk, checksum)
            yield chunk
        if (first, last) == (0, member.size):
            checksums[place] = checksum
        if end > base + member.size:
            info = _info(member, self._checksum(place, checksums))
            yield from _cut(info.DataDescriptor(member.size > LONG), base + member.size, start, end)

    def _checksum(self, place: int, known: dict[int, int]) -> int:
        """Of a member that this stream began behind or inside: read once more, without sending it."""
        if place not in known:
            member, checksum = self.members[place], 0
            for chunk in _read(member, 0, member.size):
                checksum = zlib.crc32(chunk, checksum)
            known[place] = checksum
        return known[place]

    def _directory(self, checksums: Sequence[int]) -> bytes:
        closing = ZipStream(sized=True)
        for member, checksum, start in zip(self.members, checksums, self._starts, strict=False):
            info = _info(member, checksum)
            info.header_offset = start
            closing._filelist.append(info)
        closing._pos = self._starts[-1]
        return b"".join(closing.footer())


def _info(member: Member, checksum: int = 0) -> Any:
    info = ZipStreamInfo(member.name, member.moment)
    info.flag_bits |= HAS_DESCRIPTOR
    info.external_attr = 0o640 << 16
    info.CRC, info.file_size, info.compress_size = checksum, member.size, member.size
    return info


def _cut(record: bytes, base: int, start: int, end: int) -> Iterator[bytes]:
    part = record[max(0, start - base) : max(0, end - base)]
    if part:
        yield part


def _read(member: Member, first: int, last: int) -> Iterator[bytes]:
    if first >= last:
        return
    try:
        file = member.opened()
    except OSError as error:
        raise Torn(f"{member.name}: gone") from error
    with file:
        if file.seek(0, 2) != member.size:
            raise Torn(f"{member.name}: not {member.size} bytes")
        file.seek(first)
        left = last - first
        while left:
            chunk = file.read(min(CHUNK, left))
            if not chunk:
                raise Torn(f"{member.name}: ended early")
            left -= len(chunk)
            yield chunk
