"""PDF: opens, is not locked, has pages, carries nothing that runs; drawn page by page."""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pikepdf

from evaluations.evidence.parsers.refusal import Refusal

MOST_PAGES = 2000
DEEPEST = 40

# A cheap look at each object's text; only a hit is taken apart. qpdf has undone `/J#61vaScript` by then.
_SUSPICIOUS = re.compile(rb"/(?:JavaScript|JS|Launch|SubmitForm|ImportData|EmbeddedFile|EF|XFA|RichMedia)\b")
_ACTIONS = {
    "/JavaScript": "pdf_javascript",
    "/Launch": "pdf_launch",
    "/SubmitForm": "pdf_form",
    "/ImportData": "pdf_form",
}


def check(path: Path) -> dict[str, Any]:
    """Page count and remarks. Raises `Refusal`."""
    try:
        with pikepdf.open(path) as pdf:
            if pdf.is_encrypted:
                raise Refusal("pdf_encrypted")
            pages = _page_count(pdf)
            for found in pdf.objects:
                _refuse_active(found)
            remarks = ["repaired"] if pdf.get_warnings() else []
    except pikepdf.PasswordError:
        raise Refusal("pdf_encrypted") from None
    except (pikepdf.PdfError, RuntimeError, ValueError, RecursionError):
        raise Refusal("broken") from None
    return {"pages": pages, "remarks": remarks}


def _page_count(pdf: pikepdf.Pdf) -> int:
    pages = len(pdf.pages)
    if pages == 0:
        raise Refusal("broken")
    if pages > MOST_PAGES:
        raise Refusal("pdf_too_many_pages", str(pages))
    return pages


def _refuse_active(found: pikepdf.Object) -> None:
    """Look at one indirect object and the direct ones in it; what it refers to comes round by itself."""
    if isinstance(found, pikepdf.Stream):
        found = found.stream_dict
    if not isinstance(found, pikepdf.Dictionary | pikepdf.Array):
        return
    if not _SUSPICIOUS.search(found.unparse(resolved=True)):
        return
    for dictionary in _dictionaries(found, 0):
        code = _active_code(dictionary)
        if code:
            raise Refusal(code)


def _dictionaries(found: Any, depth: int) -> Iterator[pikepdf.Dictionary]:
    if depth > DEEPEST:
        raise Refusal("broken")
    if isinstance(found, pikepdf.Dictionary):
        yield found
        children = [value for _, value in found.items()]
    elif isinstance(found, pikepdf.Array):
        children = list(found)
    else:
        return
    for child in children:
        if isinstance(child, pikepdf.Object) and not child.is_indirect:
            yield from _dictionaries(child, depth + 1)


def _active_code(dictionary: pikepdf.Dictionary) -> str:
    action = str(dictionary.get("/S", ""))
    if action in _ACTIONS:
        return _ACTIONS[action]
    if "/S" in dictionary and "/JS" in dictionary:
        return "pdf_javascript"
    if "/EF" in dictionary and ("/F" in dictionary or "/UF" in dictionary):
        return "pdf_embedded"
    if str(dictionary.get("/Type", "")) == "/EmbeddedFile" or str(dictionary.get("/Subtype", "")) == "/RichMedia":
        return "pdf_embedded"
    if "/XFA" in dictionary:
        return "pdf_xfa"
    return ""
