"""One value of the tree as the type it must have; whatever it is not becomes a fault with its line."""

import re
from collections.abc import Collection
from decimal import Decimal

from clusters.instrument_file.faults import Faults
from clusters.instrument_file.reading import Mapping, Node, Scalar, Sequence
from clusters.scoring import ZERO, hundredths

_POINTS = re.compile(r"[0-9]{1,4}(\.[0-9]{1,2})?")
_FRACTION = re.compile(r"(0(\.[0-9]{1,4})?|1(\.0{1,4})?)")
_WHOLE = re.compile(r"[0-9]{1,4}")
_NUMBER = re.compile(r"[-+]?[0-9][0-9_]*(\.[0-9]*)?")


class Values:
    """Typed getters that share one list of faults; each returns something harmless after a fault."""

    def __init__(self, faults: Faults) -> None:
        self.faults = faults

    def fields(self, node: Node, *, required: Collection[str], optional: Collection[str] = ()) -> dict[str, Node]:
        """The values of a mapping with known keys; unknown and missing ones are faults."""
        entries = self.named(node)
        lines = node.key_lines if isinstance(node, Mapping) else {}
        for key in entries:
            if key not in required and key not in optional:
                self.faults.add(lines[key], f"Isian “{key}” tidak dikenal.")
        if isinstance(node, Mapping):
            for key in required:
                if key not in entries:
                    self.faults.add(node.line, f"Isian “{key}” tidak ada.")
        return {key: entries.get(key, Scalar(node.line, "", "missing")) for key in (*required, *optional)}

    def named(self, node: Node) -> dict[str, Node]:
        """The values of a mapping whose keys are codes."""
        if isinstance(node, Mapping):
            return node.entries
        self._complain(node, "Di sini harus ada isian bernama.")
        return {}

    def entries(self, node: Node, *, empty: bool = False) -> list[Node]:
        """The entries of a list; it may be empty only where said."""
        if not isinstance(node, Sequence):
            self._complain(node, "Di sini harus ada daftar.")
            return []
        if not node.entries and not empty:
            self.faults.add(node.line, "Daftar ini tidak boleh kosong.")
        return node.entries

    def text(self, node: Node, *, longest: int) -> str:
        """A text of at least one character; a bare number is none, or "1.10" would silently become 1.1."""
        if not isinstance(node, Scalar) or node.kind != "str":
            self._complain(node, "Di sini harus ada teks; apit dengan tanda kutip.")
            return ""
        text = node.text.strip()
        if not text:
            self.faults.add(node.line, "Teks ini tidak boleh kosong.")
        elif len(text) > longest:
            self.faults.add(node.line, f"Teks ini lebih panjang dari {longest} huruf.")
        elif "\x00" in text:
            self.faults.add(node.line, "Teks ini memuat karakter yang tidak boleh dipakai.")
        return text

    def code(self, node: Node, *, pattern: str, longest: int) -> str:
        """A text that also stands in addresses, so its letters are limited."""
        text = self.text(node, longest=longest)
        if text and not re.fullmatch(pattern, text):
            self.faults.add(node.line, f"Kode “{text}” memuat karakter yang tidak boleh dipakai.")
        return text

    def points(self, node: Node) -> Decimal:
        """Points with at most two decimals, not negative, in plain digits."""
        if not isinstance(node, Scalar) or node.kind not in ("int", "float", "str"):
            self._complain(node, "Nilai harus berupa angka.")
            return ZERO
        if node.kind == "str" or not _POINTS.fullmatch(node.text):
            self.faults.add(node.line, _why_no_points(node))
            return ZERO
        return hundredths(Decimal(node.text))

    def fraction(self, node: Node) -> Decimal:
        """A share of the maximum from 0 to 1."""
        if isinstance(node, Scalar) and node.kind in ("int", "float") and _FRACTION.fullmatch(node.text):
            return Decimal(node.text)
        self._complain(node, "Pecahan harus angka dari 0 sampai 1, paling banyak empat desimal.")
        return ZERO

    def whole(self, node: Node) -> int:
        """A whole number that is not negative."""
        if isinstance(node, Scalar) and node.kind == "int" and _WHOLE.fullmatch(node.text):
            return int(node.text)
        self._complain(node, "Di sini harus ada bilangan bulat yang tidak negatif.")
        return 0

    def flag(self, node: Node) -> bool:
        """true or false; left out it is false."""
        if isinstance(node, Scalar) and node.kind == "missing":
            return False
        if isinstance(node, Scalar) and node.kind == "bool" and node.text in ("true", "false"):
            return node.text == "true"
        self._complain(node, "Di sini hanya boleh true atau false.")
        return False

    def choice(self, node: Node, allowed: Collection[str]) -> str:
        """One of a few words; left out it is empty."""
        if isinstance(node, Scalar) and node.kind == "missing":
            return ""
        text = self.text(node, longest=40)
        if text and text not in allowed:
            self.faults.add(node.line, f"“{text}” tidak dikenal; pilihannya: {', '.join(allowed)}.")
        return text

    def texts(self, node: Node, *, longest: int, empty: bool = False) -> list[str]:
        """A list of texts."""
        return [self.text(entry, longest=longest) for entry in self.entries(node, empty=empty)]

    def _complain(self, node: Node, sentence: str) -> None:
        if not (isinstance(node, Scalar) and node.kind == "missing"):  # that it is missing has been said
            self.faults.add(node.line, sentence)


def _why_no_points(node: Scalar) -> str:
    if node.kind == "str" or not _NUMBER.fullmatch(node.text):
        return f"Nilai “{node.text[:40]}” bukan angka biasa (hanya digit, dengan titik untuk desimal)."
    if node.text.startswith("-"):
        return "Nilai tidak boleh negatif."
    if len(node.text.partition(".")[2]) > 2:
        return f"Nilai “{node.text[:40]}” memuat lebih dari dua desimal."
    return f"Nilai “{node.text[:40]}” bukan angka biasa (hanya digit, dengan titik untuk desimal)."
