"""Content and letterhead poured into the printed form: finished HTML and its style sheet, nothing to fetch."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from django.conf import settings
from django.template.loader import render_to_string
from django.urls import reverse

from kla_portal import qr
from kla_portal.numbers import tanggal
from reports import codes, drawings
from reports.content import BriefContent, LaporanContent
from reports.content.brief import Task
from reports.content.parts import Standing
from reports.letterheads import Masthead, logo_address

SHORT = 16  # signs of the fingerprint in the footer


@dataclass(frozen=True, slots=True)
class Issue:
    """What makes a paper this very paper: its number, its date, its content's fingerprint."""

    number: str
    issued_at: datetime
    fingerprint: str
    code: str  # that its page on the portal is found by

    @property
    def address(self) -> str:
        """The public page that tells whether the paper is genuine."""
        return str(settings.SITE_URL) + reverse("checking:paper", args=[self.code])

    @property
    def proof(self) -> dict[str, str]:
        """What stands at the foot of every page: number, code, fingerprint, and the way to check them."""
        return {
            "number": self.number,
            "short": f"{self.fingerprint[:SHORT]}…",
            "code": codes.shown(self.code),
            "site": (str(settings.SITE_URL) + reverse("checking:index")).split("://", 1)[-1],
            "qr": qr.svg(self.address, "Periksa keaslian dokumen ini di portal"),
        }


@dataclass(frozen=True, slots=True)
class PrintedForm:
    """What the PDF engine is given."""

    html: str
    css: str


def laporan(content: LaporanContent, masthead: Masthead, issue: Issue) -> PrintedForm:
    """The *Laporan Hasil Verifikasi* ready for the engine."""
    questions = [question for cluster in content.clusters for question in cluster.questions]
    lowered = [question for question in questions if question.figures.is_lowered]
    worst = min(content.clusters, key=lambda each: each.figures.difference, default=None)
    return _form(
        "reports/print/laporan.html",
        content.standing,
        {
            "content": content,
            "rows": [{"part": each, "bar": drawings.bar(each.figures)} for each in content.clusters],
            "fall": drawings.waterfall(content.standing, content.clusters),
            "reasons": drawings.reasons(content.balance.reasons),
            "question_count": len(questions),
            "lowered_count": len(lowered),
            "worst": worst if worst and worst.figures.is_lowered else None,
        },
        masthead,
        issue,
    )


def brief(content: BriefContent, masthead: Masthead, issue: Issue) -> PrintedForm:
    """The *Bahan Persiapan VLH* ready for the engine; each code is drawn once and stands on two pages."""
    drawn = {
        task.question.code: {
            "task": task,
            "qr": qr.svg(task.address, f"Buka pertanyaan {task.question.code} di portal"),
        }
        for cluster in content.clusters
        for task in cluster.tasks
    }
    return _form(
        "reports/print/brief.html",
        content.standing,
        {
            "content": content,
            "task_count": len(drawn),
            "rows": [
                {"part": each, "bar": drawings.bar(each.figures), "tasks": _drawn(each.tasks, drawn)}
                for each in content.clusters
            ],
            "offices": [{"part": each, "tasks": _drawn(each.tasks, drawn)} for each in content.offices],
        },
        masthead,
        issue,
    )


def _drawn(tasks: Sequence[Task], drawn: dict[str, dict[str, Any]]) -> list[dict[str, Any]]:
    return [drawn[each.question.code] for each in tasks]


def _form(template: str, standing: Standing, values: dict[str, Any], masthead: Masthead, issue: Issue) -> PrintedForm:
    common = {
        "standing": standing,
        "masthead": masthead,
        "logo": logo_address(masthead),
        "number": issue.number,
        "proof": issue.proof,
        "issued_on": tanggal(issue.issued_at, standing.zone),
        "submitted_on": day(standing.submitted_at, standing.zone),
        "closed_on": day(standing.closed_at, standing.zone),
        "ruler": drawings.ruler(standing),
    }
    sheets = ["print.css", "demo.css"] if standing.is_demo else ["print.css"]
    folder = Path(settings.BASE_DIR) / "templates" / "reports" / "print"
    css = "\n".join((folder / name).read_text(encoding="utf-8") for name in sheets)
    return PrintedForm(render_to_string(template, common | values), css)


def day(moment: str, zone: str) -> str:
    """A day as it is printed; empty for no moment."""
    return tanggal(datetime.fromisoformat(moment), zone) if moment else ""
