"""Families of matrices: the columns that many questions share, and how a question names its family."""

from collections.abc import Mapping as Entries

from clusters.instrument_file.content import MatrixEntry
from clusters.instrument_file.reading import Mapping, Node, Scalar
from clusters.instrument_file.values import Values
from clusters.matrices import Column, Kind

COLUMN_CODE = r"[a-z][a-z0-9_]*"
MOST_COLUMNS = 16
MOST_CHOICES = 40


def matrix_entry(code: str, node: Node, values: Values) -> MatrixEntry:
    """One family: one to sixteen columns, whose codes and names differ, because pasted headings are matched by name."""
    entry = values.fields(node, required=("name", "columns"))
    nodes = values.entries(entry["columns"])
    if len(nodes) > MOST_COLUMNS:
        values.faults.add(entry["columns"].line, f"Matriks “{code}” memuat lebih dari {MOST_COLUMNS} kolom.")
    columns: list[Column] = []
    for each in nodes:
        column = _column(each, values)
        for what, words in (("Kode", [c.code for c in columns]), ("Nama", [c.name for c in columns])):
            word = column.code if what == "Kode" else column.name
            if word and word.casefold() in [known.casefold() for known in words]:
                values.faults.add(each.line, f"{what} kolom “{word}” sudah dipakai pada matriks “{code}”.")
        columns.append(column)
    return MatrixEntry(code, values.text(entry["name"], longest=120), tuple(columns))


def _column(node: Node, values: Values) -> Column:
    entry = values.fields(node, required=("code", "name", "kind"), optional=("required", "choices", "help"))
    kind = values.choice(entry["kind"], [each.value for each in Kind])
    return Column(
        code=values.code(entry["code"], pattern=COLUMN_CODE, longest=40),
        name=values.text(entry["name"], longest=80),
        kind=Kind(kind) if kind in list(Kind) else Kind.TEXT,
        required=values.flag(entry["required"]),
        choices=_choices(entry["choices"], kind, values),
        help="" if _is_missing(entry["help"]) else values.text(entry["help"], longest=200),
    )


def _choices(node: Node, kind: str, values: Values) -> tuple[str, ...]:
    if kind != Kind.CHOICE:
        if not _is_missing(node):
            values.faults.add(node.line, "Isian “choices” hanya berlaku pada kolom jenis “choice”.")
        return ()
    if _is_missing(node):
        values.faults.add(node.line, "Kolom jenis “choice” memerlukan isian “choices”.")
        return ()
    choices = values.texts(node, longest=120)
    if len(choices) > MOST_CHOICES:
        values.faults.add(node.line, f"Pilihan kolom ini lebih dari {MOST_CHOICES}.")
    if len({each.casefold() for each in choices}) < len(choices):
        values.faults.add(node.line, "Pilihan kolom ini menyebut hal yang sama dua kali.")
    return tuple(choices)


def wanted_matrix(node: Node, families: Entries[str, MatrixEntry], values: Values) -> tuple[bool, MatrixEntry | None]:
    """Whether a question wants a matrix, and of which family: `true` wants one of no family, with general columns."""
    if not isinstance(node, Scalar) or node.kind != "str":
        return values.flag(node), None
    family = values.text(node, longest=40)
    if family and family not in families:
        values.faults.add(node.line, f"Matriks “{family}” tidak dikenal; tulis kode dari “matrices” atau true.")
    return True, families.get(family)


def none_stated(node: Node) -> bool:
    """Whether the file states no families at all, as files older than this key do."""
    return _is_missing(node) or (isinstance(node, Mapping) and not node.entries)


def _is_missing(node: Node) -> bool:
    return isinstance(node, Scalar) and node.kind == "missing"
