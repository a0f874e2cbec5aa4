"""Every page as its readers get it: Indonesian words only, nothing inline, nothing from another host."""

import logging
import re
from html.parser import HTMLParser
from urllib.parse import urlsplit

import pytest
from django.conf import settings
from django.db import transaction

from tests.accounts.doors import log_in
from tests.factories import make_user
from tests.kla_portal.access import GET, POST, filled
from tests.kla_portal.rows import ROLES
from tests.kla_portal.world import addresses, make_world, rolled_back, stop_clock

pytestmark = [pytest.mark.django_db, pytest.mark.thorough]
ENGLISH = re.compile(
    r"\b(?:Sign (?:in|out|up)|Log ?in|Log ?out|Login|Logout|Password|Username|Submit|Cancel|Delete|Save|Edit|Required"
    r"|required|This field|Enter a|Select a|Please|Next|Previous|Choose|Search|Home|Back|Page|Error|Forbidden|Not found"
    r"|None|True|False|NaN|January|February|March|May|June|July|August|October|December|Monday|Sunday|ago|minutes?"
    r"|hours?|days?|You|Your|The|Unknown|Yes)\b"
)
UNFINISHED = re.compile(r"\{\{|\}\}|\{%|%\}|\bundefined\b|object at 0x")
SPOKEN = ("title", "alt", "placeholder", "aria-label", "value")
FETCHED = {"script": "src", "link": "href", "img": "src", "iframe": "src", "source": "src", "form": "action",
           "object": "data", "use": "href"}  # fmt: skip


class Reader(HTMLParser):
    """Collects what is said to people and what the policy of contents forbids."""

    def __init__(self):
        super().__init__()
        self.words, self.wrong, self.silent, self.language = [], [], 0, ""

    def handle_starttag(self, tag, attributes):
        given = {name: value or "" for name, value in attributes}
        self.silent += tag in ("script", "style", "code")
        self.language = given.get("lang", "") if tag == "html" else self.language
        hidden = tag == "input" and given.get("type") in ("hidden", "radio", "checkbox")
        self.words += [
            given[name] for name in SPOKEN if name in given and not hidden and tag not in ("option", "button")
        ]
        self.wrong += [f"{tag} {name}" for name in given if name == "style" or name.startswith(("on", "hx-on"))]
        self.wrong += [given[name] for name in ("href", "src") if given.get(name, "").lower().startswith("javascript")]
        if tag == "style" or (tag == "script" and not given.get("src")):
            self.wrong.append(f"inline {tag}")
        if urlsplit(given.get(FETCHED.get(tag, ""), "")).netloc:
            self.wrong.append(f"{tag} from elsewhere")

    def handle_endtag(self, tag):
        self.silent -= tag in ("script", "style", "code")

    def handle_data(self, text):
        if not self.silent:
            self.words.append(text)


def complaints(response) -> list[str]:
    """What a page has that it must not have; nothing for files."""
    if not response.get("Content-Type", "").startswith("text/html") or response.streaming:
        return []
    page, reader = response.content.decode(), Reader()
    reader.feed(page)
    said = " ".join(" ".join(reader.words).split())
    found = [f"English: {said[max(0, hit.start() - 30) : hit.end() + 20]}" for hit in ENGLISH.finditer(said)]
    found += [f"unfinished: {hit.group(0)}" for hit in UNFINISHED.finditer(said)]
    found += [] if "<html" not in page or reader.language == "id" else ["no lang=id"]
    return found + reader.wrong


@pytest.fixture(scope="module")
def world(django_db_setup, django_db_blocker):
    """Built once for this file."""
    with pytest.MonkeyPatch.context() as patches, django_db_blocker.unblock(), transaction.atomic():
        stop_clock(patches)
        logging.disable(logging.ERROR)
        yield make_world()
        logging.disable(logging.NOTSET)
        transaction.set_rollback(True)


@pytest.mark.parametrize("role", [*ROLES, "nobody"])
def test_pages_speak_indonesian_and_carry_nothing_inline(world, role):
    client = {**world.own, "nobody": world.nobody}[role]

    found, pages = {}, 0
    for name, route in addresses().items():
        response = rolled_back(client, "GET", filled(name, route, world.names))
        pages += response.get("Content-Type", "").startswith("text/html") and response.status_code == 200
        found |= {name: wrong} if (wrong := complaints(response)) else {}

    assert (found, pages >= (15 if role != "nobody" else 2)) == ({}, True)


@pytest.mark.parametrize("role", ["OPERATOR", "VERIFIER", "ADMIN"])
def test_refused_forms_answer_in_indonesian(world, role):
    found = {}
    for name in POST:
        response = rolled_back(world.own[role], "POST", filled(name, addresses()[name], world.names))
        found |= {name: wrong} if (wrong := complaints(response)) else {}

    assert found == {}


def test_every_answer_carries_the_headers_of_the_policy(world):
    wanted = {
        "X-Content-Type-Options": "nosniff",
        "X-Frame-Options": "DENY",
        "Referrer-Policy": "same-origin",
        "Cross-Origin-Opener-Policy": "same-origin",
    }
    found = {}
    for name in GET:
        response = rolled_back(world.own["OPERATOR"], "GET", filled(name, addresses()[name], world.names))
        policy = response.get("Content-Security-Policy", "")
        found[name] = (
            {header: response.get(header) for header in wanted} == wanted,
            "default-src 'self'" in policy or "default-src 'none'" in policy,
            "unsafe" in policy or "http" in policy,
            "Cache-Control" in response,
        )

    assert found == dict.fromkeys(GET, (True, True, False, True))


def test_session_cookie_is_out_of_reach_of_scripts(client):
    cookie = log_in(client, make_user("OPERATOR").username).cookies[settings.SESSION_COOKIE_NAME]

    assert (cookie["httponly"], cookie["samesite"], cookie["max-age"]) == (True, "Lax", "")


def test_reader_finds_what_it_looks_for():
    page = """<html lang="en"><p onclick="x()" style="a">Password</p><script>1</script><img src="//lain.example/a.png">
    <a href="javascript:x">Batal</a><input placeholder="This field">{{ nilai }}<code>None</code></html>"""

    class Answer(dict):
        streaming, content = False, page.encode()

    found = complaints(Answer({"Content-Type": "text/html"}))
    assert [each[:20] for each in found] == [
        "English: Password Ba", "English: Password Ba", "unfinished: {{", "unfinished: }}", "no lang=id", "p onclick",
        "p style", "inline script", "img from elsewhere", "javascript:x",
    ]  # fmt: skip
