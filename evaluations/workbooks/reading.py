"""From the sheets of a file to wishes: whose workbook it is, which columns it has, what its rows ask for."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

from clusters.catalogue import Catalogue, Entry
from evaluations.workbooks.refusals import WorkbookRefused
from evaluations.workbooks.shape import ANSWERS, COLUMNS, FORMAT, KEY, KEY_WORDS, READ, Key
from evaluations.workbooks.wishes import Cell, Wish, wish_of
from kla_portal.spreadsheets import Sheet

HEADING_WITHIN = 12  # rows
_OURS = {column.heading.casefold(): name for name, column in COLUMNS.items()}
_DOWNLOAD = "Unduh buku kerja baru dari halaman ini, lalu salin isian Anda ke sana."


@dataclass(frozen=True, slots=True)
class Workbook:
    """A workbook understood: its key, its rows, and remarks on what was left aside."""

    key: Key
    wishes: tuple[Wish, ...]
    remarks: tuple[str, ...]


def key_of(sheets: list[Sheet]) -> Key:
    """Whose workbook it is. Raises `WorkbookRefused` for a spreadsheet that is none of ours."""
    sheet = next((each for each in sheets if each.name == KEY), None)
    found = {row[0]: row[1] for row in sheet.rows if len(row) > 1} if sheet else {}
    key = Key(*(found.get(word, "") for word in KEY_WORDS))
    if key.format != FORMAT:
        raise WorkbookRefused(f"Ini bukan buku kerja jawaban dari portal. {_DOWNLOAD}")
    return key


def understand(sheets: list[Sheet], catalogue: Catalogue) -> Workbook:
    """All rows with what they ask for. Raises `WorkbookRefused` where columns or the sheet are missing."""
    key = key_of(sheets)
    sheet, remarks = _answers(sheets)
    heading, places = _places(sheet)
    remarks += _extra(sheet.rows[heading])
    rows = _Rows(sheet, places, catalogue, heading + 1)
    if not rows.wishes:
        raise WorkbookRefused("Buku kerja ini tidak memuat satu pertanyaan pun. Unduh buku kerja baru, lalu isi.")
    return Workbook(key, tuple(rows.wishes), tuple(remarks + rows.remarks))


def _answers(sheets: list[Sheet]) -> tuple[Sheet, list[str]]:
    """The sheet of answers, by its name or, where somebody has given it another, by its headings; remarks on copies."""
    alike = [each for each in sheets if any(True for _ in _headings(each))]
    named = [each for each in sheets if each.name == ANSWERS]
    if not named and not alike:
        raise WorkbookRefused(f"Lembar “{ANSWERS}” tidak ada. {_DOWNLOAD}")
    if not named and len(alike) > 1:
        names = " dan ".join(f"“{each.name[:31]}”" for each in alike[:3])
        raise WorkbookRefused(f"Lembar {names} sama-sama memuat jawaban. Beri nama “{ANSWERS}” pada yang dipakai.")
    found = (named or alike)[0]
    copies = [each for each in alike if each is not found]
    return found, [
        f"Lembar “{each.name[:31]}” tidak dibaca, hanya lembar “{found.name[:31]}”. Isian di sana tidak dipakai."
        for each in copies[:3]
    ]


def _headings(sheet: Sheet) -> Iterator[tuple[int, list[str]]]:
    """Rows that name our columns, each with the columns it names."""
    for number, row in enumerate(sheet.rows[:HEADING_WITHIN]):
        names = [_OURS.get(" ".join(cell.split()).casefold(), "") for cell in row]
        if "code" in names and ("option" in names or "version" in names):
            yield number, names


def _places(sheet: Sheet) -> tuple[int, dict[str, int]]:
    """The row with the headings, and which column holds what, in whatever order they stand."""
    for number, names in _headings(sheet):
        twice = [COLUMNS[name].heading for name, count in Counter(names).items() if name in READ and count > 1]
        missing = [COLUMNS[name].heading for name in READ if name not in names]
        if twice:
            raise WorkbookRefused(f"Kolom {', '.join(twice)} ada lebih dari satu. Hapus salinannya.")
        if missing:
            raise WorkbookRefused(f"Kolom {', '.join(missing)} tidak ada. {_DOWNLOAD}")
        return number, {name: names.index(name) for name in READ}
    raise WorkbookRefused(f"Judul kolom lembar “{ANSWERS}” tidak ditemukan. {_DOWNLOAD}")


def _extra(headings: list[str]) -> list[str]:
    names = [cell.strip() for cell in headings if cell.strip() and " ".join(cell.split()).casefold() not in _OURS]
    if not names:
        return []
    return [f"Kolom tambahan tidak dibaca: {', '.join(name[:40] for name in names[:5])}."]


class _Rows:
    def __init__(self, sheet: Sheet, places: dict[str, int], catalogue: Catalogue, first: int) -> None:
        self._sheet, self._places, self._catalogue = sheet, places, catalogue
        self._answers = {name: place for name, place in places.items() if COLUMNS[name].is_answer}
        self.wishes: list[Wish] = []
        self.remarks: list[str] = []
        codes = Counter(row[places["key"]].strip() or row[places["code"]].strip() for row in sheet.rows[first:])
        for number, row in enumerate(sheet.rows[first:], first):
            self._take(number, row, codes)

    def _take(self, number: int, row: list[str], codes: "Counter[str]") -> None:
        key, code = row[self._places["key"]].strip(), row[self._places["code"]].strip()
        if not key and not code:
            if any(row[place].strip() for place in self._answers.values()):
                self.remarks.append(f"Baris {number + 1} tidak dibaca: kodenya kosong.")
            return
        entry = self._catalogue.by_code.get(key or code)
        if entry is None:
            self.remarks.append(f"Baris {number + 1} tidak dibaca: pertanyaan “{(key or code)[:20]}” tidak dikenal.")
            return
        faults = self._faults(number, key, code, entry, codes[key or code])
        version = row[self._places["version"]]
        if faults:
            self.wishes.append(Wish(number + 1, entry.question.pk, 0, faults=tuple(faults)))
        elif not (version.isascii() and version.isdecimal() and len(version) < 10):
            sentence = "kolom tersembunyi “versi” berubah. Unduh buku kerja baru, lalu salin isian baris ini."
            self.wishes.append(Wish(number + 1, entry.question.pk, 0, faults=(sentence,)))
        else:
            self.wishes.append(self._wish(entry, number, int(version), row))

    def _faults(self, number: int, key: str, code: str, entry: Entry, times: int) -> list[str]:
        faults = []
        if key != code:
            faults.append(f"Kode ({self._name(number, 'code')}): berubah dari “{key[:20]}”. Kembalikan kodenya.")
        if times > 1:
            faults.append(f"Pertanyaan {entry.question.code} ada di {times} baris. Sisakan satu baris.")
        if not self._sheet.formulas and not self._sheet.merged:
            return faults
        for name, column in self._answers.items():
            if (number, column) in self._sheet.formulas:
                faults.append(
                    f"{COLUMNS[name].heading} ({self._name(number, name)}): berisi rumus. Ganti dengan nilainya."
                )
            elif self._sheet.is_merged(number, column):
                faults.append(
                    f"{COLUMNS[name].heading} ({self._name(number, name)}): selnya digabung. Pisahkan gabungannya."
                )
        return faults

    def _wish(self, entry: Entry, number: int, version: int, row: list[str]) -> Wish:
        numbers = self._sheet.numbers
        cells = {name: Cell(row[column], (number, column) in numbers) for name, column in self._answers.items()}
        return wish_of(entry, number + 1, version, cells, lambda name: self._name(number, name))

    def _name(self, number: int, column: str) -> str:
        return self._sheet.name_of(number, self._places[column])
