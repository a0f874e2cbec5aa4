"""From the bytes of a file to a tree of nodes that remember their lines. Constructs nothing but text.

YAML can name Python classes (tags) and repeat a node a billion times (aliases). This reader walks the parser's events
itself, so neither is ever acted upon: both are faults.
"""

from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import yaml

from clusters.instrument_file.faults import Faults

MAX_BYTES = 10 * 1024 * 1024
MAX_DEPTH = 12
MAX_NODES = 50_000

_LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
_RESOLVER: Any = yaml.resolver.Resolver()  # untyped upstream


@dataclass(slots=True)
class Scalar:
    """A word or a number as it is written; `kind` is what YAML takes it for: str, int, float, bool, null, ..."""

    line: int
    text: str
    kind: str


@dataclass(slots=True)
class Sequence:
    """A list."""

    line: int
    entries: list["Node"] = field(default_factory=list)


@dataclass(slots=True)
class Mapping:
    """Keys with their values; a key that stood there before is a fault and its later value is left out."""

    line: int
    entries: dict[str, "Node"] = field(default_factory=dict)
    key_lines: dict[str, int] = field(default_factory=dict)
    pending: Scalar | None = None  # the key whose value comes next


Node = Scalar | Sequence | Mapping


def read(path: Path) -> Node:
    """The tree of a file. Raises `FileRefused` for what cannot be read as plain YAML."""
    faults = Faults()
    text = _text(path, faults)
    faults.refuse_if_any()
    builder = _Builder(faults)
    try:
        for event in yaml.parse(text, Loader=_LOADER):
            builder.take(event)
    except yaml.YAMLError as error:
        faults.add(*_explain(error, text))
    faults.refuse_if_any()
    if builder.root is None:
        faults.add(1, "Berkas kosong.")
        faults.refuse_if_any()
    assert builder.root is not None
    return builder.root


def _text(path: Path, faults: Faults) -> str:
    with path.open("rb") as file:
        content = file.read(MAX_BYTES + 1)
    if len(content) > MAX_BYTES:
        faults.add(1, "Berkas lebih besar dari 10 MB.")
        return ""
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        faults.add(content[: error.start].count(b"\n") + 1, "Berkas bukan teks UTF-8.")
        return ""


def _explain(error: yaml.YAMLError, text: str) -> tuple[int, str]:
    mark = getattr(error, "problem_mark", None)
    line = mark.line + 1 if mark else _line_of_forbidden(error, text)
    lines = text.splitlines()
    written = lines[line - 1] if line <= len(lines) else ""
    if "\t" in written[: len(written) - len(written.lstrip())]:
        return line, "Jarak di awal baris memakai tab; gunakan spasi."
    return line, "Susunan YAML tidak dapat dibaca di baris ini."


def _line_of_forbidden(error: yaml.YAMLError, text: str) -> int:
    """Control characters are reported by position, not by line."""
    position = getattr(error, "position", None)
    return text[: position or 0].count("\n") + 1


class _Builder:
    """Takes the parser's events one after the other; `stack` holds the lists and mappings that are still open."""

    def __init__(self, faults: Faults) -> None:
        self.faults = faults
        self.stack: list[Sequence | Mapping] = []
        self.root: Node | None = None
        self.documents = 0
        self.nodes = 0

    def take(self, event: yaml.Event) -> None:
        line = event.start_mark.line + 1 if event.start_mark else 1
        if isinstance(event, yaml.DocumentStartEvent):
            self.documents += 1
            if self.documents == 2:
                self.faults.add(line, "Berkas memuat lebih dari satu dokumen YAML.")
        elif isinstance(event, yaml.AliasEvent):
            self.faults.add(line, "Rujukan YAML (tanda *) tidak boleh dipakai; tuliskan isinya.")
            self._place(Scalar(line, "", "alias"))
        elif isinstance(event, yaml.ScalarEvent):
            self._check(event, line)
            self._place(Scalar(line, event.value, _kind(event)))
        elif isinstance(event, yaml.CollectionStartEvent):
            self._check(event, line)
            self._open(Mapping(line) if isinstance(event, yaml.MappingStartEvent) else Sequence(line))
        elif isinstance(event, yaml.CollectionEndEvent):
            self.stack.pop()

    def _check(self, event: yaml.ScalarEvent | yaml.CollectionStartEvent, line: int) -> None:
        if event.anchor is not None:
            self.faults.add(line, "Jangkar YAML (tanda &) tidak boleh dipakai; tuliskan isinya.")
        if event.tag is not None:
            self.faults.add(line, "Tag YAML (tanda !) tidak boleh dipakai.")
        self.nodes += 1
        if self.nodes > MAX_NODES:
            self._stop(line, "Berkas memuat terlalu banyak isian.")

    def _open(self, node: Sequence | Mapping) -> None:
        if len(self.stack) >= MAX_DEPTH:
            self._stop(node.line, "Isian bertingkat terlalu dalam.")
        self._place(node)
        self.stack.append(node)

    def _place(self, node: Node) -> None:
        if not self.stack:
            self.root = node if self.root is None else self.root
            return
        parent = self.stack[-1]
        if isinstance(parent, Sequence):
            parent.entries.append(node)
        elif parent.pending is None:
            parent.pending = self._key(node)
        else:
            self._pair(parent, parent.pending, node)
            parent.pending = None

    def _key(self, node: Node) -> Scalar:
        if isinstance(node, Scalar):
            return node
        self.faults.add(node.line, "Nama isian harus satu kata.")
        return Scalar(node.line, "", "str")

    def _pair(self, parent: Mapping, key: Scalar, value: Node) -> None:
        if key.text in parent.entries:
            self.faults.add(key.line, f"Isian “{key.text}” ditulis dua kali.")
            return
        parent.entries[key.text] = value
        parent.key_lines[key.text] = key.line

    def _stop(self, line: int, sentence: str) -> None:
        self.faults.add(line, sentence)
        self.faults.refuse_if_any()


def _kind(event: yaml.ScalarEvent) -> str:
    if event.style is not None and event.style != "":
        return "str"
    tag: str = _RESOLVER.resolve(yaml.ScalarNode, event.value, (True, False))
    return tag.rpartition(":")[2]
