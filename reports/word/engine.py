"""docxtpl under a sandboxed Jinja; imported by the child process of `pouring` alone."""

import zipfile
from pathlib import Path
from typing import Any

from docx import Document
from docxtpl import DocxTemplate
from jinja2 import StrictUndefined, TemplateAssertionError, TemplateSyntaxError, UndefinedError, meta, nodes
from jinja2.exceptions import SecurityError
from jinja2.sandbox import SandboxedEnvironment

from reports.word.inspecting import refuse_fields
from reports.word.pouring import LONGEST_LINE, MOST_LINES
from reports.word.refusal import TemplateRefused

FORBIDDEN = (nodes.Include, nodes.Import, nodes.FromImport, nodes.Extends, nodes.EvalContextModifier,
             nodes.ScopedEvalContextModifier, nodes.Macro, nodes.CallBlock, nodes.Call, nodes.FilterBlock)  # fmt: skip
FILTERS = ("upper", "lower", "title", "capitalize", "join", "length", "default", "first", "last", "trim", "replace")


class Forbidden(Exception):
    """A template uses more than names, loops and conditions."""


class Sandbox(SandboxedEnvironment):
    """Names, loops and conditions, everything escaped; nothing can be called, included or marked as safe."""

    def __init__(self) -> None:
        super().__init__(autoescape=True, undefined=StrictUndefined)
        self.globals.clear()
        self.filters = {name: self.filters[name] for name in FILTERS}

    def _parse(self, source: str, name: str | None, filename: str | None) -> nodes.Template:
        tree = super()._parse(source, name, filename)
        for kind in FORBIDDEN:
            if tree.find(kind) is not None:
                raise Forbidden(kind.__name__)
        return tree


def fill(template: Path, values: dict[str, Any], target: Path) -> dict[str, Any]:
    """Write the filled template; what comes back is JSON: the lines of the text, or why it was refused."""
    try:
        book, sandbox = DocxTemplate(str(template)), Sandbox()
        names = book.get_undeclared_template_variables(sandbox)
        if unknown := sorted(names - set(values)):
            return {"refused": "unknown", "detail": ", ".join(unknown)}
        book.render(values, sandbox, autoescape=True)
        book.save(str(target))
        _look_again(target)
    except TemplateRefused as wrong:
        return {"refused": wrong.reason}
    except Forbidden as wrong:
        return {"refused": "forbidden", "detail": WORDS.get(str(wrong), str(wrong))}
    except SecurityError:
        return {"refused": "forbidden", "detail": "bagian dalam sebuah isian"}
    except UndefinedError as wrong:
        return {"refused": "unknown", "detail": _named(str(wrong))}
    except TemplateAssertionError as wrong:  # "No filter named 'safe'."
        return {"refused": "forbidden", "detail": f"penyaring {_named(wrong.message or '')}"}
    except TemplateSyntaxError:
        return {"refused": "syntax"}
    except (MemoryError, RecursionError, OverflowError):
        return {"refused": "too_heavy"}
    except Exception as wrong:  # whatever else a stranger's file makes the libraries say: one sentence for people
        return {"refused": "failed", "detail": type(wrong).__name__}
    return {"lines": lines_of(target)}


WORDS = {"Call": "pemanggilan fungsi", "Include": "include", "Import": "import", "Extends": "extends", "Macro": "macro",
         "EvalContextModifier": "autoescape", "ScopedEvalContextModifier": "autoescape"}  # fmt: skip


def _look_again(target: Path) -> None:
    """What was filled in may have become a field that fetches."""
    with zipfile.ZipFile(target) as archive:
        for name in archive.namelist():
            if name.startswith("word/") and name.endswith(".xml"):
                refuse_fields(archive.read(name))


def _named(message: str) -> str:
    """The name in "'dict object' has no attribute 'x'" or "'x' is undefined"."""
    quoted = message.split("'")[1::2]
    return quoted[-1] if quoted else message


def lines_of(path: Path) -> list[str]:
    """The text of a Word file, a paragraph or a table's row per line, cut where it gets long."""
    found: list[str] = []
    for block in Document(str(path)).element.body.iterchildren():
        if block.tag.endswith("}p"):
            found.append(_text(block))
        elif block.tag.endswith("}tbl"):
            for row in block.iterchildren("{*}tr"):
                found.append(" | ".join(_text(cell) for cell in row.iterchildren("{*}tc")))
    lines = [line for each in found if (line := " ".join(each.split()))]
    return [line[:LONGEST_LINE] for line in lines[:MOST_LINES]]


def _text(element: Any) -> str:
    return "".join(each.text or " " for each in element.iter("{*}t", "{*}br", "{*}p"))


__all__ = ["Sandbox", "fill", "lines_of", "meta"]
