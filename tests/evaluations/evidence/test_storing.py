"""Nothing half-done: full disks, cut uploads, files that lie about their size, transactions that fail."""

import errno
import os
import shutil
import tracemalloc
from collections import namedtuple

import pytest
from django.core.files.base import ContentFile, File

from accounts import audit
from evaluations.evidence import storing
from evaluations.evidence.sentences import EvidenceRefused
from evaluations.models import Evidence, EvidenceUse
from jobs.models import Job
from tests.evaluations.evidence import good_files
from tests.evaluations.evidence.bad_files import BAD
from tests.evaluations.evidence.factories import attach, on_disk

pytestmark = pytest.mark.django_db
MEGABYTE = 1024 * 1024
Usage = namedtuple("Usage", "total used free")


class Endless(File):
    """An upload that claims ten bytes and goes on for ever."""

    def __init__(self):
        super().__init__(None, "sk.pdf")
        self.size = 10
        self.sent = 0

    def chunks(self, chunk_size=None):
        while True:
            self.sent += 64 * 1024
            yield bytes(64 * 1024)


def nothing_is_left():
    return (on_disk(), Evidence.objects.count(), EvidenceUse.objects.count(), Job.objects.count()) == ([], 0, 0, 0)


@pytest.mark.parametrize("what", ["program as pdf", "pdf javascript", "400 MB of blanks", "nothing", "jpeg cut"])
def test_refused_file_leaves_nothing_behind(evaluation, operator, what):
    make, name, code = BAD[what]

    with pytest.raises(EvidenceRefused) as refused:
        attach(evaluation, operator, make(), name=name)

    assert (refused.value.code, nothing_is_left()) == (code, True)


def test_upload_that_never_ends_is_cut_at_the_limit(evaluation, settings, operator):
    upload = Endless()

    with pytest.raises(EvidenceRefused) as refused, storing.received(upload):
        pytest.fail("nothing may arrive")

    assert (refused.value.code, on_disk()) == ("too_large", [])
    assert upload.sent <= settings.EVIDENCE_MAX_BYTES + 64 * 1024


@pytest.mark.parametrize(("size", "kept"), [(25 * MEGABYTE, True), (25 * MEGABYTE + 1, False), (26 * MEGABYTE, False)])
def test_25_mb_are_kept_and_one_byte_more_is_not(size, kept):
    upload = ContentFile(bytes(size), "sk.pdf")

    if kept:
        with storing.received(upload) as incoming:
            assert incoming.size == size
    else:
        with pytest.raises(EvidenceRefused), storing.received(upload):
            pytest.fail("nothing may arrive")
    assert on_disk() == []


def test_full_disk_becomes_a_sentence(evaluation, operator, monkeypatch):
    def full(descriptor):
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    monkeypatch.setattr(storing.os, "fsync", full)

    with pytest.raises(EvidenceRefused) as refused:
        attach(evaluation, operator)

    assert (refused.value.code, nothing_is_left()) == ("no_space", True)


def test_last_space_of_the_disk_belongs_to_the_database(evaluation, operator, monkeypatch):
    monkeypatch.setattr(shutil, "disk_usage", lambda path: Usage(10**9, 10**9, storing.RESERVE - 1))

    with pytest.raises(EvidenceRefused) as refused:
        attach(evaluation, operator)

    assert (refused.value.code, nothing_is_left()) == ("no_space", True)


def test_row_is_written_only_when_its_file_lies_on_disk(evaluation, operator, monkeypatch):
    def broken(*names):
        raise OSError(errno.EIO, "disk")

    monkeypatch.setattr(storing.os, "replace", broken)

    with pytest.raises(OSError, match="disk"):
        attach(evaluation, operator)

    assert nothing_is_left()


def test_failed_transaction_leaves_no_row_and_a_second_try_succeeds(evaluation, operator, monkeypatch):
    with monkeypatch.context() as patch:
        patch.setattr(audit, "record", lambda **event: 1 / 0)
        with pytest.raises(ZeroDivisionError):
            attach(evaluation, operator)
    assert (Evidence.objects.count(), EvidenceUse.objects.count(), Job.objects.count()) == (0, 0, 0)

    evidence = attach(evaluation, operator).evidence

    assert on_disk() == [evidence.stored_as]


def test_stored_file_is_never_overwritten(evaluation, operator):
    evidence = attach(evaluation, operator).evidence
    path = storing.path_of(evidence.stored_as)
    before = path.stat()

    with storing.received(ContentFile(good_files.pdf(), "b.pdf")) as incoming:
        assert storing.keep(incoming) == evidence.stored_as

    assert (path.stat().st_ino, path.stat().st_mtime_ns) == (before.st_ino, before.st_mtime_ns)


def test_receiving_25_mb_holds_less_than_one(tmp_path):
    source = tmp_path / "besar"
    source.write_bytes(bytes(25 * MEGABYTE))

    with source.open("rb") as file:
        tracemalloc.start()
        with storing.received(File(file, "besar.pdf")) as incoming:
            peak = tracemalloc.get_traced_memory()[1]
        tracemalloc.stop()

    assert (incoming.size, peak < MEGABYTE) == (25 * MEGABYTE, True)
