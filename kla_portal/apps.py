"""Registers the wiring's template tags and commands."""

from django.apps import AppConfig


class PortalConfig(AppConfig):
    name = "kla_portal"
    verbose_name = "Portal KLA"
