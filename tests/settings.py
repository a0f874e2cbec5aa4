"""The portal's own settings with four differences: a throw-away var/, a quick password hasher, plain static files,
no note of who looked at what."""

import atexit
import os
import shutil
import tempfile
from pathlib import Path

_var = tempfile.mkdtemp(prefix="kla-test-")
os.environ["KLA_VAR"] = _var  # before the settings are read: tests never touch a portal's data
Path(_var, "static").mkdir()
_owner = os.getpid()
atexit.register(lambda: shutil.rmtree(_var, ignore_errors=True) if os.getpid() == _owner else None)

from kla_portal.settings import *  # noqa: E402, F403
from kla_portal.settings import CACHES, DATABASES, REDIS_URL, STORAGES  # noqa: E402

NOTE_SIGHTINGS = False  # a page costs what it costs the second time; tests/kla_portal/test_sightings.py switches it on
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
STORAGES = {**STORAGES, "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}}
if DATABASES["default"]["ENGINE"].endswith("sqlite3"):
    DATABASES["default"]["TEST"] = {"NAME": str(Path(_var) / "test.sqlite3")}  # a file, so that processes can share it
    DATABASES["default"]["OPTIONS"]["init_command"] = "PRAGMA synchronous=OFF; PRAGMA foreign_keys=ON;"
if REDIS_URL:  # a database of its own per test process: one's tidying never empties another's cache
    _number = 8 + int(os.environ.get("PYTEST_XDIST_WORKER", "gw0")[2:])
    CACHES["default"]["LOCATION"] = f"{REDIS_URL.rsplit('/', 1)[0]}/{_number}"
