"""The workbook itself: instructions, the questions with the cells to fill in, and two hidden sheets."""

from collections.abc import Sequence
from datetime import datetime
from typing import IO, Any

from accounts.models import Office
from clusters.models import Option
from evaluations.models import Evaluation
from evaluations.workbooks import guide
from evaluations.workbooks.lines import Line
from evaluations.workbooks.shape import (
    ANSWERS,
    CHOICES,
    COLUMNS,
    EVERYTHING,
    FOLLOWS,
    FORMAT,
    GUIDE,
    HEADING_ROW,
    KEY,
    KEY_WORDS,
    Key,
)
from evaluations.workbooks.wishes import LONGEST_NOTE, labels, tidy
from kla_portal.numbers import bulat, saat
from kla_portal.spreadsheets import writing

_PLACES = {name: place for place, name in enumerate(COLUMNS)}
_PROTECTION = {"format_rows": True, "format_columns": True, "autofilter": True}
GUIDE_WIDTH = 110
_LINE = 12  # points
_FIGURE = "Tulis angka saja, paling banyak dua angka di belakang koma."


def write(
    target: IO[bytes],
    lines: Sequence[Line],
    *,
    evaluation: Evaluation,
    office: Office | None,
    at: datetime,
    closes_at: datetime | None,
) -> None:
    """Write the workbook; equal content gives equal bytes."""
    title = guide.title_of(office)
    with writing.opened(target, title=f"{title}, {evaluation.cycle.name}", at=at) as book:
        styles = _styles(book)
        _guide(book.add_worksheet(GUIDE), title, guide.paragraphs(evaluation, len(lines), at, closes_at), styles)
        sheet, choices = book.add_worksheet(ANSWERS), _Choices(book.add_worksheet(CHOICES))
        _Answers(sheet, styles, choices).write(title, lines, evaluation, closes_at)
        _key(book.add_worksheet(KEY), key_for(evaluation, office, at))
        for hidden in book.worksheets()[2:]:
            hidden.hide()
            hidden.protect("", {})


def key_for(evaluation: Evaluation, office: Office | None, at: datetime) -> Key:
    """What the hidden sheet says; the upload compares it field by field."""
    return Key(
        FORMAT,
        str(evaluation.pk),
        evaluation.region.code,
        evaluation.cycle.code,
        office.code if office else EVERYTHING,
        evaluation.cycle.instrument.fingerprint,
        at.isoformat(timespec="seconds"),
    )


def _styles(book: Any) -> dict[str, Any]:
    base = writing.FONT
    line = {**base, "border": 1, "border_color": "#DFE5EE", "text_wrap": True}
    fill = {**line, "bg_color": "#FFF6D6", "border_color": "#E3CF8F", "locked": False}
    return {
        "title": book.add_format({**base, "bold": True, "font_size": 14}),
        "plain": book.add_format(base),
        "wrapped": book.add_format({**base, "text_wrap": True}),
        "heading": book.add_format({**base, "bold": True, "font_size": 12}),
        "head": book.add_format({**line, "bold": True, "bg_color": "#084482", "font_color": "#FFFFFF"}),
        "cluster": book.add_format({**base, "bold": True, "bg_color": "#E6F0FA", "font_color": "#084482"}),
        "text": book.add_format(line),
        "small": book.add_format({**line, "font_size": 9, "font_color": "#4A5872"}),
        "number": book.add_format({**line, "num_format": "#,##0.00"}),
        "closed": book.add_format({**line, "bg_color": "#EEF1F6", "font_color": "#5F6C84"}),
        "fill": book.add_format(fill),
        "fill_note": book.add_format({**fill, "num_format": "@"}),
    }


def _guide(sheet: Any, title: str, paragraphs: Any, styles: dict[str, Any]) -> None:
    sheet.set_column(0, 0, GUIDE_WIDTH)
    sheet.hide_gridlines(2)
    sheet.write_string(0, 0, writing.text(title), styles["title"])
    sheet.set_row(0, 24)
    for row, (style, text) in enumerate(paragraphs, 1):
        sheet.set_row(row, 26 if style == "head" else _height(text, GUIDE_WIDTH))
        sheet.write_string(row, 0, writing.text(text), styles["heading" if style == "head" else "wrapped"])
    sheet.set_paper(9)
    sheet.set_landscape()
    sheet.fit_to_pages(1, 0)
    sheet.protect("", {})


def _key(sheet: Any, key: Key) -> None:
    for row, (word, value) in enumerate(zip(KEY_WORDS, key, strict=True)):
        sheet.write_string(row, 0, word)
        sheet.write_string(row, 1, writing.text(value))


class _Choices:
    """The hidden sheet with the lists behind the drop-downs, each list once."""

    def __init__(self, sheet: Any) -> None:
        self._sheet = sheet
        self._rows: dict[tuple[str, ...], int] = {}

    def area(self, options: Sequence[Option]) -> str:
        """Where the list of these options stands."""
        wanted = tuple(each.label for each in options)
        if wanted not in self._rows:
            row = self._rows[wanted] = len(self._rows)
            for column, label in enumerate(wanted):
                self._sheet.write_string(row, column, writing.text(label))
        row = self._rows[wanted]
        return f"={CHOICES}!{_cell(row, 0)}:{_cell(row, len(wanted) - 1)}"


class _Answers:
    def __init__(self, sheet: Any, styles: dict[str, Any], choices: _Choices) -> None:
        self._sheet, self._styles, self._choices = sheet, styles, choices

    def write(self, title: str, lines: Sequence[Line], evaluation: Evaluation, closes_at: datetime | None) -> None:
        """Title, headings, questions by cluster."""
        self._set_up()
        until = f" Unggah kembali sebelum {saat(closes_at, evaluation.region.time_zone)}." if closes_at else ""
        self._text(0, 0, title, "title")
        self._text(1, 0, f"{evaluation.cycle.name}, {evaluation.region.name}. Isi hanya sel kuning.{until}", "plain")
        self._sheet.set_row(HEADING_ROW, 30)
        for name, column in COLUMNS.items():
            self._text(HEADING_ROW, _PLACES[name], column.heading, "head")
        row, cluster = HEADING_ROW + 1, ""
        for line in lines:
            if line.entry.question.indicator.cluster.code != cluster:
                cluster = self._cluster(row, line)
                row += 1
            self._line(row, line)
            row += 1
        self._sheet.autofilter(HEADING_ROW, 0, max(row - 1, HEADING_ROW + 1), _PLACES["state"])

    def _set_up(self) -> None:
        sheet = self._sheet
        for name, column in COLUMNS.items():
            place = _PLACES[name]
            sheet.set_column(place, place, column.width, None, {"hidden": True} if column.is_hidden else {})
        sheet.freeze_panes(HEADING_ROW + 1, 1)
        sheet.set_paper(9)
        sheet.set_landscape()
        sheet.fit_to_pages(1, 0)
        sheet.repeat_rows(HEADING_ROW)
        sheet.set_footer("&LBuku kerja dari Portal KLA&Rhalaman &P dari &N")
        sheet.hide_gridlines(2)
        sheet.protect("", _PROTECTION)

    def _cluster(self, row: int, line: Line) -> str:
        found = line.entry.question.indicator.cluster
        for place in range(_PLACES["state"] + 1):
            self._sheet.write_blank(row, place, None, self._styles["cluster"])
        self._text(row, _PLACES["text"], f"Klaster {found.code}: {found.name}", "cluster")
        return str(found.code)

    def _line(self, row: int, line: Line) -> None:
        question, answer = line.entry.question, line.answer
        shown = [f"{each.label}: {bulat(each.points)}" for each in line.entry.options]
        points = f", nilai {bulat(answer.points)}" if answer.points is not None else ""
        wrapped = {
            "text": question.text,
            "scale": "\n".join(shown),
            "note": answer.note,
            "proofs": "\n".join(line.proofs),
        }
        self._sheet.set_row(row, max(_height(text, COLUMNS[name].width) for name, text in wrapped.items()))
        self._text(row, _PLACES["code"], question.code, "text")
        self._text(row, _PLACES["text"], question.text, "text")
        self._sheet.write_number(row, _PLACES["maximum"], question.maximum, self._styles["number"])
        self._text(row, _PLACES["role"], line.role, "small")
        self._text(row, _PLACES["scale"], "\n".join(shown), "small")
        self._option(row, line)
        self._figures(row, line)
        self._text(row, _PLACES["note"], tidy(answer.note), "fill_note")
        self._text(row, _PLACES["proofs"], "\n".join(line.proofs) or "belum ada", "small")
        self._text(row, _PLACES["state"], f"{line.standing.state.label}{points}", "small")
        self._text(row, _PLACES["key"], question.code, "plain")
        self._text(row, _PLACES["version"], str(answer.version), "plain")
        self._sheet.data_validation(
            row, _PLACES["note"], row, _PLACES["note"],
            {"validate": "length", "criteria": "<=", "value": LONGEST_NOTE, "error_title": "Catatan",
             "error_message": "Catatan paling panjang 4.000 karakter."},
        )  # fmt: skip

    def _option(self, row: int, line: Line) -> None:
        choices, place = labels(line.entry), _PLACES["option"]
        if not choices:
            self._text(row, place, FOLLOWS, "closed")
            return
        chosen = next((each.label for each in choices if each.pk == line.answer.option_id), "")
        self._text(row, place, chosen, "fill")
        self._sheet.data_validation(
            row, place, row, place,
            {"validate": "list", "source": self._choices.area(choices), "error_title": "Jawaban",
             "error_message": "Pilih dari daftar."},
        )  # fmt: skip

    def _figures(self, row: int, line: Line) -> None:
        question, answer = line.entry.question, line.answer
        wanted = (("measure", answer.measure, bool(question.measure)),
                  ("before", answer.measure_before, question.two_years))  # fmt: skip
        for name, figure, is_wanted in wanted:
            place = _PLACES[name]
            if not is_wanted:
                self._sheet.write_blank(row, place, None, self._styles["closed"])
                continue
            if figure is None:
                self._sheet.write_blank(row, place, None, self._styles["fill"])
            else:
                self._sheet.write_number(row, place, figure, self._styles["fill"])
            share = question.measure == question.Measure.PERCENTAGE and not question.two_years
            bounds = {"criteria": "between", "minimum": 0, "maximum": 100} if share else {"criteria": ">=", "value": 0}
            self._sheet.data_validation(
                row, place, row, place,
                {"validate": "decimal", **bounds, "error_title": "Angka", "error_message": _FIGURE},
            )  # fmt: skip

    def _text(self, row: int, column: int, text: str, style: str) -> None:
        if text:
            self._sheet.write_string(row, column, writing.text(text), self._styles[style])
        else:
            self._sheet.write_blank(row, column, None, self._styles[style])


def _height(text: str, width: int) -> float:
    """Points that a text needs in a column: no program works that out for a file it has not written."""
    lines = sum(max(1, -(-len(line) // width)) for line in text.split("\n"))
    return min(lines * _LINE + 3, 400)


def _cell(row: int, column: int) -> str:
    letters = chr(65 + column) if column < 26 else f"A{chr(39 + column)}"
    return f"${letters}${row + 1}"
