"""Accounts: who gives them, the one-time link, switching off; the database refuses a role without its place."""

from datetime import timedelta
from io import StringIO

import pytest
from django.core.exceptions import ValidationError
from django.core.management import CommandError, call_command
from django.db import IntegrityError, transaction
from django.test import Client
from django.urls import reverse

from accounts import actions
from accounts.models import AuditEvent, LoginLink, User
from tests.accounts.doors import is_in, log_in
from tests.factories import NOW, make_office, make_region, make_user

pytestmark = pytest.mark.django_db
FRESH = "lampu tenang di beranda"
ROLES = ("STAFF", "OPERATOR", "REVIEWER", "VERIFIER", "LEADER", "ADMIN")


@pytest.fixture
def admin():
    return make_user("ADMIN", username="admin.uji")


@pytest.fixture
def operator():
    return make_user("OPERATOR", username="operator.uji")


def door(secret):
    return reverse("accounts:first_login", args=[secret])


def told(action):
    """Who did what to whom, and in which region's chain."""
    return list(
        AuditEvent.objects.filter(action=action).values_list(
            "by__username", "subject", "chain__region__code", "details"
        )
    )


def test_administrator_creates_an_account_that_waits_for_its_link(client, admin):
    region = make_region()
    client.force_login(admin)
    address = f"{reverse('accounts:user_new')}?role=OPERATOR&region={region.code}"

    response = client.post(address, {"username": "operator.baru", "name": "Operator Baru"})

    user = User.objects.get(username="operator.baru")
    assert response["Location"] == reverse("accounts:user", args=[user.pk])
    assert (user.role, user.region, user.first_name, user.has_usable_password()) == (
        "OPERATOR", region, "Operator Baru", False
    )  # fmt: skip
    assert told("user.created") == [
        ("admin.uji", f"user:{user.pk}", region.code, {"username": "operator.baru", "role": "OPERATOR"})
    ]


@pytest.mark.parametrize("name", ["admin.uji", "Admin.Uji", "ab", "spasi di tengah", "<script>", "../etc"])
def test_user_name_that_is_taken_or_unreadable_is_refused(client, admin, name):
    client.force_login(admin)

    response = client.post(f"{reverse('accounts:user_new')}?role=ADMIN", {"username": name, "name": "Nama"})

    assert (response.status_code, User.objects.count(), AuditEvent.objects.count()) == (422, 1, 0)


def test_taken_name_in_other_capitals_is_refused_by_the_action(operator):
    with pytest.raises(actions.UsernameTaken):
        actions.create_user(username="Operator.UJI ", name="", post=_post("OPERATOR"), by=None, at=NOW)


def test_office_of_another_region_cannot_be_chosen(client, admin):
    foreign = make_office(make_region("63.05", "Kabupaten Tapin"))
    make_office(make_region())
    client.force_login(admin)

    response = client.post(
        f"{reverse('accounts:user_new')}?role=STAFF&region=63.10",
        {"username": "staf.baru", "name": "Staf", "office": foreign.pk},
    )

    assert (response.status_code, User.objects.count()) == (422, 1)


def _post(role):
    region = make_region()
    return {
        "STAFF": actions.Post(role, region=region, office=make_office(region)),
        "VERIFIER": actions.Post(role, province=region.province),
        "ADMIN": actions.Post(role),
    }.get(role, actions.Post(role, region=region))


@pytest.mark.parametrize("role", ROLES)
def test_role_without_its_place_is_refused_by_the_database(role):
    region = make_region()
    everything = {"region": region, "office": make_office(region), "province": region.province}
    needed = {"STAFF": {"region", "office"}, "VERIFIER": {"province"}, "ADMIN": set()}.get(role, {"region"})
    tried = [set(), {"region"}, {"office"}, {"province"}, {"region", "office"}, {"region", "province"}, set(everything)]

    taken = []
    for number, places in enumerate(tried):
        try:
            with transaction.atomic():
                User.objects.create(username=f"u{number}", role=role, **{name: everything[name] for name in places})
            taken.append(places)
        except IntegrityError:
            pass

    assert taken == [needed]


@pytest.mark.parametrize("role", ["", "ROOT"])
def test_unknown_role_is_refused_by_the_database(role):
    with pytest.raises(IntegrityError), transaction.atomic():
        User.objects.create(username="u", role=role)


def test_link_lets_its_owner_set_a_password_once(client, admin, operator):
    User.objects.filter(pk=operator.pk).update(password="!")
    client.force_login(admin)
    page = client.post(reverse("accounts:user_link", args=[operator.pk]))
    secret = page.context["link"].rstrip("/").rsplit("/", 1)[1]
    person = Client()

    opened = [person.get(door(secret)).status_code for _ in range(2)]
    used = person.post(door(secret), {"new": FRESH, "again": FRESH})
    again = person.post(door(secret), {"new": FRESH + "!", "again": FRESH + "!"})

    assert (opened, used["Location"], again.status_code) == ([200, 200], reverse("account_login"), 410)
    assert log_in(Client(), operator.username, FRESH).status_code == 302
    assert told("user.link_issued") == [("admin.uji", f"user:{operator.pk}", "63.10", {})]
    assert told("user.password_set") == [("operator.uji", f"user:{operator.pk}", "63.10", {})]


def test_link_is_kept_nowhere_as_it_is(operator):
    secret = actions.issue_link(user=operator, by=None, at=NOW)

    kept = str(list(LoginLink.objects.values())) + str(list(AuditEvent.objects.values()))
    assert (secret in kept, len(secret) >= 43) == (False, True)


@pytest.mark.parametrize(("age", "good"), [({"hours": 71, "minutes": 59}, True), ({"hours": 72}, False)])
def test_link_lives_72_hours(operator, age, good):
    secret, later = actions.issue_link(user=operator, by=None, at=NOW), NOW + timedelta(**age)
    refused = False
    try:
        actions.use_link(secret=secret, password=FRESH, at=later)
    except actions.LinkNotValid:
        refused = True

    operator.refresh_from_db()
    assert (refused, operator.check_password(FRESH)) == (not good, good)


def test_link_of_more_than_72_hours_is_refused_by_the_database(operator):
    link = {"user": operator, "digest": "0" * 64, "issued_at": NOW}
    with pytest.raises(IntegrityError), transaction.atomic():
        LoginLink.objects.create(**link, expires_at=NOW + timedelta(hours=72, seconds=1))


def test_new_link_kills_the_older_one(operator):
    old = actions.issue_link(user=operator, by=None, at=NOW)
    new = actions.issue_link(user=operator, by=None, at=NOW)

    with pytest.raises(actions.LinkNotValid):
        actions.owner_of_link(old, NOW)
    assert actions.owner_of_link(new, NOW) == operator


def test_refused_password_leaves_the_link_good(operator):
    secret = actions.issue_link(user=operator, by=None, at=NOW)

    with pytest.raises(ValidationError):
        actions.use_link(secret=secret, password="pendek", at=NOW)

    assert actions.owner_of_link(secret, NOW) == operator


def test_used_link_ends_the_sessions_of_its_owner(client, operator):
    log_in(client, operator.username)

    actions.use_link(secret=actions.issue_link(user=operator, by=None, at=NOW), password=FRESH, at=NOW)

    assert is_in(client) is False


def test_switched_off_account_loses_its_link_and_stays_in_the_trail(client, admin, operator):
    secret = actions.issue_link(user=operator, by=admin, at=NOW)
    client.force_login(admin)
    switch = reverse("accounts:user_switch", args=[operator.pk])

    for active in ("0", "0", "1"):  # the second click changes nothing
        client.post(switch, {"active": active})

    operator.refresh_from_db()
    assert (operator.is_active, len(told("user.deactivated")), len(told("user.activated"))) == (True, 1, 1)
    assert told("user.deactivated") == [("admin.uji", f"user:{operator.pk}", "63.10", {})]
    with pytest.raises(actions.LinkNotValid):
        actions.owner_of_link(secret, NOW)


def test_link_issued_for_a_switched_off_account_opens_nothing(operator):
    actions.deactivate(user=operator, by=None, at=NOW)
    secret = actions.issue_link(user=operator, by=None, at=NOW)

    with pytest.raises(actions.LinkNotValid):
        actions.use_link(secret=secret, password=FRESH, at=NOW)


def test_nobody_switches_the_own_account_off(client, admin):
    client.force_login(admin)

    page = client.post(reverse("accounts:user_switch", args=[admin.pk]), {"active": "0"}, follow=True).content.decode()

    admin.refresh_from_db()
    assert (admin.is_active, "Anda tidak dapat menonaktifkan akun Anda sendiri." in page) == (True, True)


@pytest.mark.parametrize("role", ROLES)
def test_account_of_an_operator_is_the_administrators_business(client, operator, role):
    client.force_login(make_user(role))
    one = [operator.pk]

    found = [
        client.get(reverse("accounts:profile")).status_code,
        client.get(reverse("accounts:users")).status_code,
        client.get(reverse("accounts:user_new")).status_code,
        client.get(reverse("accounts:user", args=one)).status_code,
        client.post(reverse("accounts:user_switch", args=one), {"active": "1"}).status_code,
        client.post(reverse("accounts:user_link", args=one)).status_code,
        client.get(reverse("accounts:audit")).status_code,
    ]

    assert found == {
        "ADMIN": [200, 200, 200, 200, 302, 200, 200],
        "OPERATOR": [200, 200, 200, 404, 404, 404, 200],
    }.get(role, [200, 403, 403, 404, 404, 404, 403])


def test_operator_reads_the_trail_of_the_own_region_alone(client, operator):
    stranger = make_user("OPERATOR", username="orang.lain", region=make_region("63.05", "Kabupaten Tapin"))
    for user in (operator, stranger, make_user("ADMIN", username="admin.uji")):
        actions.issue_link(user=user, by=user, at=NOW)
    client.force_login(operator)

    page = client.get(reverse("accounts:audit"))

    assert [line.event.subject for line in page.context["page"].lines] == [f"user:{operator.pk}"]
    assert "orang.lain" not in page.content.decode()


@pytest.mark.parametrize("rows", [1, 3])
def test_list_of_accounts_costs_the_same_at_any_length(client, django_assert_num_queries, rows):
    client.force_login(make_user("ADMIN"))
    for number in range(rows):
        make_user("STAFF", region=make_region(f"63.0{number}", f"Kabupaten {number}"))
    client.get(reverse("accounts:users"))  # notes the activity of this minute

    with django_assert_num_queries(5):
        client.get(reverse("accounts:users"))


def test_first_administrator_comes_from_a_command():
    out = StringIO()

    call_command("create_admin", "Kepala.Portal", stdout=out)

    user = User.objects.get(username="kepala.portal")
    secret = out.getvalue().strip().rstrip("/").rsplit("/", 1)[1]
    assert (user.role, user.has_usable_password(), LoginLink.objects.get().user) == ("ADMIN", False, user)
    assert Client().get(door(secret)).status_code == 200


def test_command_refuses_a_name_twice(admin):
    with pytest.raises(CommandError, match="Nama pengguna ini sudah dipakai"):
        call_command("create_admin", admin.username, stdout=StringIO())
