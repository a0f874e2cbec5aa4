"""The working paper of the coordination meeting, on wide pages and as a workbook."""

from pathlib import Path

from followup import sheet
from reports.content.rakor import RakorContent
from reports.issues import Issue
from reports.letterheads import Masthead
from reports.printing import PrintedForm, poured


def rakor(content: RakorContent, masthead: Masthead, issue: Issue) -> PrintedForm:
    """The working paper ready for the engine: rows may run over a page, their indicator's name stays with them."""
    paper = content.paper
    sheets = ["deed.css", "wide.css", *(["demo-lebar.css"] if content.is_demo else [])]
    return poured("rakor", {"paper": paper, "is_demo": content.is_demo}, masthead, issue, paper.time_zone, sheets)


def write(content: RakorContent, issue: Issue, path: Path) -> None:
    """The same paper as the meeting's page gives it, as a workbook."""
    with path.open("wb") as target:
        sheet.write(target, content.paper, issue.issued_at, number=issue.number, mark=issue.fingerprint)
