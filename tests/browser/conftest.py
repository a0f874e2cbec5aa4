"""One portal and one chromium for all tests; a fresh context per person."""

import os
import shutil

import pytest
from playwright.sync_api import expect, sync_playwright

from tests.browser.people import Person
from tests.browser.portal import RunningPortal

expect.set_options(timeout=20_000)


@pytest.fixture(scope="session")
def portal(tmp_path_factory):
    """The portal as `make run` leaves it. KLA_PREPARED names a prepared folder to copy, which saves a minute."""
    folder = tmp_path_factory.mktemp("portal") / "var"
    prepared = os.environ.get("KLA_PREPARED", "")
    if prepared:
        shutil.copytree(prepared, folder)
    folder.mkdir(exist_ok=True)
    running = RunningPortal(folder)
    try:
        running.prepare()
        running.start()
        yield running
    finally:
        running.stop()


@pytest.fixture(scope="session")
def chromium():
    """Debian's browser; the sandbox needs rights that a container's root does not have."""
    path = shutil.which("chromium") or shutil.which("chromium-browser")
    assert path, "chromium is missing: make test-browser installs it"
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=["--no-sandbox"])
        yield browser
        browser.close()


@pytest.fixture
def person(chromium, portal):
    """`person("operator.tapin", then=path)` is somebody logged in; `person()` is nobody yet."""
    people = []

    def enter(username="", then="/", **options):
        somebody = Person(chromium, portal, **options)
        people.append(somebody)
        return somebody.log_in(username, then) if username else somebody

    yield enter
    for somebody in people:
        somebody.close()
