"""The door: who gets in, who is told what, who is slowed down, how a session is ended."""

import re

import pytest
from django.conf import settings
from django.contrib.auth import get_user_model
from django.contrib.sessions.models import Session
from django.test import Client
from django.urls import NoReverseMatch, reverse

from accounts import actions
from accounts.adapter import WAIT, WRONG
from accounts.models import AuditEvent, SignIn
from tests.accounts.doors import is_in, log_in
from tests.factories import NOW, PASSWORD, make_user

pytestmark = pytest.mark.django_db
User = get_user_model()


@pytest.fixture
def operator():
    return make_user("OPERATOR", username="operator.uji")


@pytest.fixture
def ten_a_minute(settings):
    """At most ten wrong tries a minute for an account from everywhere, so that a test need not make sixty."""
    settings.ACCOUNT_RATE_LIMITS = {**settings.ACCOUNT_RATE_LIMITS, "login_failed_anywhere": "10/m/key"}


def test_right_pair_opens_the_portal(client, operator):
    response = log_in(client, operator.username)

    assert (response.status_code, response["Location"], is_in(client)) == (302, reverse("home"), True)
    assert list(AuditEvent.objects.filter(by=operator).values_list("action", flat=True)) == ["user.logged_in"]


def test_user_name_is_known_in_any_capitals(client, operator):
    assert log_in(client, "Operator.UJI").status_code == 302


def test_wrong_password_and_unknown_name_get_the_same_page(operator):
    known, unknown = (
        log_in(Client(), name, "kata sandi yang keliru", address=address)
        for name, address in [(operator.username, "10.0.0.1"), ("tidak.dikenal", "10.0.0.2")]
    )

    token = re.compile(r'name="csrfmiddlewaretoken" value="\w+"|"X-CSRFToken": "\w+"')
    pages = [
        token.sub("", response.content.decode()).replace(name, "?")
        for response, name in [(known, operator.username), (unknown, "tidak.dikenal")]
    ]
    assert (known.status_code, unknown.status_code, WRONG in pages[0]) == (200, 200, True)
    assert pages[0] == pages[1]


def test_disabled_account_stays_out(client, operator):
    actions.deactivate(user=operator, by=None, at=NOW)

    response = log_in(client, operator.username)

    assert is_in(client) is False
    assert (response.status_code, response.get("Location")) == (302, reverse("account_inactive"))


def test_tries_are_slowed_down_per_account_and_network(client, operator, clock):
    sentences = [WAIT in log_in(client, operator.username, "keliru").content.decode() for _ in range(6)]
    right_but_too_early = log_in(client, operator.username)
    clock.move(61)
    after_a_minute = log_in(client, operator.username)

    assert sentences == [False] * 5 + [True]
    assert (right_but_too_early.status_code, after_a_minute.status_code) == (200, 302)


def test_guessing_from_elsewhere_never_shuts_the_owner_out(client, operator, clock, ten_a_minute):
    for _ in range(20):
        log_in(client, operator.username, "keliru", address="10.9.9.9")

    assert log_in(Client(), operator.username, address="10.0.0.7").status_code == 302


def test_guessing_from_many_networks_ends_within_a_minute(operator, clock, ten_a_minute):
    for place in range(10):
        log_in(Client(), operator.username, "keliru", address=f"10.9.{place}.9")
    at_once = log_in(Client(), operator.username, address="10.0.0.7")
    clock.move(61)

    assert (at_once.status_code, log_in(Client(), operator.username, address="10.0.0.7").status_code) == (200, 302)


def test_address_cannot_be_made_up_by_the_browser(client, operator, clock):
    values = {"login": operator.username, "password": "keliru"}
    answers = [
        WAIT
        in client.post(reverse("account_login"), values, headers={"X-Forwarded-For": f"8.8.8.{n}"}).content.decode()
        for n in range(6)
    ]

    assert answers == [False] * 5 + [True]


def test_deep_link_survives_the_log_in(client, operator):
    wanted = reverse("account_change_password") + "?dari=surat"
    door = client.get(wanted)

    page = client.get(door["Location"])
    response = log_in(client, operator.username, next=page.context["redirect_field_value"])

    assert response["Location"] == wanted


@pytest.mark.parametrize(
    "target",
    ["https://lain.example/", "//lain.example/", "/\\lain.example", "javascript:alert(1)", "http:lain.example"],
)
def test_log_in_never_leads_to_another_host(client, operator, target):
    assert log_in(client, operator.username, next=target)["Location"] == reverse("home")


def test_foreign_host_header_is_refused(client, operator):
    assert client.get(reverse("account_login"), headers={"Host": "lain.example"}).status_code == 400


def test_one_time_link_is_built_from_the_site_address(client, operator, settings):
    settings.SITE_URL, settings.ALLOWED_HOSTS = "https://kla.example.id", ["*"]
    client.force_login(make_user("ADMIN"))

    page = client.post(reverse("accounts:user_link", args=[operator.pk]), headers={"Host": "lain.example"})

    assert page.context["link"].startswith("https://kla.example.id/akun/tautan/")
    assert "lain.example" not in page.content.decode()


def test_sign_up_is_closed(client):
    with pytest.raises(NoReverseMatch):
        reverse("account_signup")
    statuses = [client.get(f"/akun/{word}/").status_code for word in ("signup", "daftar", "password/reset")]

    assert statuses == [404, 404, 404]


def test_session_key_changes_at_log_in(client, operator):
    client.get(reverse("account_login"))
    session = client.session
    session["dari"] = "sebelum masuk"
    session.save()
    planted = session.session_key
    client.cookies[settings.SESSION_COOKIE_NAME] = planted

    log_in(client, operator.username)

    assert client.session.session_key not in ("", planted)
    assert Session.objects.filter(session_key=planted).exists() is False


def test_log_out_asks_first_and_ends_by_post_only(client, operator):
    log_in(client, operator.username)
    asked = client.get(reverse("account_logout"))
    still_in = is_in(client)

    left = client.post(reverse("account_logout"))

    assert (asked.status_code, still_in, asked.get("Clear-Site-Data")) == (200, True, None)
    assert (left.status_code, left["Clear-Site-Data"], is_in(client)) == (302, '"cache", "storage"', False)
    assert (Session.objects.count(), SignIn.objects.count()) == (0, 0)


def test_stolen_cookie_is_dead_after_log_out(client, operator):
    log_in(client, operator.username)
    thief = Client()
    thief.cookies[settings.SESSION_COOKIE_NAME] = client.cookies[settings.SESSION_COOKIE_NAME].value
    before = is_in(thief)

    client.post(reverse("account_logout"))

    assert (before, is_in(thief)) == (True, False)


def test_disabled_account_is_out_with_the_very_next_request(client, operator):
    log_in(client, operator.username)
    before = is_in(client)

    actions.deactivate(user=operator, by=make_user("ADMIN"), at=NOW)

    assert (before, is_in(client)) == (True, False)


def test_account_switched_off_behind_the_portals_back_is_out_too(client, operator):
    client.force_login(operator)  # a session the portal keeps no row of

    User.objects.filter(pk=operator.pk).update(is_active=False)

    assert is_in(client) is False


def test_a_cookie_that_no_session_can_have_is_nobody_s(client, django_assert_num_queries):
    client.cookies[settings.SESSION_COOKIE_NAME] = "\0abcdefghij"

    with django_assert_num_queries(0):
        response = client.get(reverse("accounts:profile"))

    assert (response.status_code, response["Location"].startswith(reverse("account_login"))) == (302, True)


def test_new_password_ends_the_other_sessions_and_keeps_this_one(client, operator):
    other, fresh = Client(), "lampu tenang di beranda"
    log_in(client, operator.username)
    log_in(other, operator.username)
    before = (is_in(client), is_in(other))

    values = {"current": PASSWORD, "new": fresh, "again": fresh}
    changed = client.post(reverse("account_change_password"), values)

    assert (before, changed.status_code) == ((True, True), 302)
    assert (is_in(client), is_in(other), SignIn.objects.count()) == (True, False, 1)
    assert [log_in(Client(), operator.username, word).status_code for word in (PASSWORD, fresh)] == [200, 302]


def test_own_sessions_can_be_ended_from_the_profile(client, operator):
    other = Client()
    log_in(client, operator.username)
    log_in(other, operator.username)

    client.post(reverse("accounts:end_other_sessions"))

    assert (is_in(client), is_in(other)) == (True, False)
    assert AuditEvent.objects.get(action="user.sessions_ended").details == {"count": 1}
