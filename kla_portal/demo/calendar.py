"""The cycle of the demo, with windows around the present moment: one can answer and judge today."""

from datetime import date, datetime, timedelta
from pathlib import Path

from django.conf import settings

from clusters import instrument_file
from clusters.models import Cycle, Instrument, StageWindow
from clusters.stages import Stage
from kla_portal.demo import CYCLE

INSTRUMENT = "kla-2024"
FILE = Path(settings.BASE_DIR) / "clusters" / "instruments" / "kla-2024.yaml"
OPENS = timedelta(days=-30)
CLOSES = {
    Stage.EM: timedelta(days=45),
    Stage.VA: timedelta(days=75),
    Stage.VL: timedelta(days=120),
    Stage.VF: timedelta(days=150),
}
STAGES = (*CLOSES, Stage.TI)  # the review has no window of its own: it is open as long as the self-evaluation


def seed_cycle(at: datetime) -> Cycle:
    """The demo cycle; its windows are moved only when self-evaluation has lapsed."""
    instrument = Instrument.objects.filter(code=INSTRUMENT).first() or instrument_file.load(FILE, at=at).instrument
    cycle, _ = Cycle.objects.get_or_create(
        code=CYCLE,
        defaults={
            "name": "Evaluasi KLA 2024 (contoh)",
            "instrument": instrument,
            "award_year": 2025,
            "regulations_until": date(2024, 12, 31),
            "stages": [stage.value for stage in STAGES],
            "double_share": 5,
            "is_demo": True,
        },
    )
    if cycle.is_demo and not StageWindow.objects.filter(cycle=cycle, stage=Stage.EM, closes_at__gt=at).exists():
        _open_windows(cycle, at)
    return cycle


def _open_windows(cycle: Cycle, at: datetime) -> None:
    midnight = at.replace(hour=15, minute=59, second=0, microsecond=0)  # 23.59 WITA
    for stage, distance in CLOSES.items():
        StageWindow.objects.update_or_create(
            cycle=cycle, stage=stage, defaults={"opens_at": midnight + OPENS, "closes_at": midnight + distance}
        )
