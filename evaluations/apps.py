"""App registration; tells the rooms below what they cannot know: loads of offices, reminders, lines of the mail."""

from django.apps import AppConfig


class EvaluationsConfig(AppConfig):
    name = "evaluations"
    verbose_name = "Evaluasi"

    def ready(self) -> None:
        """Models are loaded now, so what reads them may be imported."""
        from accounts.journal import subjects
        from accounts.offices import readers
        from evaluations import journal
        from evaluations.deadlines import digest, reminders
        from evaluations.duties import counts
        from notices import digests, morning

        readers.register(loads=counts.loads)
        morning.register(reminders.remind)
        digests.register(digest.standings)
        finders: dict[str, subjects.Finder] = {
            "answer": journal.answers,
            "cycle": journal.cycles,
            "duty": journal.duties,
            "evaluation": journal.evaluations,
            "evidence": journal.evidence,
            "import": journal.imports,
        }
        subjects.register(finders, journal.seek)
