"""The trail as a file: the events that fit, oldest first, with the seals by which anybody can check them again."""

import csv
import io
import json
import tempfile
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime
from typing import IO

from django.db import transaction
from django.db.models import QuerySet

from accounts import audit
from accounts.journal.listing import Line, lines_of
from accounts.journal.narrowing import Wanted
from accounts.models import AuditEvent, Region, User
from kla_portal.numbers import saat
from kla_portal.spreadsheets import writing

BATCH = 1000
MOST_IN_SHEET = 20_000  # written while the person waits
HEADINGS = (
    "Waktu", "Waktu UTC", "Kejadian", "Kode kejadian", "Mengenai", "Kode pokok", "Nama pengguna", "Nama", "Daerah",
    "Urutan dalam rantai", "Rincian", "Sidik sebelumnya", "Sidik",
)  # fmt: skip
WIDTHS = (26, 22, 30, 22, 36, 18, 20, 26, 26, 12, 60, 20, 20)


class TooMany(Exception):
    """More than a workbook is made of here; a CSV file has no such end."""


@transaction.atomic
def record_export(*, wanted: Wanted, format: str, count: int, region: Region | None, by: User, at: datetime) -> None:
    """Note who takes which part of the trail away."""
    asked = {name: str(value) for name in wanted.__slots__ if (value := getattr(wanted, name))}
    audit.record(
        action="trail.exported", subject=f"region:{region.pk}" if region else "trail:portal", by=by, at=at,
        region=region, details={"format": format, "rows": count, "wanted": asked},
    )  # fmt: skip


def as_csv(user: User, events: QuerySet[AuditEvent], last: int) -> Iterator[bytes]:
    """A chunk a batch, for an Indonesian Excel; no cursor stays open between two of them."""
    yield b"\xef\xbb\xbf" + _csv([HEADINGS])
    for lines in _batches(user, events, last):
        yield _csv([[writing.harmless(cell) for cell in _cells(line)] for line in lines])


def as_workbook(user: User, events: QuerySet[AuditEvent], last: int, at: datetime) -> IO[bytes]:
    """A workbook on disk, open at its beginning."""
    file = tempfile.TemporaryFile()  # noqa: SIM115  the response closes it
    with writing.opened(file, title="Jejak kegiatan", at=at) as book:
        sheet = book.add_worksheet("Jejak")
        head = book.add_format({**writing.FONT, "bold": True, "bg_color": "#084482", "font_color": "#FFFFFF"})
        plain = book.add_format(writing.FONT)
        for column, (title, width) in enumerate(zip(HEADINGS, WIDTHS, strict=True)):
            sheet.set_column(column, column, width)
            sheet.write_string(0, column, title, head)
        sheet.freeze_panes(1, 0)
        row = 0
        for lines in _batches(user, events, last):
            for line in lines:
                row += 1
                for column, cell in enumerate(_cells(line)):
                    sheet.write_string(row, column, writing.text(cell), plain)
    file.seek(0)
    return file


def _batches(user: User, events: QuerySet[AuditEvent], last: int) -> Iterator[list[Line]]:
    """Up to the event that was the newest when the file was asked for."""
    done = 0
    events = events.select_related("by", "chain__region").order_by("pk").filter(pk__lte=last)
    while batch := list(events.filter(pk__gt=done)[:BATCH]):
        yield lines_of(user, batch)
        done = batch[-1].pk


def _cells(line: Line) -> list[str]:
    event = line.event
    region = event.chain.region
    return [
        saat(event.at, line.zone), event.at.astimezone(UTC).isoformat(), line.what, event.action, line.subject.label,
        event.subject, event.by.username if event.by else "", str(event.by) if event.by else "portal",
        region.name if region else "Portal", str(event.sequence),
        json.dumps(event.details, ensure_ascii=False, sort_keys=True), event.previous, event.fingerprint,
    ]  # fmt: skip


def _csv(rows: Sequence[Sequence[str]]) -> bytes:
    text = io.StringIO(newline="")
    csv.writer(text, delimiter=";", lineterminator="\r\n").writerows(rows)
    return text.getvalue().encode()
