"""App registration."""

from importlib import import_module

from django.apps import AppConfig
from django.conf import settings
from django.utils.module_loading import autodiscover_modules


class JobsConfig(AppConfig):
    name = "jobs"
    verbose_name = "Pekerjaan"

    def ready(self) -> None:
        """Read every app's `tasks.py`, so that each process knows each kind of work."""
        autodiscover_modules("tasks")
        if settings.JOB_EXTRA_KINDS:
            import_module(settings.JOB_EXTRA_KINDS)
