"""Tables in a set form, pure: which columns a question asks for. Cells are read in `clusters.matrix_cells`."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any


class Kind(StrEnum):
    """What a column holds; the values are the words of the instrument file."""

    TEXT = "text"
    NUMBER = "number"
    YEAR = "year"
    DATE = "date"
    CHOICE = "choice"
    DISTRICT = "kecamatan"
    VILLAGE = "desa"


@dataclass(frozen=True, slots=True)
class Column:
    """A column; `code` is what stored rows are keyed by, so it outlives a better `name`."""

    code: str
    name: str
    kind: Kind = Kind.TEXT
    required: bool = False
    choices: tuple[str, ...] = ()
    help: str = ""


GENERAL = (Column("uraian", "Uraian", required=True), Column("keterangan", "Keterangan"))


def for_storing(columns: Iterable[Column]) -> list[dict[str, Any]]:
    """Columns as JSON, without what is left at its default."""
    return [
        {"code": each.code, "name": each.name, "kind": each.kind.value}
        | ({"required": True} if each.required else {})
        | ({"choices": list(each.choices)} if each.choices else {})
        | ({"help": each.help} if each.help else {})
        for each in columns
    ]


def read_columns(stored: Iterable[Mapping[str, Any]]) -> tuple[Column, ...]:
    """Columns from their JSON; none stored: the general ones, which suit any matrix."""
    columns = tuple(
        Column(
            code=each["code"],
            name=each["name"],
            kind=Kind(each["kind"]),
            required=each.get("required", False),
            choices=tuple(each.get("choices", ())),
            help=each.get("help", ""),
        )
        for each in stored
    )
    return columns or GENERAL


def may_follow(before: Iterable[Column], after: Iterable[Column]) -> bool:
    """Whether rows written under `before` keep their meaning under `after`: every column stays as it was, with another
    help at most, and what is new is not required. No columns before: anything may follow."""
    known = {each.code: each for each in before}
    follows = {each.code: each for each in after}
    if not known:
        return True
    kept = all(code in follows and _asks_the_same(column, follows[code]) for code, column in known.items())
    return kept and not any(column.required for code, column in follows.items() if code not in known)


def _asks_the_same(one: Column, other: Column) -> bool:
    same = (one.name, one.kind, one.required) == (other.name, other.kind, other.required)
    return same and other.choices[: len(one.choices)] == one.choices
