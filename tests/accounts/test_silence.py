"""When a session ends by itself: silence, a working day, and what counts as being here."""

import pytest
from django.conf import settings
from django.urls import reverse

from accounts.models import SignIn
from tests.accounts.doors import is_in, log_in
from tests.factories import make_user

pytestmark = pytest.mark.django_db


@pytest.fixture
def operator():
    return make_user("OPERATOR", username="operator.uji")


def test_silence_ends_the_session_and_keeps_the_deep_link(client, operator, clock):
    log_in(client, operator.username)
    clock.move(settings.SESSION_IDLE_SECONDS + 1)

    response = client.get(reverse("account_change_password"))

    assert response["Location"] == f"{reverse('account_login')}?next={reverse('account_change_password')}"
    page = client.get(response["Location"]).content.decode()
    assert "Anda keluar otomatis karena tidak ada kegiatan selama 60 menit." in page
    assert SignIn.objects.count() == 0


def test_silent_form_leads_back_to_its_page(client, operator, clock):
    log_in(client, operator.username)
    clock.move(settings.SESSION_IDLE_SECONDS + 1)
    seen = f"http://testserver{reverse('accounts:profile')}"

    response = client.post(
        reverse("accounts:end_other_sessions"), headers={"HX-Request": "true", "HX-Current-URL": seen}
    )

    assert (response.status_code, response["HX-Redirect"]) == (204, f"{reverse('account_login')}?next=%2Fakun%2F")


def test_activity_keeps_the_session_but_not_beyond_the_working_day(client, operator, clock):
    log_in(client, operator.username)
    step, alive = settings.SESSION_IDLE_SECONDS - 10, []
    while clock.seconds - client.session.get("started_at", 0) <= settings.SESSION_ABSOLUTE_SECONDS - step:
        clock.move(step)
        alive.append(is_in(client))
    clock.move(step)

    page = client.get(reverse("accounts:profile"), follow=True).content.decode()

    assert (len(alive) >= 11, set(alive)) == (True, {True})
    assert "Anda keluar otomatis karena sudah masuk selama 12 jam." in page


@pytest.mark.parametrize(("idle", "expected"), [(3600, [0, 0, 180, 180]), (600, [120, 120, 180, 300])])
def test_activity_is_noted_every_few_minutes_and_early_enough(client, operator, clock, settings, idle, expected):
    settings.SESSION_IDLE_SECONDS = idle
    log_in(client, operator.username)
    begun, noted = clock.seconds, []
    for step in (120, 59, 1, 120):
        clock.move(step)
        is_in(client)
        noted.append(client.session["active_at"] - begun)

    assert noted == expected


def test_sign_of_life_keeps_the_session_and_leads_to_the_log_in_when_it_has_ended(client, operator, clock):
    log_in(client, operator.username)
    asked = {"HX-Request": "true", "HX-Current-URL": f"http://testserver{reverse('accounts:profile')}"}
    answers = []
    for silence in (
        settings.SESSION_IDLE_SECONDS - 10,
        settings.SESSION_IDLE_SECONDS - 10,
        settings.SESSION_IDLE_SECONDS + 1,
    ):
        clock.move(silence)
        response = client.get(reverse("accounts:here"), headers=asked)
        answers.append((response.status_code, response.get("HX-Redirect")))

    assert answers == [(204, None), (204, None), (204, f"{reverse('account_login')}?next=%2Fakun%2F")]
