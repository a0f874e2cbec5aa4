"""What the rows of a recap mean in an instrument: questions with points, and headings with the sums somebody typed."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

from clusters.models import Instrument
from evaluations.recap_file import RecapLine, RecapRefused, read_points
from kla_portal.numbers import angka

# Words that may stand before a code ("Jumlah Klaster I") and alone mean the grand total ("Total nilai").
_HEADING_WORDS = frozenset({"jumlah", "total", "nilai", "keseluruhan", "klaster", "cluster", "indikator", "indicator"})
_BAD_NUMBER = "“{}” bukan angka biasa; tulis misalnya 0,75 atau 12."


@dataclass(frozen=True, slots=True)
class RecapRow:
    """Points of one question; None where the recap leaves the cell empty."""

    line: int
    question_id: int
    code: str
    points: Decimal | None


@dataclass(frozen=True, slots=True)
class Heading:
    """What a recap states for an indicator, a cluster or the whole: `level` and `code` say for which."""

    level: str  # "indicator", "cluster", "total"
    code: str
    maximum: Decimal | None
    points: Decimal | None


@dataclass(frozen=True, slots=True)
class Recap:
    """A recap understood whole."""

    rows: tuple[RecapRow, ...]
    headings: tuple[Heading, ...]
    missing: tuple[str, ...]  # codes of questions without points
    aside: tuple[int, ...] = ()  # lines of text without a number that name nothing: "Mengetahui," below the table


def understand(lines: Iterable[RecapLine], instrument: Instrument) -> Recap:
    """Match every line with the instrument. Raises `RecapRefused` with all faults."""
    reader = _Reader(instrument)
    for line in lines:
        reader.take(line)
    if reader.faults:
        raise RecapRefused(reader.faults)
    given = {row.code for row in reader.rows if row.points is not None}
    missing = tuple(code for code in reader.order if code not in given)
    return Recap(tuple(reader.rows), tuple(reader.headings), missing, tuple(reader.aside))


class _Reader:
    def __init__(self, instrument: Instrument) -> None:
        questions = list(instrument.questions.values_list("code", "pk", "maximum", "text"))
        self.order = [code for code, *_ in questions]
        self.questions = {code.casefold(): (code, pk, maximum) for code, pk, maximum, _ in questions}
        written = Counter(_plain(text) for *_, text in questions)
        self.texts = {
            _plain(text): (code, pk, maximum)
            for code, pk, maximum, text in questions
            if written[_plain(text)] == 1  # a text that several questions share says nothing without its code
        }
        self.known: dict[str, tuple[str, str]] = {}  # a code or a name -> level and code
        for cluster in instrument.clusters.prefetch_related("indicators"):
            self.known[cluster.name.casefold()] = self.known[cluster.code.casefold()] = ("cluster", cluster.code)
            for indicator in cluster.indicators.all():
                self.known.setdefault(indicator.name.casefold(), ("indicator", indicator.code))
                self.known[indicator.code.casefold()] = ("indicator", indicator.code)
        self.faults: list[tuple[int, str]] = []
        self.rows: list[RecapRow] = []
        self.headings: list[Heading] = []
        self.aside: list[int] = []
        self.seen: dict[tuple[str, str], int] = {}

    def take(self, line: RecapLine) -> None:
        """Add one line to the rows, the headings or the faults."""
        word = _first_word(line.label)
        if word in self.questions:
            self._question(line, *self.questions[word])
            return
        heading = self._heading(line.label)
        if heading is None and _plain(line.label) in self.texts:
            self._question(line, *self.texts[_plain(line.label)])
            return
        if heading is None and not line.maximum and not line.points:
            self.aside.append(line.line)
            return
        if heading is None:
            unknown = f"Pertanyaan “{line.label[:60]}” tidak ada dalam instrumen."
            self.faults.append((line.line, unknown if line.label else "Ada angka, tetapi kode pertanyaannya kosong."))
            return
        if self._is_new("Baris", *heading, line.line):
            maximum, points = self._number(line, line.maximum), self._number(line, line.points)
            self.headings.append(Heading(*heading, maximum, points))

    def _question(self, line: RecapLine, code: str, pk: int, maximum: Decimal) -> None:
        if not self._is_new("Pertanyaan", "question", code, line.line):
            return
        if line.is_formula:
            self.faults.append((line.line, f"Nilai pertanyaan {code} berisi rumus; ganti dengan angkanya."))
        points = self._number(line, line.points)
        stated = self._number(line, line.maximum)
        if stated is None and not line.maximum:
            self.faults.append((line.line, f"Nilai maksimal pertanyaan {code} tidak ditulis."))
        elif stated is not None and stated != maximum:
            self.faults.append(
                (line.line, f"Nilai maksimal pertanyaan {code} adalah {angka(maximum)}, tertulis {angka(stated)}.")
            )
        elif points is not None and points > maximum:
            self.faults.append(
                (line.line, f"Nilai pertanyaan {code} ({angka(points)}) melebihi nilai maksimalnya {angka(maximum)}.")
            )
        self.rows.append(RecapRow(line.line, pk, code, points))

    def _heading(self, label: str) -> tuple[str, str] | None:
        """The level a label names: "19", "Klaster I", "I. Hak Sipil", "Kelembagaan", "Jumlah"."""
        words = label.casefold().replace(":", " ").split()
        while words and words[0] in _HEADING_WORDS:
            words.pop(0)
        if not words:
            return ("total", "") if label.strip() else None
        return self.known.get(" ".join(words)) or self.known.get(words[0].rstrip(".)"))

    def _is_new(self, what: str, level: str, code: str, line: int) -> bool:
        first = self.seen.setdefault((level, code), line)
        if first != line:
            self.faults.append((line, f"{what} {code or 'jumlah'} sudah ada di baris {first}."))
        return first == line

    def _number(self, line: RecapLine, written: str) -> Decimal | None:
        """The number of a cell; None when it is empty, or when it is none, which is a fault."""
        number = read_points(written)
        if number is None and written:
            self.faults.append((line.line, _BAD_NUMBER.format(written[:30])))
        return number


def _plain(text: str) -> str:
    return " ".join(text.split()).casefold()


def _first_word(label: str) -> str:
    words = label.casefold().split(maxsplit=1)
    return words[0].rstrip(".)") if words else ""
