"""A question to the database that is put into words once per process: for what every save of the last hour asks."""

from collections.abc import Callable
from typing import Any

from django.db import DEFAULT_DB_ALIAS, connections
from django.db.models import QuerySet

PLACE = -987_654_321  # stands where the key of an evaluation will stand; no key is negative


class Prepared:
    """Rows of a `values_list` about one evaluation, as Django would read them.

    Django writes the same SQL anew each time, which takes several times as long as running it; here it is written
    once, and only the evaluation's key changes. `docs/decisions/0016-one-counter.md` says when this is worth it.
    """

    def __init__(self, about: Callable[[int], QuerySet[Any, Any]]) -> None:
        self._about = about
        self._written: tuple[str, tuple[Any, ...], Any, dict[int, Any]] | None = None

    def rows(self, evaluation_pk: int) -> list[Any]:
        """One statement."""
        if self._written is None:
            self._written = self._write()
        sql, values, compiler, converters = self._written
        with connections[DEFAULT_DB_ALIAS].cursor() as cursor:
            cursor.execute(sql, [evaluation_pk if value == PLACE else value for value in values])
            found = cursor.fetchall()
        return list(compiler.apply_converters(found, converters)) if converters else found

    def _write(self) -> tuple[str, tuple[Any, ...], Any, dict[int, Any]]:
        compiler = self._about(PLACE).query.get_compiler(DEFAULT_DB_ALIAS)
        sql, values = compiler.as_sql()
        return sql, tuple(values), compiler, compiler.get_converters([column for column, *_ in compiler.select])
