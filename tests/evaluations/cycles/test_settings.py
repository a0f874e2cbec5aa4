"""Cycles as the administrator sets them up: new ones, stages that come and go, hours of repair."""

import pytest
from django.urls import reverse

from accounts.models import AuditEvent
from clusters.models import Cycle
from tests.factories import make_cycle, make_evaluation, make_user, send

pytestmark = pytest.mark.django_db

GIVEN = {"name": "Evaluasi KLA 2026", "award_year": "2026", "stages": ["VA", "EM"], "repair_hours": "72"}


@pytest.fixture
def admin(client):
    user = make_user("ADMIN")
    client.force_login(user)
    return user


def test_a_cycle_is_begun_once(client, admin):
    cycle = make_cycle()
    given = {**GIVEN, "code": "2026", "instrument": cycle.instrument.pk}
    address = reverse("evaluations:cycle_new")

    statuses = [client.post(address, given).status_code for _ in range(2)]
    statuses += [
        client.post(address, {**given, "code": "baru"}).status_code,
        client.post(address, {**given, "code": "2027", "stages": ["VA"]}).status_code,
        client.post(address, {**given, "code": "2027", "repair_hours": "0"}).status_code,
        client.post(address, {**given, "code": "a\0", "instrument": "9" * 30}).status_code,
    ]

    fresh = Cycle.objects.get(code="2026")
    assert (statuses, Cycle.objects.count()) == ([302, 422, 422, 422, 422, 422], 2)
    assert (fresh.stages, fresh.repair_hours) == (["EM", "VA"], 72)


@pytest.mark.parametrize(
    ("stages", "status"), [(["EM", "VA", "VF"], 302), (["EM", "TI", "VA", "VL", "VF"], 302), (["EM", "VL", "VF"], 422)]
)
def test_stages_come_and_go_where_no_region_has_been(client, admin, stages, status):
    cycle = make_cycle()
    send(make_evaluation(cycle=cycle))  # at VA now
    given = {**GIVEN, "stages": stages}

    assert client.post(reverse("evaluations:cycle_settings", args=[cycle.code]), given).status_code == status

    cycle.refresh_from_db()
    assert cycle.stages == (stages if status == 302 else ["EM", "VA", "VL", "VF"])
    assert AuditEvent.objects.filter(action="cycle.changed").count() == (status == 302)


def test_a_stage_that_was_passed_does_not_come_back(client, admin):
    cycle = make_cycle(stages=("EM", "VF"))
    send(make_evaluation(cycle=cycle))

    page = client.post(
        reverse("evaluations:cycle_settings", args=[cycle.code]), {**GIVEN, "stages": ["EM", "VA", "VF"]}
    )

    assert (page.status_code, "1 daerah sudah melewati verifikasi administrasi" in page.content.decode()) == (422, True)
