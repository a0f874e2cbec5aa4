"""Door for gunicorn."""

import os
import sys

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "kla_portal.settings")
application = get_wsgi_application()

# A thread that lays out a page hands over after this many seconds to those that save, which come back from the database
# again and again: with Python's own 5 ms a save beside a page takes five times as long.
sys.setswitchinterval(0.001)
