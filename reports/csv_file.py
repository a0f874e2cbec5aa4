"""The report as CSV for an Indonesian Excel: byte order mark, semicolons, decimal commas, no cell a formula."""

import csv
from decimal import Decimal
from pathlib import Path

from kla_portal.spreadsheets import writing
from reports import tables
from reports.content import LaporanContent
from reports.issues import Issue
from reports.tables import Cell


def write(content: LaporanContent, issue: Issue, path: Path) -> None:
    """Write the flat table; the paper's number and fingerprint stand in the last row."""
    table = tables.flat(content)
    with path.open("w", encoding="utf-8-sig", newline="") as file:
        writer = csv.writer(file, delimiter=";", lineterminator="\r\n")
        writer.writerow([title for title, _ in table.columns])
        writer.writerows([cell(each) for each in row] for row in table.rows)
        trailer = ["Sumber", "", "", f"Portal KLA, nomor {issue.number}, sidik isi {issue.fingerprint}"]
        writer.writerow(trailer + [""] * (len(table.columns) - len(trailer)))


def cell(value: Cell) -> str:
    """Numbers with a comma; words that a spreadsheet would run get an apostrophe in front."""
    if isinstance(value, Decimal):
        return f"{value:.2f}".replace(".", ",")
    return writing.harmless(str(value))
