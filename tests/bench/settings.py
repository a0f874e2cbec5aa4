"""The portal's own settings, with the limits' addresses beside the portal's and plain static files."""

from kla_portal.settings import *  # noqa: F403
from kla_portal.settings import AUTHENTICATION_BACKENDS, MIDDLEWARE, STORAGES
from tests.bench.plain import BACKEND

ROOT_URLCONF = "tests.bench.urls"
STORAGES = {**STORAGES, "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}}
SESSIONS = {"django.contrib.sessions.middleware.SessionMiddleware": "tests.bench.plain.EachItsOwnMiddleware"}
MIDDLEWARE = [SESSIONS.get(each, each) for each in MIDDLEWARE]
AUTHENTICATION_BACKENDS = [*AUTHENTICATION_BACKENDS, BACKEND]
