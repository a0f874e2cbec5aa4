"""App registration."""

from django.apps import AppConfig


class EvaluationsConfig(AppConfig):
    name = "evaluations"
    verbose_name = "Evaluasi"

    def ready(self) -> None:
        """Tell the room of people how many questions an office answers."""
        from accounts.offices import readers
        from evaluations.duties import counts

        readers.register(loads=counts.loads)
