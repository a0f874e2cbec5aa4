"""The portal as production runs it: the scripts of the compose file, PostgreSQL, Redis, https in front."""

import secrets
import subprocess

import pytest
from django.conf import settings
from django.contrib.auth.hashers import make_password
from django.db import transaction
from django.utils import timezone

from clusters.stages import Stage
from evaluations.models import StageResult
from evaluations.tasks import promise_settlement
from tests import factories
from tests.faults.person import Person
from tests.faults.processes import wait_until

pytestmark = pytest.mark.services
HOST = "portal.layak.test"


@pytest.fixture
def production(portal):
    """The environment of `.env`, and static files as the image has them."""
    environment = {
        "KLA_PRODUCTION": "1",
        "SECRET_KEY": secrets.token_urlsafe(64),
        "ALLOWED_HOSTS": HOST,
        "SITE_URL": f"https://{HOST}",
        "BEHIND_PROXY": "1",
        "STATIC_ROOT": str(portal.folder / "static"),
    }
    run(portal, environment, portal.python, "manage.py", "collectstatic", "--noinput", "-v", "0")
    return environment


def run(portal, environment, *command):
    """One command of production, to its end."""
    done = subprocess.run(
        command, env=portal.environment() | environment, cwd=settings.BASE_DIR, capture_output=True, text=True
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


def test_web_redirects_to_https_and_answers_with_strict_headers(portal, production):
    person = Person(portal.web(**production), HOST)

    plain, there, _ = person.ask("/akun/masuk/", **{"X-Forwarded-Proto": "http"})
    status, headers, _ = person.ask("/akun/masuk/")
    foreign, _, _ = person.ask("/akun/masuk/", Host="elsewhere.test")

    assert (plain, there["Location"]) == (301, f"https://{HOST}/akun/masuk/")
    assert (status, foreign) == (200, 400)
    assert headers["Strict-Transport-Security"] == "max-age=31536000; includeSubDomains; preload"
    assert "script-src 'self';" in headers["Content-Security-Policy"] + ";"


def test_web_logs_in_with_host_cookies_and_serves_compressed_static_files(portal, production, settings):
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.Argon2PasswordHasher"]
    user = factories.make_user("ADMIN", username="kepala")
    user.password = make_password(factories.PASSWORD)
    user.save()
    person = Person(portal.web(**production), HOST)

    _, _, page = person.ask("/akun/masuk/")
    token = page.split('name="csrfmiddlewaretoken" value="')[1].split('"')[0]
    status, _, _ = person.ask(
        "/akun/masuk/", {"login": "kepala", "password": factories.PASSWORD, "csrfmiddlewaretoken": token}
    )
    inside, _, _ = person.ask("/pekerjaan/")
    style = page.split('rel="stylesheet" href="')[1].split('"')[0]
    _, static, _ = person.ask(style)

    assert (status, inside, sorted(person.cookies)) == (302, 200, ["__Host-csrf", "__Host-sesi"])
    assert "immutable" in static["Cache-Control"]


def test_relay_and_workers_settle_what_was_promised_and_are_well(portal, production):
    evaluation = factories.make_evaluation()
    factories.answer_all(evaluation)
    StageResult.objects.all().delete()
    run(portal, production, "scripts/serve-migrate")
    portal.start("serve-relay", **production)
    portal.start("serve-worker", "score,scan,export", "2", **production)
    portal.start("serve-worker", "report", "1", **production)

    with transaction.atomic():
        promise_settlement(evaluation.pk, Stage.EM, timezone.now())

    wait_until(lambda: StageResult.objects.filter(evaluation=evaluation, stage="EM").exists(), "the stage is settled")
    for part in (["relay"], ["worker", "score"], ["worker", "report"]):
        run(portal, production, "scripts/healthcheck", *part)
