"""Registers the wiring's template tags and commands."""

from django.apps import AppConfig
from django.contrib.staticfiles.apps import StaticFilesConfig


class PortalConfig(AppConfig):
    name = "kla_portal"
    verbose_name = "Portal KLA"

    def ready(self) -> None:
        """The trail belongs to a room that knows no mornings: its daily seal is wired here."""
        from accounts import audit
        from notices import morning

        morning.register(audit.seal_chains)


class PortalStaticConfig(StaticFilesConfig):
    """Leaves out the variants of Bootstrap and htmx that no page loads: compressing them takes longer than the rest."""

    ignore_patterns = [*StaticFilesConfig.ignore_patterns, "*.rtl.*", "bootstrap-*", "*.esm.*", "ext"]
