"""What an operator may do about people: the staff of the own region, and nobody else; the one-time links on a sheet."""

import pytest
from django.urls import reverse

from accounts import actions, rules
from accounts.models import AuditEvent, LoginLink, User
from tests.factories import NOW, make_office, make_region, make_user

pytestmark = pytest.mark.django_db
ROLES = ("STAFF", "OPERATOR", "REVIEWER", "VERIFIER", "LEADER", "ADMIN")


@pytest.fixture
def operator(client):
    user = make_user("OPERATOR", username="operator.uji")
    client.force_login(user)
    return user


@pytest.fixture
def everybody():
    """One person of each role here and in another region."""
    here, there = make_region(), make_region("63.05", "Kabupaten Tapin")
    people = {f"{role} here": make_user(role, username=f"{role}.sini".lower(), region=here) for role in ROLES}
    people |= {f"{role} there": make_user(role, username=f"{role}.sana".lower(), region=there) for role in ROLES[:5]}
    return people


@pytest.mark.parametrize("role", ROLES)
def test_who_sees_which_accounts(role, everybody):
    user = make_user(role, username="pembaca")
    seen = set(rules.visible_users(user).values_list("username", flat=True)) - {"pembaca"}

    assert seen == {
        "ADMIN": {each.username for each in everybody.values()},
        "OPERATOR": {"staff.sini"},
    }.get(role, set())


@pytest.mark.parametrize("role", ROLES)
def test_who_gives_which_roles_and_sees_which_offices(role):
    here, there = make_office(make_region()), make_office(make_region("63.05", "Kabupaten Tapin"))
    user = make_user(role)

    found = (rules.roles_given_by(user), {each.pk for each in rules.visible_offices(user)})

    assert found == {
        "ADMIN": (tuple(User.Role.values), {here.pk, there.pk}),
        "OPERATOR": (("STAFF",), {here.pk}),
    }.get(role, ((), set()))


def test_operator_acts_on_staff_of_the_own_region_alone(client, operator, everybody):
    pages, links, switches = {}, {}, {}
    for name, person in everybody.items():
        pages[name] = client.get(reverse("accounts:user", args=[person.pk])).status_code
        links[name] = client.post(reverse("accounts:user_link", args=[person.pk])).status_code
        switches[name] = client.post(reverse("accounts:user_switch", args=[person.pk]), {"active": "0"}).status_code

    def allowed(status):
        return dict.fromkeys(everybody, 404) | {"STAFF here": status}

    assert (pages, links, switches) == (allowed(200), allowed(200), allowed(302))
    assert list(User.objects.filter(is_active=False).values_list("username", flat=True)) == ["staff.sini"]


@pytest.mark.parametrize(
    "query",
    ["", "?role=ADMIN", "?role=OPERATOR&region=63.05", "?role=STAFF&region=63.05", "?role=REVIEWER&region=63.10"],
)
def test_whatever_the_address_says_an_operator_creates_staff_of_the_own_region(client, operator, query):
    make_region("63.05", "Kabupaten Tapin")
    office = make_office(operator.region)
    person = {"username": "staf.baru", "name": "Staf Baru", "email": "staf@dinas.example.id", "office": office.pk}

    client.post(reverse("accounts:user_new") + query, person | {"role": "ADMIN", "is_superuser": "1"})

    user = User.objects.get(username="staf.baru")
    assert (user.role, user.region, user.office, user.email, user.is_superuser) == (
        "STAFF", operator.region, office, "staf@dinas.example.id", False
    )  # fmt: skip


def test_sheet_gives_each_newcomer_a_link_once_and_kills_older_ones(client, operator):
    office = make_office(operator.region)
    people = [make_user("STAFF", username=f"baru.{number}", office=office) for number in range(3)]
    old = actions.issue_link(user=people[0], by=operator, at=NOW)

    page = client.post(reverse("accounts:links"), {"users": [each.pk for each in people[:2]]})

    text = page.content.decode()
    cards = page.context["cards"]
    assert [card.user for card in cards] == people[:2]
    assert all(card.link in text and card.link.startswith("http") for card in cards)
    assert LoginLink.objects.filter(user=people[2]).exists() is False
    with pytest.raises(actions.LinkNotValid):
        actions.owner_of_link(old, NOW)
    assert AuditEvent.objects.filter(action="user.link_issued").count() == 3
    assert not any(card.link in client.get(reverse("accounts:links")).content.decode() for card in cards)


def test_sheet_is_for_those_one_looks_after_who_never_came(client, operator, everybody):
    came = make_user("STAFF", username="sudah.masuk", office=make_office(operator.region))
    User.objects.filter(pk=came.pk).update(last_login=NOW)
    strangers = [each for name, each in everybody.items() if name != "STAFF here"]

    answers = {
        each.username: client.post(reverse("accounts:links"), {"users": [each.pk]}).status_code
        for each in [*strangers, came]
    }
    bad = [client.post(reverse("accounts:links"), given).status_code for given in ({}, {"users": ["a", "9" * 30]})]

    assert (set(answers.values()), bad, LoginLink.objects.count()) == ({422}, [422, 422], 0)


@pytest.mark.parametrize("rows", [1, 3])
def test_list_of_newcomers_costs_the_same_at_any_length(client, operator, django_assert_num_queries, rows):
    for number in range(rows):
        make_user("STAFF", office=make_office(operator.region, f"opd-{number}"))
    client.get(reverse("accounts:links"))

    with django_assert_num_queries(5):
        client.get(reverse("accounts:links"))


@pytest.fixture
def confirmed(monkeypatch):
    """The password was given a moment ago."""
    monkeypatch.setattr("allauth.account.internal.flows.reauthentication.did_recently_reauthenticate", lambda _: True)


def test_mail_address_is_changed_only_after_the_password(client, operator):
    staff = make_user("STAFF", office=make_office(operator.region))
    mail = {"email": "baru@instansi.example.id"}

    answers = [
        client.post(reverse("accounts:own_email"), mail),
        client.post(reverse("accounts:user_email", args=[staff.pk]), mail),
    ]

    assert [each["Location"].startswith(reverse("account_reauthenticate")) for each in answers] == [True, True]
    assert not User.objects.exclude(email="").exists()


def test_mail_address_of_oneself_and_of_staff(client, operator, confirmed):
    staff = make_user("STAFF", office=make_office(operator.region))
    stranger = make_user("STAFF", office=make_office(make_region("63.05", "Kabupaten Tapin")))

    for _ in range(2):
        client.post(reverse("accounts:own_email"), {"email": "operator@instansi.example.id"})
    client.post(reverse("accounts:user_email", args=[staff.pk]), {"email": "staf@instansi.example.id"})
    foreign = client.post(reverse("accounts:user_email", args=[stranger.pk]), {"email": "x@instansi.example.id"})

    mails = dict(User.objects.exclude(email="").values_list("pk", "email"))
    assert mails == {operator.pk: "operator@instansi.example.id", staff.pk: "staf@instansi.example.id"}
    events = AuditEvent.objects.filter(action="user.email_changed").order_by("pk")
    told = list(events.values_list("subject", "details"))
    expected = [(f"user:{each}", {"has_address": True}) for each in (operator.pk, staff.pk)]
    assert (foreign.status_code, told) == (404, expected)


@pytest.mark.parametrize("mail", ["bukan surel", "a@b", "a@b.id\nBcc: x@y.id", "x" * 300 + "@instansi.id", "a\0@b.id"])
def test_mail_address_that_is_none_is_refused(client, operator, confirmed, mail):
    page = client.post(reverse("accounts:own_email"), {"email": mail})

    operator.refresh_from_db()
    assert (page.status_code, operator.email, 'role="alert"' in page.content.decode()) == (422, "", True)
