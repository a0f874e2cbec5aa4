"""App registration; tells the case file who knows the judged points."""

from django.apps import AppConfig


class VerificationConfig(AppConfig):
    name = "verification"
    verbose_name = "Verifikasi"

    def ready(self) -> None:
        """Models are loaded now, so the reader may be imported."""
        from evaluations import readers
        from evaluations.deadlines import reminders
        from verification import blinds, debts, points, rules
        from verification.clarifications.panel import panel
        from verification.notes import listing as notes

        readers.register(
            sheets=points.sheet_rows,
            judged=points.judged_points,
            awards=points.last_awards,
            verdicts=points.verdict_lines,
            desks=rules.judged_by,
            returns=points.returned,
        )
        readers.register_panel(panel)
        reminders.register(debts.of)
        readers.register_notes(notes.by_evidence)
        readers.register_blinds(readers.Blinds(blinds.unseen_questions, blinds.blinded_evaluations))
