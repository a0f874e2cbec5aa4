"""`manage.py seed_demo`: fill the portal with its demo; repeatable, refused in production."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from kla_portal.demo.seeding import DemoRefused, seed


class Command(BaseCommand):
    help = "Memuat data contoh: satu provinsi, akun setiap peran, siklus yang sedang berjalan."

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            seed(at=timezone.now(), tell=lambda line: self.stdout.write(f"Data contoh: {line}"))
        except DemoRefused as refusal:
            raise CommandError(str(refusal)) from refusal
