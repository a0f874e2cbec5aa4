"""Every address of the portal against the table of who may open it; forged forms; pages that must not write."""

import hashlib
import json
import logging
import re
from urllib.parse import urlencode

import pytest
from django.apps import apps
from django.contrib.sessions.models import Session
from django.core.serializers.json import DjangoJSONEncoder
from django.db import transaction
from django.test import Client

from accounts.models import AuditChain, AuditEvent
from tests.kla_portal.access import GET, POST, filled
from tests.kla_portal.rows import ROLES
from tests.kla_portal.world import addresses, make_world, rolled_back, stop_clock

OTHER_METHODS = ("PUT", "DELETE", "PATCH", "TRACE")
FORM = "application/x-www-form-urlencoded"
ADDRESSES = addresses()


pytestmark = pytest.mark.django_db
TOKEN = re.compile(r'name="csrfmiddlewaretoken" value="\w+"|"X-CSRFToken": "\w+"')


@pytest.fixture(scope="module")
def world(django_db_setup, django_db_blocker):
    """Built once for this file; quietly, for refusals are what is asked for here, and each would be logged."""
    with pytest.MonkeyPatch.context() as patches, django_db_blocker.unblock(), transaction.atomic():
        stop_clock(patches)
        logging.disable(logging.ERROR)
        yield make_world()
        logging.disable(logging.NOTSET)
        transaction.set_rollback(True)


@pytest.fixture(scope="module")
def crawl(world):
    """Every GET by everybody, nothing rolled back: statuses, the contents before and after, events told meanwhile."""
    before, last, found = contents(), AuditEvent.objects.latest("pk").pk, {}
    for name in GET:
        address = filled(name, ADDRESSES[name], world.names)
        for key, client in askers(world, name, GET[name]):
            response = client.get(address)
            found[key] = response.status_code
            if response.streaming:
                list(response.streaming_content)
    told = AuditEvent.objects.filter(pk__gt=last).order_by("pk").values_list("action", "by__role")
    return found, before, contents(), list(told)


def askers(world, name, row):
    """Whose answer is compared: everybody's; where the region plays no part, one stranger speaks for the others."""
    for role, client in world.own.items():
        yield (name, "own", role), client
    for role, client in world.other.items():
        if row.other is not row.own or role == "OPERATOR":
            yield (name, "other", role), client
    yield (name, "nobody", ""), world.nobody


def expected(table, found):
    """What the table says of the same requests."""
    return {
        (name, place, role): table[name].nobody if place == "nobody" else getattr(table[name], place)[role]
        for name, place, role in found
    }


def ask(client, method, name, world, row=None):
    fields = urlencode(row.fields) if row and row.fields else ""
    address = filled(name, ADDRESSES[name], world.names)
    return rolled_back(client, method, address, data=fields, content_type=FORM).status_code


def test_every_address_stands_in_the_table():
    assert set(GET) | set(POST) == set(ADDRESSES)


def test_everybody_reads_what_the_table_says(crawl):
    found = crawl[0]

    assert found == expected(GET, found)


def test_everybody_does_what_the_table_says(world):
    found = {
        key: ask(client, "POST", name, world, row)
        for name, row in POST.items()
        for key, client in askers(world, name, row)
    }

    assert found == expected(POST, found)


def test_method_without_a_row_is_refused_to_everybody(world):
    found = {
        (method, name): ask(world.own[role], method, name, world)
        for method, table in (("GET", GET), ("POST", POST))
        for name in sorted(set(ADDRESSES) - set(table))
        for role in ("OPERATOR", "ADMIN")
    }

    assert (set(found.values()), len(found) >= 50) == ({405}, True)


def test_other_methods_never_succeed(world):
    case = [
        name for name in ADDRESSES if name.partition(":")[0] in ("evaluations", "verification", "followup", "reports")
    ]

    found = {(name, method): ask(world.own["ADMIN"], method, name, world) for name in case for method in OTHER_METHODS}
    assert found == dict.fromkeys(found, 405)


def test_form_without_its_token_is_refused_everywhere(world):
    found = {}
    for role in ("OPERATOR", "ADMIN"):
        forger = Client(enforce_csrf_checks=True)
        forger.cookies = world.own[role].cookies
        for name in POST:
            response = rolled_back(forger, "POST", filled(name, ADDRESSES[name], world.names))
            found[role, name] = response.status_code, "errors/csrf.html" in [each.name for each in response.templates]

    assert found == {(role, name): (403, True) for role in ("OPERATOR", "ADMIN") for name in POST}


def contents():
    """Table -> digest of all its rows; sessions move with every request and are left out."""
    tables = {}
    for model in apps.get_models():
        if model not in (Session, AuditEvent, AuditChain):
            rows = list(model._base_manager.order_by("pk").values())
            tables[model._meta.label] = hashlib.sha256(json.dumps(rows, cls=DjangoJSONEncoder).encode()).hexdigest()
    return tables


def test_reading_changes_nothing(crawl):
    _, before, after, told = crawl

    assert after == before
    assert told == [
        *[("evidence.downloaded", role) for role in ROLES],
        *[("document.downloaded", role) for role in ROLES if role != "STAFF"],
        *[("board.downloaded", role) for _ in range(2) for role in ("VERIFIER", "ADMIN")],
        *[("evidence.bundled", role) for role in ROLES if role != "STAFF"],
        *[("evidence.downloaded", role) for role in ROLES],  # the document of a correction
        *[("paper.downloaded", role) for role in ROLES if role not in ("STAFF", "VERIFIER")],
        *[("trail.exported", role) for role in ("OPERATOR", "ADMIN", "OPERATOR")],  # the last of another region
        *[("workbook.downloaded", role) for role in ROLES if role != "VERIFIER"],
        *[("workbook.downloaded", role) for role in ROLES if role not in ("STAFF", "VERIFIER")],
        *[("import.downloaded", role) for role in ROLES if role in ("OPERATOR", "ADMIN")],
        *[("recap.downloaded", role) for _ in range(2) for role in ROLES if role in ("OPERATOR", "ADMIN")],
    ]


def test_own_case_does_not_lend_its_address_to_foreign_evidence(world):
    mixed = [name for name, route in ADDRESSES.items() if "evidence_pk" in route]

    found = {
        (name, role): rolled_back(
            world.own[role], "GET" if name in GET else "POST",
            filled(name, ADDRESSES[name], world.names, evidence_pk=world.names["foreign"]),
        ).status_code
        for name in mixed
        for role in ("OPERATOR", "ADMIN")
    }  # fmt: skip

    found = {key: status for key, status in found.items() if key != ("evaluations:detach", "ADMIN")}
    assert set(found.values()) <= {404, 403}, found
    assert {status for (_, role), status in found.items() if role == "OPERATOR"} == {404}


def test_another_region_sees_nothing_of_a_change(world):
    """Two tenants: what happens here leaves the pages over there as they were, to the byte."""
    pages = ["evaluations:index", "verification:awards", "accounts:audit", "clusters:index"]
    strangers = world.other["OPERATOR"], world.other["VERIFIER"]

    def seen():
        answers = [client.get("/" + ADDRESSES[name], follow=True) for name in pages for client in strangers]
        return [TOKEN.sub("", answer.content.decode()) for answer in answers]

    before, events = seen(), AuditEvent.objects.count()
    address = filled("evaluations:attach_link", ADDRESSES["evaluations:attach_link"], world.names)
    world.own["OPERATOR"].post(address, {"tautan": "https://lain.example.id/perda", "judul": "Perda"})

    assert (AuditEvent.objects.count() - events, seen() == before) == (1, True)
    assert [page for page in before if "Tanah Bumbu" in page or "own.operator" in page] == []
