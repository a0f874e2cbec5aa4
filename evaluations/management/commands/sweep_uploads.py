"""`manage.py sweep_uploads`: what the relay does by itself every night, now."""

from typing import Any

from django.core.management.base import BaseCommand
from django.utils import timezone

from evaluations.evidence.arrivals import actions


class Command(BaseCommand):
    help = "Membuang unggahan yang sehari tidak dilanjutkan, dan berkas sementara yang tidak dimiliki siapa pun."

    def handle(self, *args: Any, **options: Any) -> None:
        swept = actions.sweep(at=timezone.now())
        self.stdout.write(f"{swept} unggahan lama dibersihkan.")
