"""The self-evaluation in the form of the national recap: clusters, indicators, questions, maximum, points, source."""

import csv
import io
from collections.abc import Iterator
from datetime import datetime
from decimal import Decimal
from typing import IO, NamedTuple

from clusters.catalogue import catalogue_of
from evaluations.models import Evaluation
from evaluations.standing import standing_of
from evaluations.worklist.standing import states_of
from kla_portal.numbers import isian
from kla_portal.spreadsheets import writing

HEADINGS = ("Klaster", "Indikator", "Kode pertanyaan", "Uraian", "Nilai maksimal", "Nilai", "Sumber")
_WIDTHS = (9, 10, 16, 70, 14, 11, 34)
_RUNS = ("=", "+", "-", "@", "\t", "\r", "＝", "＋", "－", "＠")


class Row(NamedTuple):
    """One row of the form; a heading leaves the question empty."""

    cluster: str
    indicator: str
    question: str
    text: str
    maximum: Decimal
    points: Decimal | None
    source: str


def rows_of(evaluation: Evaluation) -> Iterator[Row]:
    """Headings with the sums that the portal computes, each above its questions, the total at the end."""
    score = standing_of(None, evaluation).score
    lines = states_of(evaluation)
    catalogue = catalogue_of(evaluation.cycle.instrument)
    for cluster in score.clusters:
        yield Row(cluster.rule.code, "", "", cluster.rule.name, cluster.rule.maximum, cluster.points, "")
        for indicator in cluster.indicators:
            heading = indicator.rule
            yield Row(cluster.rule.code, heading.code, "", heading.name, heading.maximum, indicator.points, "")
            for entry in catalogue.entries[heading.start : heading.stop]:
                line = lines[entry.question.pk]
                lead = line.lead.name if line.lead else ""
                yield Row(
                    cluster.rule.code, heading.code, entry.question.code, entry.question.text, line.maximum,
                    line.points, lead,
                )  # fmt: skip
    yield Row("", "", "Jumlah", "", score.maximum, score.total, "")


def write_xlsx(target: IO[bytes], evaluation: Evaluation, at: datetime) -> None:
    """One sheet, numbers as numbers."""
    with writing.opened(target, title=f"Rekap {evaluation.region.name} {evaluation.cycle.name}", at=at) as book:
        line = {**writing.FONT, "text_wrap": True}
        text, bold = book.add_format(line), book.add_format({**line, "bold": True, "bg_color": "#E6F0FA"})
        number = book.add_format({**line, "num_format": "#,##0.00"})
        bold_number = book.add_format({**line, "bold": True, "bg_color": "#E6F0FA", "num_format": "#,##0.00"})
        head = book.add_format({**line, "bold": True, "bg_color": "#084482", "font_color": "#FFFFFF"})
        sheet = book.add_worksheet("Rekap")
        for column, (heading, width) in enumerate(zip(HEADINGS, _WIDTHS, strict=True)):
            sheet.set_column(column, column, width)
            sheet.write_string(0, column, heading, head)
        sheet.freeze_panes(1, 0)
        sheet.repeat_rows(0)
        sheet.set_landscape()
        sheet.set_paper(9)
        sheet.fit_to_pages(1, 0)
        for place, row in enumerate(rows_of(evaluation), 1):
            is_heading = not row.question or row.question == "Jumlah"
            for column, value in enumerate(row):
                if isinstance(value, Decimal):
                    sheet.write_number(place, column, value, bold_number if is_heading else number)
                else:
                    sheet.write_string(place, column, writing.text(value or ""), bold if is_heading else text)


def as_csv(evaluation: Evaluation) -> bytes:
    """For an Indonesian spreadsheet: byte order mark, semicolons, decimal commas, no cell a formula."""
    out = io.StringIO(newline="")
    writer = csv.writer(out, delimiter=";", lineterminator="\r\n")
    writer.writerow(HEADINGS)
    for row in rows_of(evaluation):
        writer.writerow([isian(each) if isinstance(each, Decimal) else _cell(each) for each in row])
    return out.getvalue().encode("utf-8-sig")


def _cell(value: str | None) -> str:
    text = value or ""
    return f"'{text}" if text.startswith(_RUNS) else text
