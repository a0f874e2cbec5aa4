"""`python -m tests.browser.prepare FOLDER`: a portal that nobody has used, once for all processes of a run."""

import os
import sys
from pathlib import Path

import django


def main(folder):
    """The folder is made if it is not there."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tests.settings")
    django.setup()
    from tests.browser.portal import RunningPortal

    Path(folder).mkdir(parents=True, exist_ok=True)
    RunningPortal(folder).prepare()


if __name__ == "__main__":
    main(sys.argv[1])
