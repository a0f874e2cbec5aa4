"""`manage.py settle --cycle 2024 --stage EM`: bring every moving standing of a stage up to date at once."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from clusters.models import Cycle
from clusters.stages import Stage
from evaluations.settling_many import settle_many


class Command(BaseCommand):
    help = "Menghitung ulang nilai sementara satu tahap untuk semua daerah; hasil yang sudah ditetapkan tidak disentuh."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--cycle", required=True, help="kode siklus, misalnya 2024")
        parser.add_argument("--stage", required=True, choices=[stage.value for stage in Stage], help="tahap")

    def handle(self, *args: Any, cycle: str, stage: str, **options: Any) -> None:
        found = Cycle.objects.filter(code=cycle).first()
        if found is None:
            raise CommandError(f"Siklus {cycle} tidak ada.")
        if stage not in found.stages:
            raise CommandError(f"Siklus {cycle} tidak memakai tahap {stage}.")
        ids = list(found.evaluations.order_by("pk").values_list("pk", flat=True))
        settled = settle_many(ids, stage, at=timezone.now())
        self.stdout.write(f"{settled} dari {len(ids)} evaluasi dihitung ulang pada tahap {stage}.")
