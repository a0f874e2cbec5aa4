"""The portal's own settings, with the limits' addresses beside the portal's and plain static files."""

from kla_portal.settings import *  # noqa: F403
from kla_portal.settings import STORAGES

ROOT_URLCONF = "tests.bench.urls"
STORAGES = {**STORAGES, "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}}
