"""A row of the working paper as somebody agreed on it in the meeting, so that edited and filled rows stand together."""

from datetime import datetime, timedelta

from accounts.models import User
from clusters.models import Indicator
from evaluations.models import Evaluation
from followup import actions, paper

INDICATOR = ("I", "6")


def seed_paper(evaluation: Evaluation, operator: User, at: datetime) -> None:
    """Indicator 6, three days after the stage was closed: who brings what, until when."""
    cluster, code = INDICATOR
    indicator = Indicator.objects.select_related("cluster").get(
        cluster__instrument=evaluation.cycle.instrument_id, cluster__code=cluster, code=code
    )
    row = next(each for each in paper.build_content(evaluation, cluster).rows if each.indicator_pk == indicator.pk)
    written = actions.Written(
        done=row.done,
        undone=row.undone,
        needed="SK Forum Anak terbaru; matriks pelopor dan pelapor; daftar hadir pelatihan dua tahun",
        responsible=f"{row.responsible}\nForum Anak",
        due_on=(at + timedelta(days=14)).date(),
    )
    actions.save_row(
        evaluation=evaluation, indicator=indicator, version=row.version, written=written, by=operator, at=at
    )
