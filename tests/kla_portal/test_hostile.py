"""Every address meets hostile fields, in the address and in the form: no answer is a failure of the server."""

import logging
import os
import random
from urllib.parse import urlencode

import pytest
from django.db import transaction
from django.test.client import BOUNDARY, MULTIPART_CONTENT, encode_multipart

from tests.kla_portal import hostile
from tests.kla_portal.access import GET, POST, filled
from tests.kla_portal.world import addresses, make_world, rolled_back, stop_clock

pytestmark = [pytest.mark.django_db, pytest.mark.services]  # thousands of requests: not for the quick suite
ADDRESSES = addresses()
FORM = "application/x-www-form-urlencoded"
ASKERS = ("OPERATOR", "ADMIN")
ROUNDS = int(os.environ.get("HOSTILE_ROUNDS", "1"))


@pytest.fixture(scope="module")
def world(django_db_setup, django_db_blocker):
    """Built once for this file; refusals are what is asked for here, so they are not logged."""
    with pytest.MonkeyPatch.context() as patches, django_db_blocker.unblock(), transaction.atomic():
        stop_clock(patches)
        logging.disable(logging.ERROR)
        yield make_world()
        logging.disable(logging.NOTSET)
        transaction.set_rollback(True)


def failures(world, names, ask):
    """(address, role) -> what failed, of two askers for each address."""
    found = {}
    for name, row in names.items():
        for role in ASKERS:
            if row.own[role] in (403, 404) and role != "OPERATOR":
                continue
            for turn in range(ROUNDS):
                dice = random.Random(f"{name} {role} {turn}")
                address = filled(name, ADDRESSES[name], world.names)
                try:
                    status = ask(world.own[role], address, dice)
                except Exception as error:  # noqa: BLE001  the client hands on what a page did not catch
                    found[name, role, turn] = repr(error)[:300]
                else:
                    if status >= 500:
                        found[name, role, turn] = status
    return found


def test_hostile_questions_fail_nowhere(world):
    known = hostile.names()

    def ask(client, address, dice):
        words = urlencode(hostile.fields(dice, known), doseq=True, errors="surrogatepass")
        return rolled_back(client, "GET", address, QUERY_STRING=words).status_code

    assert failures(world, GET, ask) == {}


def test_hostile_forms_fail_nowhere(world):
    known = hostile.names()

    def ask(client, address, dice):
        words = urlencode(hostile.fields(dice, known), doseq=True, errors="surrogatepass")
        return rolled_back(client, "POST", address, data=words, content_type=FORM).status_code

    assert failures(world, POST, ask) == {}


def test_hostile_files_fail_nowhere(world):
    known = hostile.names()

    def ask(client, address, dice):
        given = {
            name: [each.encode(errors="replace").decode() for each in sent]
            for name, sent in hostile.fields(dice, known).items()
        }
        body = encode_multipart(BOUNDARY, {**given, **hostile.files(dice)})
        return rolled_back(client, "POST", address, data=body, content_type=MULTIPART_CONTENT).status_code

    assert failures(world, POST, ask) == {}


def test_forms_with_one_hostile_field_fail_nowhere(world):
    """Forms as the pages hold them, all fields good but one."""
    found, seen = {}, set()
    for place in ("pk", "draft"):
        for name in GET:
            if name == "account_logout":
                continue
            address = filled(name, ADDRESSES[name], world.names | {"pk": world.names[place]})
            for role in ASKERS:
                found |= mutated(world.own[role], address, role, seen)

    assert (found, len(seen) > 100) == ({}, True)


def mutated(client, address, role, seen):
    """What failed among the forms of one page; a form met before is not tried again."""
    page = rolled_back(client, "GET", address)
    if page.status_code != 200 or page.streaming or "html" not in page["Content-Type"]:
        return {}
    forms, failed = hostile.Forms(), {}
    forms.feed(page.content.decode())
    for action, method, fields in forms.found:
        target = action.partition("?")[0] or address
        mark = (target, method, role, tuple(sorted(fields)))
        if mark in seen or "keluar" in target:
            continue
        seen.add(mark)
        for field in fields:
            dice = random.Random(f"{mark} {field}")
            for value in dice.sample(hostile.VALUES, ROUNDS):
                words = urlencode(fields | {field: value}, errors="surrogatepass")
                more = {"QUERY_STRING": words} if method == "get" else {"data": words, "content_type": FORM}
                try:
                    status = rolled_back(client, method.upper(), target, **more).status_code
                except Exception as error:  # noqa: BLE001
                    status = repr(error)[:300]
                if not isinstance(status, int) or status >= 500:
                    failed[target, role, field, value[:40]] = status
    return failed
