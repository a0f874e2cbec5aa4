"""Spreadsheets without trust: a leaf like `numbers`, it knows no room.

Reading: `read(file)` gives the sheets of an .xlsx as plain text, or raises `SpreadsheetRefused`, whose text is an
Indonesian sentence for the person who handed the file in: not a spreadsheet (.xls, .ods, .csv and others, each with
advice), locked, with macros, with ties to other workbooks, with a file inside, too large, too many rows or columns.
The zip and the cells' places are looked at while they are inflated, so a sheet of 100,000 rows is refused at the row
that is one too many and nothing is ever laid out that is not bounded.

    sheets = spreadsheets.read(upload, most_rows=2_000, most_columns=20)
    sheet = sheets[0]
    sheet.rows[4][2]            # "0.75": row 5, column C; numbers with a dot, days as "2025-05-20", empty cells as ""
    (4, 2) in sheet.formulas    # whether the cell holds a formula; its text is what the last program computed
    (4, 2) in sheet.numbers     # whether it holds a number: "1.234" is then one and a bit; as a text people mean 1234
    sheet.name_of(4, 2)         # "C5", for sentences
    sheet.merged                # areas of merged cells, each with `first` and `last`

Rows are numbered from 0 at the top of the sheet, all of one width; empty rows and columns behind the last cell that
holds something are left out. A number in a cell shown as a percentage reads "82.5%", a formula's error "#GALAT".
Spreadsheets keep 15 digits of a number: codes and NIPs have to be text there, and arrive as they are.

Writing: `writing.opened(target, title=...)` gives an XlsxWriter workbook whose text is never a formula and never a
link; `writing.text(value)` is a text that every cell can hold.
"""

from kla_portal.spreadsheets.reading import Area, Sheet, read
from kla_portal.spreadsheets.refusal import SpreadsheetRefused

__all__ = ["Area", "Sheet", "SpreadsheetRefused", "read"]
