"""One portal and one chromium for all tests; a fresh context per person."""

import os
import shutil
from contextlib import contextmanager
from pathlib import Path

import pytest
from playwright.sync_api import expect, sync_playwright

from tests.browser.people import Person
from tests.browser.portal import RunningPortal

expect.set_options(timeout=20_000)


@pytest.fixture(scope="session")
def prepared(tmp_path_factory):
    """The folder of a portal that nobody has used. KLA_PREPARED names one that is prepared already."""
    known = os.environ.get("KLA_PREPARED", "")
    if known:
        return Path(known)
    folder = tmp_path_factory.mktemp("prepared") / "var"
    folder.mkdir()
    RunningPortal(folder).prepare()
    return folder


@pytest.fixture(scope="session")
def portal(prepared, tmp_path_factory):
    """The portal as `make run` leaves it."""
    with running(prepared, tmp_path_factory) as portal:
        yield portal


@contextmanager
def running(prepared, tmp_path_factory):
    """A portal on a copy of the prepared folder; a module that spends a whole evaluation takes one of its own."""
    folder = tmp_path_factory.mktemp("portal") / "var"
    shutil.copytree(prepared, folder)
    portal = RunningPortal(folder)
    try:
        portal.start()
        yield portal
    finally:
        portal.stop()


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
