#!/usr/bin/env python
"""Command line of the portal."""

import os
import sys

if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "kla_portal.settings")
    from django.core.management import execute_from_command_line  # Django must see the settings name first

    execute_from_command_line(sys.argv)
