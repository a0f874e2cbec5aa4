"""`manage.py load_instrument FILE`: an instrument file into the rule book, or the list of what is wrong with it."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from clusters import instrument_file
from clusters.instrument_file import FileRefused, LoadReport, Outcome
from kla_portal.numbers import angka

_SENTENCES = {
    Outcome.LOADED: "Instrumen “{code}” dimuat.",
    Outcome.UNCHANGED: "Instrumen “{code}” sudah dimuat dan tidak berubah.",
    Outcome.AMENDED: "Instrumen “{code}” dilengkapi: kolom matriks dan hitungan wilayah ditambahkan.",
    Outcome.REPLACED: "Instrumen “{code}” diganti dengan isi berkas ini.",
}


class Command(BaseCommand):
    help = "Memuat berkas instrumen; tidak menulis apa pun bila ada kesalahan."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", metavar="BERKAS", type=Path)

    def handle(self, *args: Any, file: Path, **options: Any) -> None:
        try:
            report = instrument_file.load(file, at=timezone.now())
        except FileRefused as refusal:
            lines = "\n".join(f"{file}:{fault.line}: {fault.sentence}" for fault in refusal.faults)
            raise CommandError(f"Berkas tidak dimuat, {len(refusal.faults)} kesalahan:\n{lines}") from refusal
        except OSError as error:
            raise CommandError(f"Berkas {file} tidak dapat dibaca.") from error
        self._tell(report)

    def _tell(self, report: LoadReport) -> None:
        self.stdout.write(_SENTENCES[report.outcome].format(code=report.instrument.code))
        self.stdout.write(
            f"{report.clusters} klaster, {report.indicators} indikator, {report.questions} pertanyaan, "
            f"nilai maksimal {angka(report.instrument.maximum)}."
        )
        for remark in report.remarks:
            self.stdout.write(f"Catatan: {remark}")
