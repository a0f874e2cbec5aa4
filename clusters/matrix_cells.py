"""What a typed cell says, pure: its one stored spelling, or a sentence on how to write it."""

import re
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from clusters.matrices import Column, Kind

LONGEST = 500  # characters a cell holds
SPREADSHEET_ERROR = "#GALAT"  # how a broken formula arrives from a spreadsheet

_UNSEEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ufffe\uffff\ud800-\udfff]")
_NUMBER = re.compile(
    r"(?:Rp\.?\s*)?(?P<whole>[0-9]{1,3}(?:\.[0-9]{3}){1,4}|[0-9]{1,15})(?:,(?P<part>[0-9]{1,4}))?\s*%?"
)
_DATE = re.compile(r"(?P<day>[0-9]{1,2})\s*[-/. ]\s*(?P<month>[0-9]{1,2}|[A-Za-z]{3,9})\s*[-/. ]\s*(?P<year>[0-9]{4})")
_ISO = re.compile(r"(?P<year>[0-9]{4})-(?P<month>[0-9]{2})-(?P<day>[0-9]{2})")
_MONTHS = ("jan", "feb", "mar", "apr", "mei", "jun", "jul", "agu", "sep", "okt", "nov", "des")
_YEARS = range(1900, 2101)

REQUIRED = "Kolom ini wajib diisi."
UNSEEN = "Isi ini memuat karakter yang tidak terlihat; ketik ulang isinya."
TOO_LONG = f"Isi ini lebih dari {LONGEST} huruf; ringkas."
NO_NUMBER = "Tulis angka dengan koma sebagai desimal dan tanpa satuan, misalnya 1.234,5."
NO_YEAR = "Tulis tahun dengan empat angka, misalnya 2024."
NO_DATE = "Tulis tanggal sebagai hh-bb-tttt, misalnya 31-12-2024."
BROKEN_FORMULA = "Rumus di sel ini galat; tulis nilainya."


@dataclass(frozen=True, slots=True)
class Cell:
    """What was typed, how it is stored (empty with a fault) and what is wrong with it."""

    text: str
    value: str = ""
    fault: str = ""


def read_cell(column: Column, typed: str) -> Cell:
    """Read what a person typed or pasted. "1.234,5" is stored as "1234.5", "5/1/2024" as "2024-01-05"."""
    text = typed.replace("\r\n", "\n").replace("\r", "\n").strip()
    if _UNSEEN.search(text):
        return Cell(_UNSEEN.sub("", text)[:LONGEST], fault=UNSEEN)
    if len(text) > LONGEST:
        return Cell(text, fault=TOO_LONG)
    if not text:
        return Cell("", fault=REQUIRED if column.required else "")
    if text == SPREADSHEET_ERROR:
        return Cell(text, fault=BROKEN_FORMULA)
    value, fault = _READERS[column.kind](column, text)
    return Cell(show_value(column, value), value) if value else Cell(text, fault=fault)


def show_value(column: Column, value: str) -> str:
    """A stored value as it is typed: "1234.5" -> "1.234,5", "2024-01-05" -> "05-01-2024"."""
    if column.kind is Kind.NUMBER and value:
        whole, _, part = value.partition(".")
        return f"{int(whole):,}".replace(",", ".") + (f",{part}" if part else "")
    if column.kind is Kind.DATE and value:
        return "-".join(reversed(value.split("-")))
    return value


def _text(column: Column, text: str) -> tuple[str, str]:
    return text, ""


def _number(column: Column, text: str) -> tuple[str, str]:
    found = _NUMBER.fullmatch(text)
    if found is None:
        return "", NO_NUMBER
    part = (found["part"] or "").rstrip("0")
    return f"{Decimal(found['whole'].replace('.', ''))}" + (f".{part}" if part else ""), ""


def _year(column: Column, text: str) -> tuple[str, str]:
    fits = text.isascii() and text.isdigit() and len(text) == 4 and int(text) in _YEARS
    return (text, "") if fits else ("", NO_YEAR)


def _date(column: Column, text: str) -> tuple[str, str]:
    found = _DATE.fullmatch(text) or _ISO.fullmatch(text)
    if found is None:
        return "", NO_DATE
    word = found["month"].casefold()[:3]
    month = _MONTHS.index(word) + 1 if word in _MONTHS else int(word) if word.isdigit() else 0
    try:
        day = date(int(found["year"]), month, int(found["day"]))
    except ValueError:
        return "", NO_DATE
    return (day.isoformat(), "") if day.year in _YEARS else ("", NO_DATE)


def _choice(column: Column, text: str) -> tuple[str, str]:
    for choice in column.choices:
        if choice.casefold() == text.casefold():
            return choice, ""
    short = len(column.choices) <= 8
    return "", f"Pilih salah satu: {', '.join(column.choices)}." if short else "Pilih salah satu dari daftar kolom ini."


_READERS = {
    Kind.TEXT: _text,
    Kind.NUMBER: _number,
    Kind.YEAR: _year,
    Kind.DATE: _date,
    Kind.CHOICE: _choice,
    Kind.DISTRICT: _text,
    Kind.VILLAGE: _text,
}
