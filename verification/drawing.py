"""The desk's rows, drawn by the fast engine: there are up to 274 of them on a page."""

from functools import lru_cache
from typing import Any

from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.safestring import SafeString, mark_safe
from heroicons.jinja import heroicon_outline

from clusters.catalogue import Entry
from clusters.scoring import Points
from verification.desk import Group, Standing
from verification.findings import WORDS, Words
from verification.lines import Filter, Line

MORE = ("clock",)  # what `Line.words` may name beside the words of findings


@lru_cache(maxsize=1)
def marks() -> dict[str, str]:
    """The icons of findings, drawn once per process: an icon costs more than the row it stands in."""
    names = {*MORE, *(icon for _, icon, _ in WORDS.values())}
    return {name: heroicon_outline(name, size=16) for name in names}


def _places(standing: Standing) -> dict[str, object]:
    """Where links lead, and whether there is anything to accept at once."""
    desk = reverse("verification:desk", args=[standing.evaluation.pk])
    return {"desk": desk, "base": f"{desk}pertanyaan/", "may_judge": standing.may_judge and not standing.refusal}


def _drawn(name: str, **context: Any) -> SafeString:
    html = render_to_string(f"verification/{name}.jinja", {"marks": marks(), **context}, using="jinja")
    return mark_safe(html)  # noqa: S308  the fragment escapes by itself


def listed(standing: Standing, groups: list[Group], chosen: Filter, now: Entry | None = None) -> SafeString:
    """The list beside the evidence, the question `now` marked."""
    code = now.question.code if now else ""
    drawn = [(group, [_row(line, documents) for line, documents in group.rows]) for group in groups]
    return _drawn("_list", groups=drawn, **_places(standing), query=chosen.query, now=code)


def _row(line: Line, documents: int) -> tuple[str, SafeString, SafeString, int]:
    question = line.entry.question
    return question.code, _named(question.code, question.text), live(line, is_alone=False), documents


def live(line: Line, *, is_alone: bool = True) -> SafeString:
    """What a verdict changes in a question's row of that list; alone it is put in its place."""
    return _live(line.entry.question.pk, line.words, line.claimed, line.judged, is_alone)


# The same for every region, and asked for again with every question that is opened.
@lru_cache(maxsize=2048)
def _named(code: str, text: str) -> SafeString:
    return _drawn("_list_named", code=code, text=text)


@lru_cache(maxsize=16384)
def _live(pk: int, words: Words, claimed: Points, judged: Points, is_alone: bool) -> SafeString:  # noqa: FBT001
    return _drawn("_list_live", pk=pk, words=words, claimed=claimed, judged=judged, oob=is_alone)


def table(standing: Standing, groups: list[Group], chosen: Filter) -> SafeString:
    """The rows of the desk's own page."""
    return _drawn("_table", groups=groups, **_places(standing), query=chosen.query, short=standing.stage.short)
