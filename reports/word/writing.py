"""A document as a Word file: its content poured into the template that counts for its house."""

from pathlib import Path
from typing import Any

from reports.houses import House
from reports.issues import Issue
from reports.letterheads import Masthead, masthead_of
from reports.settings.previews import example_issue
from reports.word import examples
from reports.word.contexts import Values, values_of
from reports.word.pouring import Poured, pour
from reports.word.templates import template_for


def write(kind: str, house: House, content: Any, masthead: Masthead, issue: Issue, path: Path) -> str:
    """Write the file and return the template's mark. Raises `TemplateRefused` when the template cannot be filled."""
    template = template_for(house, kind)
    path.write_bytes(pour(template.content, values_of(kind, content, masthead, issue)).content)
    return template.sha256


def example_values(kind: str, house: House) -> Values:
    """Values to try a template with: the house's letterhead and sentences around made-up findings."""
    return values_of(kind, examples.content_of(kind, house), masthead_of(house), example_issue(house))


def tried(kind: str, house: House, template: bytes) -> Poured:
    """The template filled with the example. Raises `TemplateRefused`."""
    return pour(template, example_values(kind, house))


def names_of(values: Values) -> list[str]:
    """Every name a template may use, as it is typed: "daerah", "kop.nama", "klaster: no, kode, nama"."""
    found = []
    for name, value in values.items():
        if isinstance(value, dict):
            found += [f"{name}.{key}" for key in value]
        elif isinstance(value, list):
            found.append(f"{name} (daftar{_inner(value)})")
        else:
            found.append(name)
    return found


def _inner(rows: list[Any]) -> str:
    if not rows or not isinstance(rows[0], dict):
        return ""
    parts = [f"{key} (daftar{_inner(value)})" if isinstance(value, list) else key for key, value in rows[0].items()]
    return ": " + ", ".join(parts)
