"""From the tree to the content: every rule about a file that needs no database."""

from collections.abc import Callable
from typing import TypeVar

from clusters.instrument_file.content import (
    BandEntry,
    ClusterEntry,
    Content,
    IndicatorEntry,
    MatrixEntry,
    OfficeEntry,
    QuestionEntry,
    ScaleEntry,
)
from clusters.instrument_file.faults import Faults
from clusters.instrument_file.matrix_entries import matrix_entry, none_stated, wanted_matrix
from clusters.instrument_file.measures import check_measure, counted_places
from clusters.instrument_file.reading import Mapping, Node, Scalar
from clusters.instrument_file.scale_entries import scale_entry
from clusters.instrument_file.values import Values

T = TypeVar("T")

FORMAT = 1
TOP = ("format", "instrument", "predicates", "offices", "scales", "clusters")
FRACTION_RULES = ("floor",)  # the rule clusters.predicates follows
SLUG = r"[a-z0-9][a-z0-9_-]*"
CODE = r"[0-9A-Za-z][0-9A-Za-z.]*"


def check(root: Node) -> Content:
    """The content of a file. Raises `FileRefused` with every fault of its structure, words and references."""
    faults = Faults()
    content = _Checker(faults).content(root)
    faults.refuse_if_any()
    return content


class _Checker:
    """Walks the tree once, top down; codes seen so far are kept to find doubles."""

    def __init__(self, faults: Faults) -> None:
        self.faults = faults
        self.values = Values(faults)
        self.seen: dict[tuple[str, str], int] = {}
        self.offices: dict[str, OfficeEntry] = {}
        self.scales: dict[str, ScaleEntry] = {}
        self.matrices: dict[str, MatrixEntry] = {}

    def content(self, root: Node) -> Content:
        """The whole file."""
        top = self.values.fields(root, required=TOP, optional=("matrices",))
        if self.values.whole(top["format"]) != FORMAT and _is_number(top["format"]):
            self.faults.add(top["format"].line, f"Format berkas ini tidak dikenal; yang dikenal: {FORMAT}.")
        head = self.values.fields(top["instrument"], required=("code", "name", "maximum", "evidence_years"))
        predicates = self.values.fields(top["predicates"], required=("fraction_rule", "bands"))
        self.offices = {code: self._office(code, node) for code, node in self._coded(top["offices"])}
        self.scales = {code: scale_entry(code, node, self.values) for code, node in self._coded(top["scales"])}
        if not none_stated(top["matrices"]):
            families = self._coded(top["matrices"])
            self.matrices = {code: matrix_entry(code, node, self.values) for code, node in families}
        return Content(
            line=head["maximum"].line,
            code=self.values.code(head["code"], pattern=SLUG, longest=40),
            name=self.values.text(head["name"], longest=200),
            maximum=self.values.points(head["maximum"]),
            evidence_years=tuple(self._year(node) for node in self.values.entries(head["evidence_years"])),
            fraction_rule=self.values.choice(predicates["fraction_rule"], FRACTION_RULES),
            bands=self._each(predicates["bands"], self._band),
            offices=self.offices,
            scales=self.scales,
            clusters=self._each(top["clusters"], self._cluster),
        )

    def _each(self, node: Node, build: Callable[[Node], T]) -> tuple[T, ...]:
        return tuple(build(entry) for entry in self.values.entries(node))

    def _coded(self, node: Node) -> list[tuple[str, Node]]:
        """Entries of a mapping whose keys are codes: offices and scales."""
        if isinstance(node, Mapping) and not node.entries:
            self.faults.add(node.line, "Daftar ini tidak boleh kosong.")
        entries = self.values.named(node)
        for code, entry in entries.items():
            self.values.code(Scalar(entry.line, code, "str"), pattern=SLUG, longest=40)
        return list(entries.items())

    def _year(self, node: Node) -> int:
        year = self.values.whole(node)
        if _is_number(node) and not 2000 <= year <= 2100:
            self.faults.add(node.line, "Tahun data harus antara 2000 dan 2100.")
        return year

    def _band(self, node: Node) -> BandEntry:
        entry = self.values.fields(node, required=("code", "name", "lowest"))
        code = self.values.code(entry["code"], pattern=r"[A-Z][A-Z0-9_]*", longest=20)
        self._once("Kode predikat", code, entry["code"].line)
        lowest = self.values.whole(entry["lowest"])
        self._once("Batas bawah predikat", str(lowest) if _is_number(entry["lowest"]) else "", entry["lowest"].line)
        return BandEntry(code, self.values.text(entry["name"], longest=60), lowest)

    def _office(self, code: str, node: Node) -> OfficeEntry:
        entry = self.values.fields(node, required=("name",), optional=("aliases",))
        name = self.values.text(entry["name"], longest=120)
        aliases: list[str] = []
        if not _is_missing(entry["aliases"]):
            aliases = self.values.texts(entry["aliases"], longest=120, empty=True)
        for word in {name.casefold(): name, **{alias.casefold(): alias for alias in aliases}}.values():
            self._once("Nama perangkat daerah", word, node.line)
        return OfficeEntry(code, name, tuple(aliases))

    def _cluster(self, node: Node) -> ClusterEntry:
        entry = self.values.fields(node, required=("code", "name", "maximum", "indicators"))
        code = self.values.code(entry["code"], pattern=r"[0-9A-Za-z]+", longest=5)
        self._once("Kode klaster", code, entry["code"].line)
        return ClusterEntry(
            line=entry["maximum"].line,
            code=code,
            name=self.values.text(entry["name"], longest=120),
            maximum=self.values.points(entry["maximum"]),
            indicators=self._each(entry["indicators"], self._indicator),
        )

    def _indicator(self, node: Node) -> IndicatorEntry:
        entry = self.values.fields(node, required=("code", "name", "maximum", "questions"))
        code = self.values.code(entry["code"], pattern=CODE, longest=10)
        self._once("Kode indikator", code, entry["code"].line)
        return IndicatorEntry(
            line=entry["maximum"].line,
            code=code,
            name=self.values.text(entry["name"], longest=250),
            maximum=self.values.points(entry["maximum"]),
            questions=self._each(entry["questions"], self._question),
        )

    def _question(self, node: Node) -> QuestionEntry:
        entry = self.values.fields(
            node,
            required=("code", "text", "maximum", "scale", "evidence", "offices"),
            optional=("measure", "better", "matrix", "counted_by"),
        )
        code = self.values.code(entry["code"], pattern=CODE, longest=12)
        self._once("Kode pertanyaan", code, entry["code"].line)
        scale = self.values.text(entry["scale"], longest=40)
        if scale and scale not in self.scales:
            self.faults.add(entry["scale"].line, f"Skala “{scale}” tidak dikenal.")
        matrix, family = wanted_matrix(entry["matrix"], self.matrices, self.values)
        question = QuestionEntry(
            line=entry["maximum"].line,
            code=code,
            text=self.values.text(entry["text"], longest=1000),
            maximum=self.values.points(entry["maximum"]),
            scale=scale,
            measure=self.values.choice(entry["measure"], ("percentage", "count")),
            lower_is_better=self.values.choice(entry["better"], ("lower", "higher")) == "lower",
            evidence=tuple(self.values.texts(entry["evidence"], longest=300, empty=True)),
            matrix=matrix,
            matrix_name=family.name if family else "",
            offices=self._answering(entry["offices"]),
            columns=family.columns if family else (),
            place_unit=counted_places(entry, self.scales.get(scale), self.values),
            matrix_line=entry["matrix"].line,
        )
        check_measure(question, self.scales.get(scale), entry, self.faults)
        return question

    def _answering(self, node: Node) -> tuple[str, ...]:
        """Codes of the offices that answer; the first leads."""
        codes: list[str] = []
        for entry in self.values.entries(node):
            code = self.values.text(entry, longest=40)
            if code and code not in self.offices:
                self.faults.add(entry.line, f"Perangkat daerah “{code}” tidak dikenal.")
            if code in codes:
                self.faults.add(entry.line, f"Perangkat daerah “{code}” disebut dua kali.")
            codes.append(code)
        return tuple(codes)

    def _once(self, what: str, word: str, line: int) -> None:
        if not word:
            return
        key = (what, word.casefold())
        if key in self.seen:
            self.faults.add(line, f"{what} “{word}” sudah dipakai di baris {self.seen[key]}.")
        self.seen.setdefault(key, line)


def _is_missing(node: Node) -> bool:
    return isinstance(node, Scalar) and node.kind == "missing"


def _is_number(node: Node) -> bool:
    return isinstance(node, Scalar) and node.kind == "int"
