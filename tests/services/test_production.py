"""The portal as production runs it: the scripts of the compose file, PostgreSQL, Redis, https in front."""

import secrets
import subprocess
import urllib.error
import urllib.parse
import urllib.request

import pytest
from django.conf import settings
from django.contrib.auth.hashers import make_password
from django.db import transaction
from django.utils import timezone

from clusters.stages import Stage
from evaluations.models import StageResult
from evaluations.tasks import promise_settlement
from scripts.with_services import free_port
from tests import factories
from tests.faults.processes import wait_until

pytestmark = pytest.mark.services
HOST = "portal.layak.test"


class Server:
    """A browser behind the reverse proxy, with its cookies."""

    def __init__(self, port):
        self.port, self.cookies = port, {}

    def ask(self, path, form=None, **headers):
        """Status, headers and body of one answer; redirects are not followed."""
        shown = {"Host": HOST, "X-Forwarded-Proto": "https", "Referer": f"https://{HOST}/"} | headers
        shown["Cookie"] = "; ".join(f"{name}={value}" for name, value in self.cookies.items())
        body = urllib.parse.urlencode(form).encode() if form else None
        request = urllib.request.Request(f"http://127.0.0.1:{self.port}{path}", body, shown)
        opener = urllib.request.build_opener(NoRedirect)
        try:
            answer = opener.open(request, timeout=10)
        except urllib.error.HTTPError as refusal:
            answer = refusal
        for line in answer.headers.get_all("Set-Cookie") or []:
            name, _, value = line.partition(";")[0].partition("=")
            self.cookies[name] = value
        return answer.status, answer.headers, answer.read().decode()


class NoRedirect(urllib.request.HTTPRedirectHandler):
    def redirect_request(self, *_):
        return None


@pytest.fixture
def production(portal):
    """The environment of `.env`, and static files as the image has them."""
    environment = {
        "KLA_PRODUCTION": "1",
        "SECRET_KEY": secrets.token_urlsafe(64),
        "ALLOWED_HOSTS": HOST,
        "SITE_URL": f"https://{HOST}",
        "BEHIND_PROXY": "1",
        "PORT": str(free_port()),
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


def start_web(portal, environment):
    portal.start("serve-web", **environment)
    check = [str(settings.BASE_DIR / "scripts" / "healthcheck"), "web"]
    told = portal.environment() | environment
    wait_until(lambda: subprocess.run(check, env=told, capture_output=True).returncode == 0, "the web server is well")
    return Server(environment["PORT"])


def test_web_redirects_to_https_and_answers_with_strict_headers(portal, production):
    server = start_web(portal, production)

    plain, there, _ = server.ask("/akun/masuk/", **{"X-Forwarded-Proto": "http"})
    status, headers, _ = server.ask("/akun/masuk/")
    foreign, _, _ = server.ask("/akun/masuk/", Host="elsewhere.test")

    assert (plain, there["Location"]) == (301, f"https://{HOST}/akun/masuk/")
    assert (status, foreign) == (200, 400)
    assert headers["Strict-Transport-Security"] == "max-age=31536000; includeSubDomains; preload"
    assert "script-src 'self';" in headers["Content-Security-Policy"] + ";"


def test_web_logs_in_with_host_cookies_and_serves_compressed_static_files(portal, production, settings):
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.Argon2PasswordHasher"]
    user = factories.make_user("ADMIN", username="kepala")
    user.password = make_password(factories.PASSWORD)
    user.save()
    server = start_web(portal, production)

    _, _, page = server.ask("/akun/masuk/")
    token = page.split('name="csrfmiddlewaretoken" value="')[1].split('"')[0]
    status, _, _ = server.ask(
        "/akun/masuk/", {"login": "kepala", "password": factories.PASSWORD, "csrfmiddlewaretoken": token}
    )
    inside, _, _ = server.ask("/pekerjaan/")
    style = page.split('rel="stylesheet" href="')[1].split('"')[0]
    _, static, _ = server.ask(style)

    assert (status, inside, sorted(server.cookies)) == (302, 200, ["__Host-csrf", "__Host-sesi"])
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
