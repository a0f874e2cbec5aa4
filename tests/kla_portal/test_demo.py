"""The demo: the published totals, the same after a second start, people who can log in, evidence that is there."""

import hashlib
from datetime import timedelta
from decimal import Decimal
from pathlib import Path

import pytest
from django.apps import apps
from django.conf import settings
from django.core.management import CommandError, call_command
from django.db import transaction
from django.test import Client

from accounts import trail
from accounts.models import Region, User
from evaluations.models import Answer, Evaluation, Evidence, Responsibility, StageResult
from kla_portal.demo import ACCOUNTS, CYCLE, PASSWORD, seeding
from tests.accounts.doors import is_in, log_in
from tests.factories import NOW

# The seeding takes longer than the whole quick suite may: it runs with the services.
pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("demo"), pytest.mark.services]


@pytest.fixture(scope="module")
def demo(django_db_setup, django_db_blocker):
    """The whole demo, seeded once for this file (it takes ten seconds); each test works in a savepoint on top of it."""
    with django_db_blocker.unblock(), transaction.atomic():
        seeding.seed(at=NOW, tell=lambda line: None)
        yield
        transaction.set_rollback(True)


def results():
    """(region, stage) -> total, tier, frozen."""
    rows = StageResult.objects.values_list("evaluation__region__code", "stage", "total", "tier", "frozen_at")
    return {(code, stage): (total, tier, frozen is not None) for code, stage, total, tier, frozen in rows}


def rows_of_all_tables():
    return {model._meta.label: model._base_manager.count() for model in apps.get_models()}


def test_published_totals_are_reached_to_the_hundredth():
    found = results()

    assert {place: found.get(place) for place in [("63.10", "EM"), ("63.10", "VA"), ("16.10", "EM")]} == {
        ("63.10", "EM"): (Decimal("961.86"), "KLA", True),
        ("63.10", "VA"): (Decimal("800.38"), "NINDYA", True),
        ("16.10", "EM"): (Decimal("771.81"), "NINDYA", True),
    }


def test_regions_stand_in_different_places():
    running = Evaluation.objects.filter(cycle__code=CYCLE)
    states = set(running.values_list("stage", flat=True))

    assert (states, running.count()) == ({"EM", "VA", "VL"}, 14)
    assert running.filter(region__province__code="63").count() == Region.objects.filter(
        province__code="63"
    ).count()  # fmt: skip


def test_everything_says_that_it_is_a_demo():
    assert set(Evaluation.objects.values_list("is_demo", "cycle__is_demo")) == {(True, True)}


def test_seeding_again_changes_nothing():
    before = rows_of_all_tables(), results(), points()

    seeding.seed(at=NOW, tell=lambda line: None)

    assert (rows_of_all_tables(), results(), points()) == before


def points():
    return list(Answer.objects.order_by("evaluation__region__code", "question__position").values_list("points"))


def test_seeding_again_keeps_what_somebody_did():
    somebody = User.objects.get(username="operator.tapin")
    somebody.set_password("lampu tenang di beranda")
    somebody.save()
    Answer.objects.filter(evaluation__region__code="63.05", question__code="1.1").update(note="Catatan saya")

    seeding.seed(at=NOW, tell=lambda line: None)

    somebody.refresh_from_db()
    kept = Answer.objects.filter(evaluation__region__code="63.05", note="Catatan saya").count()
    assert (somebody.check_password("lampu tenang di beranda"), kept) == (True, 1)


def test_plan_of_one_region_has_something_to_mend():
    duties = Responsibility.objects.filter(evaluation__region__code="63.05", evaluation__cycle__code=CYCLE)
    led = duties.filter(is_lead=True).values("question")
    alone = duties.exclude(question__in=led).values("question").distinct().count()

    early = duties.filter(due_on__isnull=False).values_list("due_on", flat=True)
    assert (alone, set(early)) == (1, {(NOW + timedelta(days=2)).date()})


def test_trail_of_the_demo_is_whole():
    assert list(trail.breaks()) == []


def test_every_account_logs_in():
    people = {account.username: Client() for account in ACCOUNTS}
    for number, (username, client) in enumerate(people.items()):
        log_in(client, username, PASSWORD, address=f"10.1.0.{number}")

    assert {username: is_in(client) for username, client in people.items()} == dict.fromkeys(people, True)
    assert {account.role for account in ACCOUNTS} == set(User.Role.values)


def test_accounts_speak_of_what_the_list_says():
    found = User.objects.values_list("username", "role", "region__code", "office__code", "province__code")

    listed = {(each.username, each.role, each.region, each.office, each.province) for each in ACCOUNTS}
    assert {tuple(value or "" for value in row) for row in found} == listed


def test_every_evidence_file_is_on_disk_as_it_came_in():
    folder = Path(settings.MEDIA_ROOT)
    files = list(Evidence.objects.filter(kind="FILE"))

    astray = [
        evidence.file_name for evidence in files
        if hashlib.sha256((folder / evidence.stored_as).read_bytes()).hexdigest() != evidence.sha256
    ]  # fmt: skip
    sizes = [evidence.size - (folder / evidence.stored_as).stat().st_size for evidence in files]
    assert (astray, set(sizes), len(files) >= 24) == ([], {0}, True)


def test_log_in_page_lists_the_accounts():
    page = Client().get("/akun/masuk/").content.decode()

    assert [account.username for account in ACCOUNTS if f"<code>{account.username}</code>" not in page] == []
    assert PASSWORD in page


def test_production_takes_no_demo_and_names_no_accounts(settings):
    settings.DEMO_ALLOWED = False
    before = rows_of_all_tables()

    with pytest.raises(CommandError, match="tidak dapat dimuat pada portal produksi"):
        call_command("seed_demo")

    page = Client().get("/akun/masuk/").content.decode()
    assert (rows_of_all_tables(), PASSWORD in page) == (before, False)
