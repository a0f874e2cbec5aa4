"""Addresses that no page can mean, and the address under which the portal speaks of itself."""

import os
import subprocess
import sys

import pytest
from django.conf import settings

from tests.factories import make_user


@pytest.mark.django_db
@pytest.mark.parametrize(
    "address",
    ["/evaluasi/?cari=%00", "/evaluasi/?tahap=x%00", "/evaluasi/1/pertanyaan/%00/simpan/", "/instrumen/?%00=1", "/%00"],
)
@pytest.mark.parametrize("method", ["get", "post"])
def test_address_with_nul_is_refused_as_unreadable(client, method, address):
    client.force_login(make_user("ADMIN"))

    assert getattr(client, method)(address).status_code == 400


@pytest.mark.parametrize(
    ("given", "site"),
    [
        ({}, "http://localhost:8000"),
        ({"PORT": "8123"}, "http://localhost:8123"),
        ({"PORT": "8123", "SITE_URL": "https://kla.example"}, "https://kla.example"),
    ],
)
def test_links_name_the_port_the_portal_listens_on(tmp_path, given, site):
    kept = {name: value for name, value in os.environ.items() if name not in ("PORT", "SITE_URL")}
    script = "from kla_portal import settings; print(settings.SITE_URL)"

    said = subprocess.run(
        [sys.executable, "-c", script], cwd=settings.BASE_DIR, env=kept | given | {"KLA_VAR": str(tmp_path)},
        capture_output=True, text=True, check=True,
    ).stdout  # fmt: skip

    assert said.strip() == site
