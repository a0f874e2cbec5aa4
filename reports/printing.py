"""Content and letterhead poured into the printed form: finished HTML and its style sheet, nothing to fetch."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from django.conf import settings
from django.template.loader import render_to_string

from kla_portal import qr
from kla_portal.numbers import tanggal
from reports import drawings
from reports.content import BriefContent, LaporanContent
from reports.content.brief import Task
from reports.content.parts import Standing
from reports.issues import Issue
from reports.letterheads import Masthead, logo_address


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
        "laporan",
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
        "brief",
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
    drawn = {
        "submitted_on": day(standing.submitted_at, standing.zone),
        "closed_on": day(standing.closed_at, standing.zone),
        "ruler": drawings.ruler(standing),
    }
    sheets = ["demo.css"] if standing.is_demo else []
    return poured(template, {"standing": standing, **drawn, **values}, masthead, issue, standing.zone, sheets)


def poured(
    template: str, values: dict[str, Any], masthead: Masthead, issue: Issue, zone: str, sheets: Sequence[str] = ()
) -> PrintedForm:
    """Any paper's template with what every paper has: letterhead, number, day, proof; `sheets` follow `print.css`."""
    common = {
        "masthead": masthead,
        "logo": logo_address(masthead),
        "number": issue.number,
        "proof": issue.proof,
        "issued_on": tanggal(issue.issued_at, zone),
    }
    folder = Path(settings.BASE_DIR) / "templates" / "reports" / "print"
    css = "\n".join((folder / name).read_text(encoding="utf-8") for name in ("print.css", *sheets))
    return PrintedForm(render_to_string(f"reports/print/{template}.html", common | values), css)


def day(moment: str, zone: str) -> str:
    """A day as it is printed; empty for no moment."""
    return tanggal(datetime.fromisoformat(moment), zone) if moment else ""
