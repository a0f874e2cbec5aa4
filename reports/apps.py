"""App registration."""

from django.apps import AppConfig


class ReportsConfig(AppConfig):
    name = "reports"
    verbose_name = "Dokumen"

    def ready(self) -> None:
        """Models are loaded now, so what finds documents for the trail may be imported."""
        from accounts.journal import subjects
        from reports import journal

        subjects.register({"document": journal.documents})
