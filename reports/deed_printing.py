"""The *Berita Acara Verifikasi* and the *Lembar Rekomendasi* poured into their printed forms."""

from kla_portal import terbilang
from reports import filling
from reports.content import AnjuranContent, BeritaContent
from reports.content.parts import Standing
from reports.issues import Issue
from reports.letterheads import Masthead
from reports.printing import PrintedForm, day, poured

SHEETS = ["deed.css"]


def about(standing: Standing) -> filling.About:
    """What the texts of an evaluation's papers speak of."""
    return filling.About(
        region=standing.region,
        province=standing.province,
        cycle=standing.cycle,
        stage=standing.stage_label,
        zone=standing.zone,
        verified=standing.figures.verified,
        tier=standing.tier,
    )


def berita(content: BeritaContent, masthead: Masthead, issue: Issue) -> PrintedForm:
    """The berita acara ready for the engine."""
    standing = content.standing
    texts = filling.fill(content.texts, about(standing), masthead, issue)
    present = [*standing.verifiers, *([""] * content.texts.attendance_rows)]
    values = {
        "standing": standing,
        "content": content,
        "text": texts,
        "laws": filling.laws(texts),
        "first": filling.people_of(texts, "first"),
        "second": filling.people_of(texts, "second"),
        "known": filling.people_of(texts, "known"),
        "days_in_words": terbilang.bilangan(content.texts.deadline_days),
        "present": present,
        "closed_on": day(standing.closed_at, standing.zone),
    }
    return poured("berita", values, masthead, issue, standing.zone, _sheets(standing))


def anjuran(content: AnjuranContent, masthead: Masthead, issue: Issue) -> PrintedForm:
    """The sheets of recommendations, one beginning on each new page."""
    standing = content.standing
    texts = filling.fill(content.texts, about(standing), masthead, issue)
    values = {"standing": standing, "content": content, "text": texts}
    return poured("anjuran", values, masthead, issue, standing.zone, _sheets(standing))


def _sheets(standing: Standing) -> list[str]:
    return [*SHEETS, "demo.css"] if standing.is_demo else SHEETS
