"""WIRING: settings, addresses, Celery, home page, error pages. No models, no rules of the domain."""

from kla_portal.celery import app as celery_app

__all__ = ["celery_app"]
