"""Ogan Ilir with its real recap of 2024: 771,81 by its questions, whatever its headings say."""

from datetime import datetime, timedelta
from pathlib import Path

from django.conf import settings

from accounts.models import User
from clusters.stages import Stage
from evaluations import actions as answering
from evaluations import recap_file, recap_import, recap_rows, scores
from evaluations.models import Evaluation

CODE = "16.10"
RECAP = Path(settings.BASE_DIR) / "evaluations" / "data" / "recap-ogan-ilir-2024.csv"


def seed_recap(evaluation: Evaluation, administrator: User, at: datetime) -> None:
    """Import the recap and send it: its points are real, everything around them is the demo's."""
    recap = recap_rows.understand(recap_file.read(RECAP), evaluation.cycle.instrument)
    moment = at - timedelta(days=20)
    recap_import.import_recap(evaluation=evaluation, rows=recap.rows, source=RECAP.name, by=administrator, at=moment)
    answering.submit(evaluation=evaluation, by=administrator, at=moment)
    scores.settle(evaluation, Stage.EM, at=moment, freeze=True)
