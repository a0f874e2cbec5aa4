"""The compose file says what the scripts do: what runs there is what the tests of this folder start."""

import os
import re
from pathlib import Path

import pytest
import yaml
from django.conf import settings

from jobs.models import Job

ROOT = Path(settings.BASE_DIR)
OURS = {"migrate", "web", "relay", "worker", "worker-report"}


@pytest.fixture(scope="module")
def services():
    return yaml.safe_load((ROOT / "docker-compose.yml").read_text())["services"]


def test_compose_starts_our_parts_by_scripts_that_exist(services):
    started = {name: services[name]["command"][0] for name in OURS}

    assert set(services) - OURS == {"db", "redis"}
    assert started == {
        "migrate": "scripts/serve-migrate",
        "web": "scripts/serve-web",
        "relay": "scripts/serve-relay",
        "worker": "scripts/serve-worker",
        "worker-report": "scripts/serve-worker",
    }
    assert [script for script in started.values() if not os.access(ROOT / script, os.X_OK)] == []


def test_compose_serves_every_queue_once_and_reports_one_at_a_time(services):
    workers = {tuple(services[name]["command"][1:]) for name in ("worker", "worker-report")}

    assert workers == {("score,scan,export", "2"), ("report", "1")}
    assert sorted(queue for queues, _ in workers for queue in queues.split(",")) == sorted(Job.Queue.values)


def test_compose_checks_the_health_of_everything_that_stays(services):
    checks = {name: service["healthcheck"]["test"][1:] for name, service in services.items() if name != "migrate"}

    assert {name: checks[name] for name in OURS - {"migrate"}} == {
        "web": ["scripts/healthcheck", "web"],
        "relay": ["scripts/healthcheck", "relay"],
        "worker": ["scripts/healthcheck", "worker", "score"],
        "worker-report": ["scripts/healthcheck", "worker", "report"],
    }
    assert (checks["db"][0], checks["redis"]) == ("pg_isready", ["redis-cli", "ping"])


def test_compose_redis_keeps_its_data_and_asks_for_a_password(services):
    line = " ".join(services["redis"]["command"])

    for piece in ("--requirepass ${REDIS_PASSWORD:?}", "--appendonly yes", "--maxmemory-policy noeviction"):
        assert piece in line


def test_compose_opens_no_port_but_the_web_servers_on_this_machine(services):
    assert {name: service["ports"] for name, service in services.items() if "ports" in service} == {
        "web": ["127.0.0.1:${PORT:-8000}:8000"]
    }


def test_compose_asks_for_every_secret_and_the_example_names_each():
    asked = set(re.findall(r"\$\{(\w+):\?\}", (ROOT / "docker-compose.yml").read_text()))
    named = dict(
        line.split("=", 1) for line in (ROOT / ".env.example").read_text().splitlines() if re.match(r"\w+=", line)
    )

    assert asked <= set(named)
    assert [named[name] for name in ("SECRET_KEY", "POSTGRES_PASSWORD", "REDIS_PASSWORD")] == [""] * 3


def test_image_runs_as_nobody_special_on_pinned_packages_with_the_libraries_of_the_setup():
    image = (ROOT / "Dockerfile").read_text()
    setup = (ROOT / "scripts" / "setup").read_text()
    libraries = set(re.findall(r"^      (lib[\w.-]+.*) \\$", image, re.MULTILINE)[0].split())

    assert re.findall(r"^USER (\w+)$", image, re.MULTILINE) == ["portal"]
    assert "--require-hashes -r requirements.txt" in image
    assert libraries == set(re.findall(r'^    "((?:lib|fonts)[\w.-]+)":', setup, re.MULTILINE))
