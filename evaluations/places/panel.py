"""The tick sheet on the question page."""

from accounts.models import User
from clusters.catalogue import Entry
from evaluations.models import Answer, Evaluation
from evaluations.panels import Panel
from evaluations.places.sheets import sheet_of


def panel(user: User, evaluation: Evaluation, entry: Entry, answer: Answer, *, can_edit: bool) -> Panel | None:
    """The sheet, for questions that are counted place by place in regions whose places are known."""
    if not entry.question.place_unit:
        return None
    sheet = sheet_of(user, evaluation, entry, answer, can_edit=can_edit)
    return Panel("evaluations/places/_sheet.html", sheet, place="above") if sheet else None
