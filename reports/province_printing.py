"""A province's papers poured into their printed forms: the recap, and the attachment to the governor's letter."""

from reports import filling
from reports.content import ProvinceContent
from reports.issues import Issue
from reports.letterheads import Masthead
from reports.printing import PrintedForm, poured


def recap(content: ProvinceContent, masthead: Masthead, issue: Issue) -> PrintedForm:
    """One row per region, all stages side by side, on wide pages."""
    sheets = ["deed.css", "wide.css", *(["demo-lebar.css"] if content.is_demo else [])]
    return poured("rekap", _values(content, masthead, issue), masthead, issue, content.zone, sheets)


def letter(content: ProvinceContent, masthead: Masthead, issue: Issue) -> PrintedForm:
    """Regions with a judged total, the highest first, and those that are not there yet."""
    sheets = ["deed.css", *(["demo.css"] if content.is_demo else [])]
    return poured("lampiran", _values(content, masthead, issue), masthead, issue, content.zone, sheets)


def about(content: ProvinceContent) -> filling.About:
    """What the texts of a province's papers speak of."""
    return filling.About(
        region="",
        province=content.province,
        cycle=content.cycle,
        stage="verifikasi",
        zone=content.zone,
        verified=None,
        tier="",
    )


def _values(content: ProvinceContent, masthead: Masthead, issue: Issue) -> dict[str, object]:
    texts = filling.fill(content.texts, about(content), masthead, issue)
    signs = {"position": texts["letter_position"], "name": texts["letter_name"] or filling.DOTS}
    return {"content": content, "text": texts, "signs": signs}
