"""What a workbook of answers consists of: its sheets, its columns, and the key that says whose it is."""

from dataclasses import dataclass
from typing import NamedTuple

FORMAT = "buku-kerja-kla 1"
ANSWERS, GUIDE, CHOICES, KEY = "Jawaban", "Petunjuk", "Pilihan", "Kunci"
EVERYTHING = "semua"  # stands for the office in a workbook of all questions
FOLLOWS = "(mengikuti angka)"
MOST_ROWS, MOST_COLUMNS = 2_000, 60
HEADING_ROW = 3  # of the answers, from 0


@dataclass(frozen=True, slots=True)
class Column:
    """A column of the answers: its heading, its width in letters, whether people write in it, whether they see it."""

    heading: str
    width: int
    is_answer: bool = False
    is_hidden: bool = False


COLUMNS = {
    "code": Column("Kode", 8),
    "text": Column("Pertanyaan", 52),
    "maximum": Column("Nilai maksimal", 10),
    "role": Column("Peran", 12),
    "scale": Column("Pilihan dan nilainya", 36),
    "option": Column("Jawaban", 28, is_answer=True),
    "measure": Column("Angka", 11, is_answer=True),
    "before": Column("Angka tahun sebelumnya", 13, is_answer=True),
    "note": Column("Catatan", 40, is_answer=True),
    "proofs": Column("Data dukung di portal", 34),
    "state": Column("Keadaan", 14),
    "key": Column("kunci", 8, is_hidden=True),
    "version": Column("versi", 8, is_hidden=True),
}
READ = ("code", "option", "measure", "before", "note", "key", "version")


class Key(NamedTuple):
    """Whose workbook it is; every field is a row of the hidden sheet, in this order."""

    format: str
    evaluation: str
    region: str
    cycle: str
    office: str
    instrument: str
    made_at: str


KEY_WORDS = Key("format", "evaluasi", "daerah", "siklus", "perangkat daerah", "instrumen", "dibuat")
