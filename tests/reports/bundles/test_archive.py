"""The archive as bytes: what the library would write, any part of it, and what happens to a file that is gone."""

import io
import itertools
import zipfile
from random import Random

import pytest

from reports.bundles.archive import CHUNK, Archive, Member, Torn

MOMENT = (2025, 5, 20, 10, 0, 0)
RANDOM = Random(7)
FILES = {"a/satu.pdf": RANDOM.randbytes(CHUNK * 2 + 5), "a/kosong.txt": b"", "b/dua é.pdf": RANDOM.randbytes(3000)}


def archive(files=FILES, **sizes):
    """An archive of files in memory; `sizes` promise something else."""
    return Archive(
        [
            Member(name, MOMENT, sizes.get(name[0], len(content)), lambda content=content: io.BytesIO(content))
            for name, content in files.items()
        ]
    )


def test_archive_is_a_zip_of_the_announced_length():
    whole = b"".join(archive().stream())

    with zipfile.ZipFile(io.BytesIO(whole)) as opened:
        found = {each.filename: (opened.read(each), each.date_time) for each in opened.infolist()}
        assert opened.testzip() is None
    assert found == {name: (content, MOMENT) for name, content in FILES.items()}
    assert len(whole) == len(archive())


def test_any_part_is_the_same_bytes_as_in_the_whole():
    whole, random = b"".join(archive().stream()), Random(1)
    cuts = {0, 1, len(whole) - 1, len(whole), *(random.randrange(len(whole)) for _ in range(60))}

    parts = {cut: b"".join(archive().stream(0, cut)) + b"".join(archive().stream(cut)) for cut in cuts}

    assert {cut for cut, joined in parts.items() if joined != whole} == set()
    assert b"".join(archive().stream(70, 90)) == whole[70:90]


def test_big_archive_is_announced_with_long_records():
    size = 5 * 1024**3  # never read
    big = Archive([Member("besar.bin", MOMENT, size, lambda: io.BytesIO()), Member("kecil", MOMENT, 0, io.BytesIO)])

    head = next(big.stream())

    assert (head[4] >= 45, len(big) > size) == (True, True)


@pytest.mark.parametrize("sizes", [{"b": 2999}, {"b": 3001}])
def test_file_of_another_length_tears_the_archive(sizes):
    sent = bytearray()

    with pytest.raises(Torn):
        sent.extend(itertools.chain.from_iterable(archive(**sizes).stream()))

    with pytest.raises(zipfile.BadZipFile):
        zipfile.ZipFile(io.BytesIO(bytes(sent)))


def test_file_that_is_gone_tears_the_archive():
    def gone():
        raise FileNotFoundError

    with pytest.raises(Torn, match="x.pdf"):
        list(Archive([Member("x.pdf", MOMENT, 5, gone)]).stream())
