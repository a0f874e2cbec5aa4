"""What strangers and broken programs send: every field name the portal reads, filled with values nobody expects."""

import random
import re
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

from django.core.files.base import ContentFile

ROOT = Path(__file__).resolve().parents[2]
ROOMS = ("accounts", "clusters", "evaluations", "followup", "jobs", "notices", "reports", "verification")
READ = re.compile(r"""(?:GET|POST|FILES|sent|data|query)(?:\.get(?:list)?\(|\[)"(\w+)\"""")
FIELD = re.compile(r"^\s+(\w+) = (?:forms\.)?\w+Field\(", re.MULTILINE)
INPUT = re.compile(r"""<(?:input|select|textarea|button)[^>]*\bname="([\w-]+)\"""")

VALUES = (
    "", " ", "\0", "a\0b", "\ud800", "\udfff.\ud800", "-1", "0", "1", "2", "9" * 40, "-" + "9" * 30, "1e999", "NaN",
    "Infinity", "1,5", "1.5", "٣", "²", "x" * 70_000, "'\"><script>", "../../etc/passwd", "1:1", "1:", ":", "1|2", "|",
    "1.1:1", "1.1", "3.2", "K", "semua", "2026-13-45", "0001-01-01", "9999-12-31", "2026-11-24T10:00", "2026-W48-1",
    "[]", "{}", "null", '{"a": 1}', '[{"a": [1]}]', '[["a", {"b": null}]]', "[" * 5000, "a\r\nBcc: x@example.id",
    "a\tb\nc\td", "on", "EM", "TI", "STAFF", "ADMIN", "\u202egnp.exe", "a@b", "http://[", "javascript:alert(1)",
    "https://\ud800.id/", "https://" + "a" * 3000, "%00", "=1+1", "%", "_", "@own.operator", "1 OR 1=1",
)  # fmt: skip

BODIES = (
    b"", b"\0" * 100, b"PK\x03\x04" + b"\0" * 60, b"%PDF-1.7\n", b"\xff\xd8\xff\xe0", b"a;b\n1;2", b"\xef\xbb\xbf\xff",
)  # fmt: skip
FILE_NAMES = ("a.xlsx", "a.zip", "a.pdf", "\u202ea.csv", "x" * 300 + ".jpg", ".")


def names() -> list[str]:
    """Every name of a field that the code or a template speaks of."""
    found: set[str] = set()
    for room in ROOMS:
        for path in (ROOT / room).rglob("*.py"):
            text = path.read_text()
            found.update(READ.findall(text), FIELD.findall(text))
    for path in (ROOT / "templates").rglob("*.html"):
        found.update(INPUT.findall(path.read_text()))
    return sorted(found | {"t-1", "w-1", "t-9999999999999999999999", "sel-0-uraian"})


def fields(dice: random.Random, known: list[str]) -> dict[str, list[str]]:
    """A value, several or none for each name."""
    return {name: dice.choices(VALUES, k=dice.choice((0, 1, 1, 1, 1, 3))) for name in known}


def files(dice: random.Random) -> dict[str, ContentFile]:
    """Files that are not what they seem, under every name a door takes files by."""
    return {
        name: ContentFile(dice.choice(BODIES), dice.choice(FILE_NAMES))
        for name in ("file", "berkas", "files", "bukti", "part", "bagian")
    }


class Forms(HTMLParser):
    """Every form of a page: (address, method, fields as they stand)."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[tuple[str, str, dict[str, Any]]] = []
        self._select = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Collect what a browser would send."""
        given = {name: value or "" for name, value in attrs}
        if tag == "form":
            self.found.append((given.get("action", ""), given.get("method", "get").lower(), {}))
        if not self.found:
            return
        fields, name = self.found[-1][2], given.get("name", "")
        if tag == "select":
            self._select = name
        elif tag == "option" and self._select and given.get("value") and not fields.get(self._select):
            fields[self._select] = given["value"]
        elif tag in ("input", "textarea", "button") and name and given.get("type") != "file":
            fields[name] = given.get("value") or fields.get(name, "Contoh")
