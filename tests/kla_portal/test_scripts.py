"""What the start scripts run, read from what they would execute."""

import os
import subprocess

import pytest
from django.conf import settings


@pytest.mark.parametrize(
    ("given", "queues", "name"),
    [([], "score,scan,export", "score@%h"), (["report", "1"], "report", "report@%h")],
)
def test_serve_worker_takes_the_common_queues_unless_told_others(given, queues, name):
    done = subprocess.run(
        [settings.BASE_DIR / "scripts" / "serve-worker", *given], env=os.environ | {"PYTHON": "echo"},
        capture_output=True, text=True, check=True,
    )  # fmt: skip

    words = done.stdout.split()
    assert (words[words.index("--queues") + 1], words[words.index("--hostname") + 1]) == (queues, name)
