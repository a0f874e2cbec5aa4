"""Statements that are put into words once per process and planned once per connection: those of a save.

Django writes the same SQL anew each time, and PostgreSQL reads and plans it anew each time; together that takes
several times as long as running it. `docs/decisions/0016-one-counter.md` says when this is worth its lines.
"""

import hashlib
import re
from collections.abc import Callable, Iterator, Sequence
from typing import Any, Generic, NamedTuple, TypeVar

from django.db import DEFAULT_DB_ALIAS, connections
from django.db.backends.utils import CursorWrapper
from django.db.models import Field, Model, QuerySet
from django.db.models.query import get_related_populators

Place = Any  # an int or a text
KEY: Place = -987_654_321  # stands where a key will stand; no key is negative
LARGEST_KEY = 2**63 - 1  # PostgreSQL cannot compare a key with what is larger
WORD: Place = "\x1fkata"  # stands where a text will stand; no text begins like this

Found = TypeVar("Found", bound=Model)


def keys(count: int) -> tuple[Place, ...]:
    """That many places for keys, all different."""
    return tuple(int(KEY) - each for each in range(count))


class Statement:
    """SQL with a `%s` for each value; PostgreSQL keeps its plan in the connection that has run it once."""

    def __init__(self, sql: str) -> None:
        self.sql = sql
        self._name = f"kla_{hashlib.sha256(sql.encode()).hexdigest()[:24]}"
        many = re.findall("%[s%]", sql).count("%s")
        count = iter(range(1, many + 1))
        self._numbered = re.sub("%[s%]", lambda found: f"${next(count)}" if found[0] == "%s" else "%", sql)
        places = ", ".join(["%s"] * many)
        self._called = f"EXECUTE {self._name} ({places})" if places else f"EXECUTE {self._name}"

    def run(self, values: Sequence[Any]) -> CursorWrapper:
        """One statement; the cursor that has run it."""
        connection = connections[DEFAULT_DB_ALIAS]
        cursor = connection.cursor()
        if connection.vendor == "postgresql":
            self._prepare(connection)
            cursor.execute(self._called, values)
        else:
            cursor.execute(self.sql, values)
        return cursor

    def _prepare(self, connection: Any) -> None:
        """Once per connection; what is prepared outlives a transaction that is taken back."""
        here = connection.connection
        if getattr(connection, "kla_prepared_in", None) is not here:
            connection.kla_prepared_in, connection.kla_prepared = here, set()
        if self._name in connection.kla_prepared:
            return
        with connection.wrap_database_errors, here.cursor() as cursor:
            cursor.execute(f"PREPARE {self._name} AS {self._numbered}")
        connection.kla_prepared.add(self._name)


class Prepared:
    """Rows of a `values_list`, as Django would read them, with other values at the places each time."""

    def __init__(self, about: Callable[..., QuerySet[Any, Any]], *places: Place) -> None:
        self._about, self._places = about, places or (KEY,)
        self._written: tuple[Statement, list[tuple[bool, Any]], Any, dict[int, Any]] | None = None

    def rows(self, *values: Any) -> list[Any]:
        """One statement; none for a key that no row can have."""
        if any(isinstance(each, int) and each > LARGEST_KEY for each in values):
            return []
        if self._written is None:
            self._written = self._write()
        statement, template, compiler, converters = self._written
        with statement.run([values[each] if is_place else each for is_place, each in template]) as cursor:
            found = cursor.fetchall()
        return list(compiler.apply_converters(found, converters)) if converters else found

    def _write(self) -> tuple[Statement, list[tuple[bool, Any]], Any, dict[int, Any]]:
        compiler = self._about(*self._places).query.get_compiler(DEFAULT_DB_ALIAS)
        sql, values = compiler.as_sql()
        at = {place: index for index, place in enumerate(self._places)}
        template = [(value in at, at.get(value, value)) for value in values]
        if compiler.connection.vendor == "postgresql":  # what never changes is part of the words
            sql, template = _with_constants(compiler.connection, sql, template)
        return Statement(sql), template, compiler, compiler.get_converters([column for column, *_ in compiler.select])


def _with_constants(connection: Any, sql: str, template: list[tuple[bool, Any]]) -> tuple[str, list[tuple[bool, Any]]]:
    """The SQL with every constant spelled out, and the places that are left."""
    left: Iterator[tuple[bool, Any]] = iter(template)

    def spelled(found: re.Match[str]) -> str:
        if found[0] == "%%":
            return "%%"
        is_place, value = next(left)
        if is_place:
            return "%s"
        with connection.connection.cursor() as cursor:
            literal: bytes = cursor.mogrify("%s", [value])
        return literal.decode().replace("%", "%%")

    connection.ensure_connection()
    return re.sub("%[s%]", spelled, sql), [each for each in template if each[0]]


class PreparedObjects(Prepared, Generic[Found]):
    """The same for whole objects, with what the query selects beside them and annotates."""

    _shape: tuple[Any, list[str], int, int, list[Any], dict[str, int]] | None = None

    def first(self, *values: Any) -> Found | None:
        """The only object there is, or None. One statement."""
        rows = self.rows(*values)
        return self._build(rows[0]) if rows else None

    def all(self, *values: Any) -> list[Found]:
        """All objects there are. One statement."""
        return [self._build(row) for row in self.rows(*values)]

    def _build(self, row: Sequence[Any]) -> Found:
        if self._shape is None:
            self._shape = self._shaped()
        model, names, begin, end, beside, annotations = self._shape
        found: Found = model.from_db(DEFAULT_DB_ALIAS, names, row[begin:end])
        for related in beside:
            related.populate(row, found)
        for name, place in annotations.items():
            setattr(found, name, row[place])
        return found

    def _shaped(self) -> tuple[Any, list[str], int, int, list[Any], dict[str, int]]:
        """Which columns of a row make which object."""
        assert self._written is not None
        compiler = self._written[2]
        info, select = compiler.klass_info, compiler.select
        begin, end = info["select_fields"][0], info["select_fields"][-1] + 1
        names = [column.target.attname for column, *_ in select[begin:end]]
        beside = get_related_populators(info, select, DEFAULT_DB_ALIAS)  # type: ignore[call-arg]  # of a later Django
        return info["model"], names, begin, end, beside, compiler.annotation_col_map


class Insert:
    """A new row of a model, in one statement; `otherwise` says what happens where there is such a row (ON CONFLICT)."""

    def __init__(self, model: type[Model], *names: str, otherwise: str = "") -> None:
        self.fields = [_field(model, name) for name in names]
        self._otherwise = otherwise
        columns = ", ".join(f'"{field.column}"' for field in self.fields)
        # Names of the model only; every value has its place.
        self._sql = f'INSERT INTO "{model._meta.db_table}" ({columns}) SELECT {", ".join(["%s"] * len(names))}'  # noqa: S608
        self._said = Statement(self.only_if("true"))

    def only_if(self, condition: str) -> str:
        """The SQL of a row that is added under a condition; returns the key."""
        return f'{self._sql} WHERE {condition} {self._otherwise} RETURNING "id"'

    def run(self, **values: Any) -> int:
        """The new row's key. Foreign keys are named as keys (`answer_id`)."""
        with self._said.run(self.places((), values)) as cursor:
            return int(cursor.fetchone()[0])

    def places(self, where: Sequence[Any], values: dict[str, Any]) -> list[Any]:
        """What stands at the places of the SQL."""
        return [*_stored(self.fields, values), *where]


class Update:
    """Columns of a model set anew where `where` holds; `also` sets more, in SQL."""

    def __init__(self, model: type[Model], *names: str, where: str, also: str = "") -> None:
        self.fields = [_field(model, name) for name in names]
        sets = ", ".join([*(f'"{field.column}" = %s' for field in self.fields), *([also] if also else [])])
        self._sql = f'UPDATE "{model._meta.db_table}" SET {sets} WHERE {where}'  # noqa: S608
        self._said = Statement(self._sql)

    def only_if(self, condition: str) -> str:
        """The SQL of a change that is made under one more condition; returns a row for each that was changed."""
        return f"{self._sql} AND {condition} RETURNING 1"

    def run(self, *where: Any, **values: Any) -> int:
        """How many rows were changed."""
        with self._said.run(self.places(where, values)) as cursor:
            return int(cursor.rowcount)

    def places(self, where: Sequence[Any], values: dict[str, Any]) -> list[Any]:
        """What stands at the places of the SQL."""
        return [*_stored(self.fields, values), *where]


class Values(NamedTuple):
    """What one part of `Together` says, and of an update also where."""

    values: dict[str, Any]
    where: tuple[Any, ...] = ()


class Together:
    """Rows that are written all or none: whether any is, the first update decides; the last part is an insert.

    PostgreSQL does all of it in one statement: what a save costs is journeys more than work.
    """

    def __init__(self, first: Update, *then: Insert | Update) -> None:
        self._parts = (first, *then)
        moved = "EXISTS (SELECT 1 FROM part_0)"
        parts = [first.only_if("true"), *(part.only_if(moved) for part in then)]
        told = ", ".join(f"part_{place} AS ({sql})" for place, sql in enumerate(parts[:-1]))
        self._said = Statement(f"WITH {told} {parts[-1]}")

    def run(self, *said: Values) -> int | None:
        """The key of the last row; None where nothing was written. One statement, on SQLite one for each part."""
        if connections[DEFAULT_DB_ALIAS].vendor != "postgresql":
            return self._one_by_one(said)
        values = [
            each for part, one in zip(self._parts, said, strict=True) for each in part.places(one.where, one.values)
        ]
        with self._said.run(values) as cursor:
            row = cursor.fetchone()
            return int(row[0]) if row else None

    def _one_by_one(self, said: Sequence[Values]) -> int | None:
        last = None
        for part, one in zip(self._parts, said, strict=True):
            last = part.run(*one.where, **one.values) if isinstance(part, Update) else part.run(**one.values)
            if part is self._parts[0] and not last:
                return None
        return last


def _field(model: type[Model], name: str) -> "Field[Any, Any]":
    return next(field for field in model._meta.concrete_fields if field.attname == name)


def _stored(fields: "Sequence[Field[Any, Any]]", values: dict[str, Any]) -> list[Any]:
    connection = connections[DEFAULT_DB_ALIAS]
    return [field.get_db_prep_save(values[field.attname], connection) for field in fields]
