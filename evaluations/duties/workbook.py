"""The plan as a spreadsheet: out with names that people know, back as wishes row by row."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from io import BytesIO
from typing import IO, Any

from django import forms

from accounts.offices.names import Directory
from clusters.catalogue import Entry
from evaluations.duties.forms import DueField, Limits
from evaluations.duties.page import Board
from evaluations.duties.plan import Duty
from kla_portal import spreadsheets, tables
from kla_portal.spreadsheets import writing

HEADINGS = ("Kode", "Indikator", "Pertanyaan", "Maksimal", "Penanggung jawab", "Pendukung", "Batas waktu")
COLUMNS = {
    "code": ("Kode", "Kode pertanyaan", "No"),
    "lead": ("Penanggung jawab", "PJ", "Leading sector"),
    "support": ("Pendukung", "Perangkat daerah pendukung"),
    "due_on": ("Batas waktu", "Tenggat"),
    "indicator": ("Indikator",), "text": ("Pertanyaan",), "maximum": ("Maksimal",),
}  # fmt: skip
ADVICE = (
    "Ubah hanya kolom Penanggung jawab, Pendukung, dan Batas waktu. Pisahkan pendukung dengan titik koma. "
    "Singkatan seperti Capil dikenali; daftarnya di lembar Perangkat daerah."
)
MOST_ROWS = 2_000
MONTHS = ("januari", "februari", "maret", "april", "mei", "juni", "juli", "agustus", "september", "oktober",
          "november", "desember")  # fmt: skip


def written(board: Board, at: datetime) -> bytes:
    """The workbook of the whole plan, in the order of the instrument."""
    target = BytesIO()
    with writing.opened(target, title="Pembagian tugas", at=at) as book:
        head = book.add_format({**writing.FONT, "bold": True, "bg_color": "#E6F0FA", "bottom": 1, "text_wrap": True})
        cell = book.add_format({**writing.FONT, "text_wrap": True})
        day = book.add_format({**writing.FONT, "num_format": "dd/mm/yyyy"})
        sheet = book.add_worksheet("Pembagian tugas")
        for column, width in enumerate((9, 30, 60, 10, 36, 50, 14)):
            sheet.set_column(column, column, width)
        sheet.write_string(0, 0, ADVICE, book.add_format({**writing.FONT, "italic": True}))
        sheet.write_row(2, 0, HEADINGS, head)
        sheet.freeze_panes(3, 1)
        names = len(board.offices)
        if names:
            sheet.data_validation(3, 4, 2 + len(board.catalogue.entries), 4, {
                "validate": "list", "source": f"='Perangkat daerah'!$A$2:$A${names + 1}", "error_type": "information",
                "error_title": "Nama lain", "error_message": "Nama ini tidak ada di daftar; singkatan akan dicocokkan.",
            })  # fmt: skip
        for row, entry in enumerate(board.catalogue.entries, start=3):
            _write_row(sheet, row, entry, board, cell, day)
        offices = book.add_worksheet("Perangkat daerah")
        offices.set_column(0, 1, 44)
        offices.write_row(0, 0, ("Nama", "Nama lain"), head)
        for row, office in enumerate(board.offices.values(), start=1):
            offices.write_string(row, 0, writing.text(office.name), cell)
            offices.write_string(row, 1, writing.text("; ".join(office.aliases)), cell)
    return target.getvalue()


def _write_row(sheet: Any, row: int, entry: Entry, board: Board, cell: Any, day: Any) -> None:
    question, duty = entry.question, board.duty(entry.question.pk)
    texts = (
        question.code, f"{question.indicator.code} {question.indicator.name}", question.text, None,
        board.name(duty.lead) if duty.lead is not None else "",
        "; ".join(sorted(board.name(each) for each in duty.support)),
    )  # fmt: skip
    for column, text in enumerate(texts):
        if text is not None:
            sheet.write_string(row, column, writing.text(text), cell)
    sheet.write_number(row, 3, question.maximum, cell)
    if duty.due_on:
        sheet.write_datetime(row, 6, datetime.combine(duty.due_on, datetime.min.time()), day)


@dataclass(frozen=True, slots=True)
class Change:
    """What one row of the file means."""

    number: int
    code: str
    text: str
    before: Duty
    after: Duty
    complaints: list[str]

    @property
    def is_refused(self) -> bool:
        """Whether the row cannot be taken."""
        return bool(self.complaints)

    @property
    def loses_lead(self) -> bool:
        """Nobody would lead the question any more."""
        return self.before.lead is not None and self.after.lead is None and not self.is_refused


@dataclass(frozen=True, slots=True)
class Preview:
    """A file laid beside the plan."""

    changes: list[Change]  # those that would change something
    refused: list[Change]
    unchanged: int
    absent: int  # questions that the file does not name: they stay as they are
    ignored: list[str]
    wishes: dict[int, tuple[Duty, Duty]]  # question -> wanted, seen


def preview(file: IO[bytes], board: Board, limits: Limits) -> Preview:
    """Read a file row by row. Raises `SpreadsheetRefused` or `HeadingsMissing`."""
    sheets = spreadsheets.read(file, most_rows=MOST_ROWS, most_columns=40)
    table = tables.table_of(sheets, COLUMNS, ("code", "lead"))
    directory = Directory(board.offices.values(), board.evaluation.region.name)
    seen: dict[str, int] = {}
    rows = [_change(line, table.columns, board, directory, limits, seen) for line in table.lines]
    good = [row for row in rows if not row.is_refused]
    changes = [row for row in good if row.before != row.after]
    by_code = board.catalogue.by_code
    return Preview(
        changes,
        [row for row in rows if row.is_refused],
        len(good) - len(changes),
        len(by_code) - len({row.code for row in rows} & set(by_code)),
        table.ignored,
        {by_code[row.code].question.pk: (row.after, row.before) for row in changes},
    )


def _change(
    line: tables.Line,
    columns: frozenset[str],
    board: Board,
    directory: Directory,
    limits: Limits,
    seen: dict[str, int],
) -> Change:
    code = line.cells["code"]
    entry = board.catalogue.by_code.get(code)
    if entry is None:
        unknown = f"Kode “{code[:40]}” tidak ada di instrumen ini." if code else "Kode pertanyaan kosong."
        return Change(line.number, code[:40], "", Duty(), Duty(), [unknown])
    complaints = list(line.faults)
    if code in seen:
        complaints.append(f"Kode {code} tercantum dua kali, juga di baris {seen[code]}. Sisakan satu baris.")
    seen[code] = line.number
    before = board.duty(entry.question.pk)
    after = Duty(
        _lead(line.cells["lead"], directory, complaints),
        _support(line.cells["support"], directory, complaints) if "support" in columns else before.support,
        _due(line.cells["due_on"], limits, before, complaints) if "due_on" in columns else before.due_on,
    )
    if "support" not in columns:
        after = Duty(after.lead, after.support - {after.lead} if after.lead else after.support, after.due_on)
    elif after.lead is not None and after.lead in after.support:
        complaints.append(f"{board.name(after.lead)} tertulis sebagai penanggung jawab sekaligus pendukung.")
    if after.due_on and not after.offices:
        complaints.append("Batas waktu tanpa perangkat daerah. Isi penanggung jawabnya.")
    return Change(line.number, code, entry.question.text, before, after, complaints)


def _lead(said: str, directory: Directory, complaints: list[str]) -> int | None:
    matches = directory.listed(said)
    if len(matches) > 1:
        complaints.append(f"Penanggung jawab hanya satu, di sini ada {len(matches)}. Pindahkan yang lain ke Pendukung.")
        return None
    complaints += [match.complaint for match in matches if match.complaint]
    return matches[0].pk if matches else None


def _support(said: str, directory: Directory, complaints: list[str]) -> frozenset[int]:
    matches = directory.listed(said)
    complaints += [match.complaint for match in matches if match.complaint]
    return frozenset(_known(matches))


def _known(matches: Iterable[Any]) -> list[int]:
    return [match.pk for match in matches if match.pk is not None]


def _due(said: str, limits: Limits, before: Duty, complaints: list[str]) -> date | None:
    if not said:
        return None
    day = day_of(said)
    if day is None:
        complaints.append(f"Batas waktu “{said[:40]}” bukan tanggal. Tulis misalnya 20/05/2025.")
        return None
    try:
        return DueField(limits=limits, standing=before.due_on).clean(day)
    except forms.ValidationError as fault:
        complaints += fault.messages
        return None


def day_of(said: str) -> date | None:
    """A day as a spreadsheet or a person writes it: 2025-05-20, 20/5/2025, 20-05-2025, 20 Mei 2025."""
    text = " ".join(said.casefold().split())
    found = re.fullmatch(r"(\d{4})-(\d{1,2})-(\d{1,2})", text)
    if found:
        year, month, day = (int(each) for each in found.groups())
    elif found := re.fullmatch(r"(\d{1,2})[/.-](\d{1,2})[/.-](\d{4})", text):
        day, month, year = (int(each) for each in found.groups())
    elif (found := re.fullmatch(r"(\d{1,2}) ([a-z]+) (\d{4})", text)) and found[2] in MONTHS:
        day, month, year = int(found[1]), MONTHS.index(found[2]) + 1, int(found[3])
    else:
        return None
    try:
        return date(year, month, day)
    except ValueError:
        return None
