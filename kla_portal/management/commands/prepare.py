"""Bring an embedded portal up to date before it starts; each step is skipped when there is nothing to do."""

import hashlib
from io import StringIO
from pathlib import Path
from typing import Any

from django.conf import settings
from django.contrib.staticfiles.finders import get_finders
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError
from django.db import connection
from django.db.migrations.executor import MigrationExecutor

from clusters.models import Instrument
from evaluations.models import Evaluation

INSTRUMENT = settings.BASE_DIR / "clusters" / "instruments" / "kla-2024.yaml"
STEPS: tuple[tuple[str, list[str], str], ...] = (
    ("load_regions", [], "Memuat daerah ..."),
    ("load_instrument", [str(INSTRUMENT)], "Memuat instrumen ..."),
    ("seed_demo", [], "Mengisi data demo ..."),
)


class Command(BaseCommand):
    help = "Menyiapkan portal tertanam: basis data, instrumen, data demo (sekali), berkas statis."

    def handle(self, *args: Any, **options: Any) -> None:
        """Schema first, then the files, then, on the very first start, instrument and demo."""
        if settings.PRODUCTION:
            raise CommandError("Di produksi: migrate, load_instrument dan collectstatic (docs/deployment.md).")
        self._migrate()
        self._collect()
        self._seed()

    def _migrate(self) -> None:
        executor = MigrationExecutor(connection)
        if executor.migration_plan(executor.loader.graph.leaf_nodes()):
            self.stdout.write("Menyiapkan basis data ...")
            call_command("migrate", verbosity=0, interactive=False)

    def _collect(self) -> None:
        mark = Path(settings.STATIC_ROOT) / ".fingerprint"
        now = _static_fingerprint()
        if mark.exists() and mark.read_text() == now:
            return
        self.stdout.write("Menyiapkan berkas statis ...")
        call_command("collectstatic", verbosity=0, interactive=False, clear=True)
        mark.write_text(now)

    def _seed(self) -> None:
        """Once, on an empty database; a first start that was interrupted takes it up again."""
        begun = Path(settings.VAR_DIR) / "demo.begun"
        if Evaluation.objects.exists() and not begun.exists():
            self._complete_instrument()
            return
        begun.touch()
        for name, arguments, notice in STEPS:
            self.stdout.write(notice)
            call_command(name, *arguments, verbosity=0, stdout=StringIO())
        begun.unlink()

    def _complete_instrument(self) -> None:
        """Columns and places for an instrument from before there were any; one that differs otherwise is left alone."""
        if not Instrument.objects.filter(code=INSTRUMENT.stem, forms_fingerprint="").exists():
            return
        self.stdout.write("Melengkapi instrumen ...")
        try:
            call_command("load_instrument", str(INSTRUMENT), verbosity=0, stdout=StringIO())
        except CommandError as refusal:
            self.stdout.write(f"Instrumen tetap seperti semula. {refusal}")


def _static_fingerprint() -> str:
    seen = hashlib.sha256()
    for finder in get_finders():
        for path, storage in finder.list([]):
            stat = Path(storage.path(path)).stat()
            seen.update(f"{storage.path(path)} {stat.st_size} {stat.st_mtime_ns}\n".encode())
    return seen.hexdigest()
