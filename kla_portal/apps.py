"""Registers the wiring's template tags and commands."""

from django.apps import AppConfig
from django.contrib.staticfiles.apps import StaticFilesConfig


class PortalConfig(AppConfig):
    name = "kla_portal"
    verbose_name = "Portal KLA"


class PortalStaticConfig(StaticFilesConfig):
    """Leaves out the variants of Bootstrap and htmx that no page loads: compressing them takes longer than the rest."""

    ignore_patterns = [*StaticFilesConfig.ignore_patterns, "*.rtl.*", "bootstrap-*", "*.esm.*", "ext"]
