"""`manage.py import_recap --region 16.10 --cycle 2024 FILE.csv`: a finished recap as a region's claims."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.db import transaction
from django.utils import timezone

from accounts.models import Region, User
from clusters.models import Cycle
from clusters.scoring import difference
from evaluations import actions, recap_file, recap_import, recap_rows, rules, windows
from evaluations.recap_file import RecapRefused
from evaluations.recap_import import Level, Sums
from evaluations.recap_rows import Recap
from kla_portal.numbers import angka, selisih

_LEVELS = {"cluster": "Klaster", "indicator": "  Indikator", "total": "Jumlah"}


class Command(BaseCommand):
    help = "Memuat rekap nilai evaluasi mandiri dari berkas CSV, seluruhnya atau tidak sama sekali."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", metavar="BERKAS", type=Path)
        parser.add_argument("--region", required=True, help="kode kabupaten/kota, misalnya 16.10")
        parser.add_argument("--cycle", required=True, help="kode siklus, misalnya 2024")
        parser.add_argument("--user", default="", help="nama pengguna yang bertanggung jawab atas impor ini")

    def handle(self, *args: Any, file: Path, region: str, cycle: str, user: str, **options: Any) -> None:
        place, round_ = _region(region), _cycle(cycle)
        by = _importer(user, place)
        try:
            recap = recap_rows.understand(recap_file.read(file), round_.instrument)
            changed = _import(recap, place, round_, file.name, by)
        except RecapRefused as refusal:
            lines = "\n".join(f"{file}:{line}: {sentence}" for line, sentence in sorted(refusal.faults))
            raise CommandError(f"Rekap tidak dimuat, {len(refusal.faults)} kesalahan:\n{lines}") from refusal
        except (actions.AlreadySubmitted, windows.WindowClosed) as refusal:
            raise CommandError(f"Rekap tidak dimuat. {refusal}") from refusal
        except OSError as error:
            raise CommandError(f"Berkas {file} tidak dapat dibaca.") from error
        given = sum(row.points is not None for row in recap.rows)
        self.stdout.write(f"Rekap {file.name} dimuat untuk {place.name}, {round_.name}.")
        self.stdout.write(f"{given} pertanyaan bernilai, {changed} jawaban berubah.")
        if recap.missing:
            self.stdout.write(f"Tanpa nilai ({len(recap.missing)}): {', '.join(recap.missing)}.")
        self._tell(recap_import.sums_of(recap, round_.instrument))

    def _tell(self, sums: Sums) -> None:
        for level in sums.levels:
            self.stdout.write(_line(level))
        self.stdout.write(f"Jumlah pertanyaan: {angka(sums.of_questions)}.")
        for what, rows in (("indikator", sums.of_indicator_rows), ("klaster", sums.of_cluster_rows)):
            if rows is not None:
                self.stdout.write(f"Jumlah baris {what} menurut rekap: {angka(rows)}.")
        found = len(sums.disagreements)
        if found:
            self.stdout.write(f"{found} judul dalam rekap tidak sama dengan jumlah pertanyaannya.")


@transaction.atomic
def _import(recap: Recap, region: Region, cycle: Cycle, source: str, by: User) -> int:
    """Open the case if need be and import, both or neither."""
    at = timezone.now()
    evaluation = actions.open_evaluation(region=region, cycle=cycle, by=by, at=at)
    return recap_import.import_recap(evaluation=evaluation, rows=recap.rows, source=source, by=by, at=at)


def _line(level: Level) -> str:
    name = f"{_LEVELS[level.level]} {level.code}".rstrip()
    said = f"{name}: {angka(level.points)} dari {angka(level.maximum)}"
    if level.surplus:
        said += f", {angka(level.surplus)} di atas nilai maksimal indikator tidak dihitung"
    if level.stated is not None and level.stated != level.points:
        said += f"; rekap menulis {angka(level.stated)} ({selisih(difference(level.stated, level.points))})"
    if level.stated_maximum is not None and level.stated_maximum != level.maximum:
        said += f"; rekap menulis nilai maksimal {angka(level.stated_maximum)}"
    return f"{said}."


def _region(code: str) -> Region:
    region = Region.objects.filter(code=code).first()
    if region is None:
        raise CommandError(f"Kabupaten/kota dengan kode {code} tidak dikenal. Jalankan load_regions lebih dahulu.")
    return region


def _cycle(code: str) -> Cycle:
    cycle = Cycle.objects.select_related("instrument").filter(code=code).first()
    if cycle is None:
        raise CommandError(f"Siklus dengan kode {code} tidak dikenal.")
    return cycle


def _importer(username: str, region: Region) -> User:
    """The person in whose name the import happens: the one named, else the only administrator."""
    if username:
        named = User.objects.filter(username=username, is_active=True).first()
        if named is None or not rules.can_import_recap(named, region):
            raise CommandError(f"Pengguna {username} tidak ada atau tidak boleh memuat rekap {region.name}.")
        return named
    administrators = list(rules.administrators()[:2])
    if len(administrators) != 1:
        count = "Belum ada administrator" if not administrators else "Ada lebih dari satu administrator"
        raise CommandError(f"{count}; sebutkan nama pengguna dengan --user.")
    return administrators[0]
