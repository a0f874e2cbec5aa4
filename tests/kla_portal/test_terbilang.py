"""Numbers and dates in words, as people write them by hand."""

from datetime import date
from decimal import Decimal

import pytest

from kla_portal import terbilang

WORDS = {
    0: "nol", 1: "satu", 10: "sepuluh", 11: "sebelas", 12: "dua belas", 19: "sembilan belas", 20: "dua puluh",
    24: "dua puluh empat", 99: "sembilan puluh sembilan", 100: "seratus", 101: "seratus satu", 111: "seratus sebelas",
    200: "dua ratus", 274: "dua ratus tujuh puluh empat", 999: "sembilan ratus sembilan puluh sembilan", 1000: "seribu",
    1001: "seribu satu", 1100: "seribu seratus", 1999: "seribu sembilan ratus sembilan puluh sembilan",
    2000: "dua ribu", 2026: "dua ribu dua puluh enam", 11_000: "sebelas ribu", 100_000: "seratus ribu",
    201_001: "dua ratus satu ribu satu", 1_000_000: "satu juta", 1_001_000: "satu juta seribu",
    10**9: "satu miliar", 10**12 + 1: "satu triliun satu", -7: "minus tujuh",
}  # fmt: skip


def test_whole_numbers_in_words():
    assert {number: terbilang.bilangan(number) for number in WORDS} == WORDS


def test_every_number_of_a_score_reads_back():
    values = {words: place for place, words in enumerate(terbilang.ONES)}
    for number in range(1001):
        words = terbilang.bilangan(number)
        assert _read(words, values) == number, words


def _read(words, values):
    total = part = 0
    for word in words.replace("seratus", "satu ratus").replace("seribu", "satu ribu").split():
        if word == "belas":
            part += 10
        elif word in ("puluh", "ratus"):
            size = 10 if word == "puluh" else 100
            total, part = total + part * size, 0
        elif word == "ribu":
            total, part = (total + part) * 1000, 0
        else:
            part = values[word]
    return total + part


def test_digits_behind_the_comma_are_read_one_by_one():
    said = {Decimal("800.38"): "delapan ratus koma tiga delapan", Decimal("961.00"): "sembilan ratus enam puluh satu",
            Decimal("0.05"): "nol koma nol lima", Decimal("-161.50"): "minus seratus enam puluh satu koma lima",
            Decimal("1E+3"): "seribu", Decimal("-0.00"): "nol"}  # fmt: skip

    assert {number: terbilang.pecahan(number) for number in said} == said


def test_dates_are_spelled_out():
    said = {
        date(2026, 11, 24): "Selasa tanggal dua puluh empat bulan November tahun dua ribu dua puluh enam",
        date(2025, 5, 20): "Selasa tanggal dua puluh bulan Mei tahun dua ribu dua puluh lima",
        date(2024, 2, 29): "Kamis tanggal dua puluh sembilan bulan Februari tahun dua ribu dua puluh empat",
        date(2000, 1, 1): "Sabtu tanggal satu bulan Januari tahun dua ribu",
        date(1999, 8, 11): "Rabu tanggal sebelas bulan Agustus tahun seribu sembilan ratus sembilan puluh sembilan",
    }

    assert {day: terbilang.tanggal(day) for day in said} == said


def test_what_has_no_words_is_refused():
    with pytest.raises(ValueError, match="too large"):
        terbilang.bilangan(10**15)
    with pytest.raises(ValueError, match="Not a number"):
        terbilang.pecahan(Decimal("NaN"))
