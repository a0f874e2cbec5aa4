"""Values poured into a Word template: the only user of docxtpl, run as a process of its own.

The child knows no Django and no database. Its Jinja is sandboxed, escapes everything, knows no name but the values it
is handed, and is ended by its limits; a hostile template costs one failed try and never a worker.
"""

import json
import resource
import subprocess  # the child is this very file, its arguments are paths of ours
import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from reports.word.refusal import TemplateRefused

TIME_LIMIT = 30  # seconds; a berita acara takes one
MEMORY_LIMIT = 768 * 1024 * 1024
FILE_LIMIT = 32 * 1024 * 1024
ROOT = Path(__file__).resolve().parent.parent.parent
LONGEST_LINE = 400  # letters of a line of the outline
MOST_LINES = 400


@dataclass(frozen=True, slots=True)
class Poured:
    """A finished Word file and its text, line by line, for a look at it on the screen."""

    content: bytes
    lines: tuple[str, ...]


def pour(template: bytes, values: dict[str, Any]) -> Poured:
    """The template with its names replaced. Raises `TemplateRefused` when it cannot be filled with these values."""
    with tempfile.TemporaryDirectory() as folder:
        place = Path(folder)
        (place / "template.docx").write_bytes(template)
        (place / "values.json").write_text(json.dumps(values), encoding="utf-8")
        said = _run(place)
        if said.get("refused"):
            raise TemplateRefused(str(said["refused"]), str(said.get("detail", "")))
        return Poured((place / "poured.docx").read_bytes(), tuple(str(line) for line in said.get("lines", ())))


def _run(place: Path) -> dict[str, Any]:
    try:
        child = subprocess.run(  # noqa: S603
            [sys.executable, "-m", "reports.word.pouring", str(place)],
            stdin=subprocess.DEVNULL,
            capture_output=True,
            timeout=TIME_LIMIT + 5,
            cwd=ROOT,
            env={"PATH": "/usr/bin:/bin", "LANG": "C.UTF-8", "PYTHONPATH": ":".join(sys.path)},
            check=False,
        )
    except subprocess.TimeoutExpired:
        return {"refused": "too_heavy"}
    if child.returncode != 0:
        return {"refused": "too_heavy"}
    try:
        said = json.loads(child.stdout)
    except ValueError:
        return {"refused": "failed"}
    return said if isinstance(said, dict) else {"refused": "failed"}


def main(folder: str) -> None:
    """The child: limits first, then the library."""
    resource.setrlimit(resource.RLIMIT_CPU, (TIME_LIMIT, TIME_LIMIT))
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY_LIMIT, MEMORY_LIMIT))
    resource.setrlimit(resource.RLIMIT_FSIZE, (FILE_LIMIT, FILE_LIMIT))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    place = Path(folder)
    values = json.loads((place / "values.json").read_text(encoding="utf-8"))
    # Importing docxtpl takes 0.4 s: only this child pays for it, no web process and no worker.
    from reports.word import engine

    print(json.dumps(engine.fill(place / "template.docx", values, place / "poured.docx")))


if __name__ == "__main__":
    main(sys.argv[1])
