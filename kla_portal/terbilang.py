"""Numbers and dates in Indonesian words, as a berita acara spells them out. Pure: numbers in, words out."""

from datetime import date
from decimal import Decimal

ONES = ("nol", "satu", "dua", "tiga", "empat", "lima", "enam", "tujuh", "delapan", "sembilan", "sepuluh", "sebelas")
SCALES = ((10**12, "triliun"), (10**9, "miliar"), (10**6, "juta"))
MOST = 10**15  # where the words end
DAYS = ("Senin", "Selasa", "Rabu", "Kamis", "Jumat", "Sabtu", "Minggu")
MONTHS = ("Januari", "Februari", "Maret", "April", "Mei", "Juni", "Juli", "Agustus", "September", "Oktober",
          "November", "Desember")  # fmt: skip


def bilangan(number: int) -> str:
    """1011 -> "seribu sebelas", -3 -> "minus tiga". Raises `ValueError` from a thousand trillions on."""
    if abs(number) >= MOST:
        raise ValueError(f"{number} is too large for words.")
    return f"minus {_whole(-number)}" if number < 0 else _whole(number)


def pecahan(number: Decimal) -> str:
    """The digits behind the comma one by one: 800.38 -> "delapan ratus koma tiga delapan"; none when there are none."""
    sign, digits, exponent = number.as_tuple()
    if not isinstance(exponent, int):
        raise ValueError("Not a number.")
    plain = f"{abs(number):f}"
    whole, _, behind = plain.partition(".")
    behind = behind.rstrip("0")
    words = bilangan(int(whole)) + ("" if not behind else " koma " + " ".join(ONES[int(digit)] for digit in behind))
    return f"minus {words}" if sign and any(digits) else words


def hari(day: date) -> str:
    """The day of the week: "Selasa"."""
    return DAYS[day.weekday()]


def bulan(day: date) -> str:
    """The month: "November"."""
    return MONTHS[day.month - 1]


def tanggal(day: date) -> str:
    """ "Selasa tanggal dua puluh empat bulan November tahun dua ribu dua puluh enam"."""
    return f"{hari(day)} tanggal {bilangan(day.day)} bulan {bulan(day)} tahun {bilangan(day.year)}"


def _whole(number: int) -> str:
    for size, name in SCALES:
        if number >= size:
            return _joined(f"{_whole(number // size)} {name}", number % size)
    if number >= 2000:
        return _joined(f"{_whole(number // 1000)} ribu", number % 1000)
    if number >= 1000:
        return _joined("seribu", number - 1000)
    if number >= 200:
        return _joined(f"{ONES[number // 100]} ratus", number % 100)
    if number >= 100:
        return _joined("seratus", number - 100)
    return _below_hundred(number)


def _below_hundred(number: int) -> str:
    if number < 12:
        return ONES[number]
    if number < 20:
        return f"{ONES[number - 10]} belas"
    return _joined(f"{ONES[number // 10]} puluh", number % 10)


def _joined(words: str, rest: int) -> str:
    return f"{words} {_whole(rest)}" if rest else words
