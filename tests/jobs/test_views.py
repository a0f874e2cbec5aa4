"""The machine room's pages: the administrator's alone."""

import pytest
from django.urls import reverse

from accounts.models import Province, Region, User
from jobs.models import Job
from tests.jobs.factories import NOW, promise

pytestmark = pytest.mark.django_db
ROLES = [role for role in User.Role if role is not User.Role.STAFF]


@pytest.fixture
def user_with():
    province = Province.objects.create(code="63", name="Kalimantan Selatan")
    region = Region.objects.create(code="63.10", name="Tanah Bumbu", province=province)

    def make(role):
        bound = {"VERIFIER": {"province": province}, "ADMIN": {}}.get(role, {"region": region})
        return User.objects.create(username=role.lower(), role=role, **bound)

    return make


def failed():
    job = promise("report", "63.10", queue=Job.Queue.REPORT)
    Job.objects.filter(pk=job.pk).update(state="FAILED", attempts=3, reason="Berkas tidak terbaca.", finished_at=NOW)
    return job


@pytest.mark.parametrize("role", ROLES)
def test_pages_are_there_for_the_administrator_only(client, user_with, role):
    job = failed()
    client.force_login(user_with(role))

    seen = [
        client.get(reverse("jobs:index")).status_code,
        client.get(reverse("jobs:status", args=[job.pk])).status_code,
        client.post(reverse("jobs:retry", args=[job.pk])).status_code,
    ]

    assert seen == ([200, 200, 302] if role == User.Role.ADMIN else [404, 404, 404])
    assert Job.objects.get().state == ("WAITING" if role == User.Role.ADMIN else "FAILED")


def test_index_shows_reasons_and_progress(client, user_with):
    failed()
    Job.objects.filter(pk=promise(key="2").pk).update(state="RUNNING", progress=45)
    client.force_login(user_with(User.Role.ADMIN))

    page = client.get(reverse("jobs:index")).content.decode()

    for piece in ("Berkas tidak terbaca.", "Coba lagi", "Diproses, 45 %", "45 persen selesai"):
        assert piece in page


@pytest.mark.parametrize("rows", [1, 3])
def test_index_asks_the_same_number_of_queries_for_one_row_and_for_three(
    client, user_with, django_assert_num_queries, rows
):
    for number in range(rows):
        promise(key=str(number))
    client.force_login(user_with(User.Role.ADMIN))

    client.get(reverse("jobs:index"))  # notes the activity, once a minute

    with django_assert_num_queries(7):  # session, user, failed, open, count, bell, files not scanned
        client.get(reverse("jobs:index"))


@pytest.mark.parametrize(("state", "polls"), [("WAITING", True), ("RUNNING", True), ("DONE", False), ("FAILED", False)])
def test_status_asks_again_only_while_the_job_is_open(client, user_with, state, polls):
    job = promise()
    Job.objects.filter(pk=job.pk).update(state=state)
    client.force_login(user_with(User.Role.ADMIN))

    page = client.get(reverse("jobs:status", args=[job.pk])).content.decode()

    assert (f'hx-get="{reverse("jobs:status", args=[job.pk])}"' in page) is polls


def test_retry_of_what_runs_already_is_forbidden(client, user_with):
    job = promise()
    client.force_login(user_with(User.Role.ADMIN))

    assert client.post(reverse("jobs:retry", args=[job.pk])).status_code == 403
    assert client.get(reverse("jobs:retry", args=[job.pk])).status_code == 405
