"""The bell and the list: what waits comes first, opening leads on, nobody reads another's."""

from datetime import timedelta

import pytest
from django.db import transaction
from django.urls import reverse

from accounts.models import User
from notices import actions, digests, listing
from notices.models import Mail, Notice
from tests.factories import NOW, make_user
from tests.notices.factories import DAY, readers
from tests.notices.factories import tell as tell_all

pytestmark = pytest.mark.django_db


def tell(user, key, *, link="/evaluasi/", at=NOW, kind=Notice.Kind.DEADLINE):
    with transaction.atomic():
        actions.tell(users=[user.pk], kind=kind, key=key, text=f"Kabar {key}.", link=link, at=at)
    return Notice.objects.get(user=user, key=key)


def read(user, *keys, at=NOW):
    pks = Notice.objects.filter(user=user, key__in=keys).values_list("pk", flat=True)
    actions.mark_read(user_id=user.pk, notices=pks, at=at)


@pytest.fixture
def user(client, monkeypatch):
    monkeypatch.setattr("django.utils.timezone.now", lambda: NOW)
    user = make_user("OPERATOR")
    client.force_login(user)
    return user


@pytest.mark.parametrize(("told", "shown"), [(0, ""), (3, ">3<"), (100, ">99+<")])
def test_bell_shows_what_waits_and_nothing_of_others(client, user, told, shown):
    for number in range(told):
        tell(user, f"a{number}")
    tell(make_user("LEADER"), "fremd")

    bell = client.get(reverse("notices:index")).content.decode().partition('class="bell"')[2].partition("</a>")[0]

    assert ("bell-count" in bell, shown in bell) == (told > 0, True)


def test_list_puts_what_waits_first_and_groups_by_day_of_the_region(user):
    old, yesterday = NOW - timedelta(days=9), NOW - timedelta(hours=11)  # 23.00 WITA of the day before
    for key, at in [("alt", old), ("gestern", yesterday), ("heute", NOW), ("gelesen", NOW)]:
        tell(user, key, at=at)
    read(user, "gelesen")

    _, days = listing.page_of(user, None, NOW)

    assert [(day.heading, day.is_unread, [line.notice.key for line in day.lines]) for day in days] == [
        ("Hari ini", True, ["heute"]),
        ("Kemarin", True, ["gestern"]),
        ("Minggu, 11 Mei 2025", True, ["alt"]),
        ("Hari ini", False, ["gelesen"]),
    ]


def test_opening_marks_read_and_leads_on(client, user):
    notice, other = tell(user, "a", link="/evaluasi/7/pertanyaan/2.1/"), tell(user, "b")

    answer = client.post(reverse("notices:follow", args=[notice.pk]))

    assert (answer.status_code, answer["Location"]) == (302, "/evaluasi/7/pertanyaan/2.1/")
    assert list(Notice.objects.unread().values_list("pk", flat=True)) == [other.pk]


@pytest.mark.parametrize("link", ["", "//jahat.example/", "/\\jahat.example/"])
def test_opening_never_leaves_the_portal(client, user, link):
    notice = tell(user, "a", link=link)

    assert client.post(reverse("notices:follow", args=[notice.pk]))["Location"] == reverse("notices:index")


def test_notice_of_another_person_is_not_found_and_stays_unread(client, user):
    foreign = tell(make_user("OPERATOR", region=user.region), "a")

    status = client.post(reverse("notices:follow", args=[foreign.pk])).status_code
    page = client.get(reverse("notices:index")).content.decode()

    assert (status, "Kabar a" in page, Notice.objects.unread().count()) == (404, False, 1)


def test_reading_all_leaves_what_was_told_after_the_page_and_what_is_of_others(client, user):
    tell(make_user("LEADER"), "a")
    seen = tell(user, "a")
    later = tell(user, "b")

    client.post(reverse("notices:read_all"), {"sampai": str(seen.pk)})

    assert set(Notice.objects.unread().values_list("user__role", "key")) == {("LEADER", "a"), ("OPERATOR", later.key)}


@pytest.mark.parametrize("until", ["", "x", "-1", "9" * 40, "١"])
def test_reading_all_up_to_nonsense_changes_nothing(client, user, until):
    tell(user, "a")

    answer = client.post(reverse("notices:read_all"), {"sampai": until})

    assert (answer.status_code, Notice.objects.unread().count()) == (302, 1)


@pytest.mark.parametrize("number", ["0", "99", "x", "2"])
def test_pages_of_a_long_list_are_whole(client, user, number):
    for each in range(31):
        tell(user, f"a{each}")

    page = client.get(reverse("notices:index"), {"halaman": number}).content.decode()

    assert ("news-line" in page, "dari 2" in page) == (True, True)


@pytest.mark.parametrize("rows", [1, 3])
def test_list_costs_the_same_at_any_length(client, user, django_assert_num_queries, rows):
    for each in range(rows):
        tell(user, f"a{each}")
    client.get(reverse("notices:index"))

    with django_assert_num_queries(7):  # session, user, count, page, newest, region, bell
        client.get(reverse("notices:index"))


def test_empty_list_says_what_belongs_here(client, user):
    page = client.get(reverse("notices:index")).content.decode()

    assert ("Belum ada pemberitahuan" in page, "Tandai semua dibaca" in page) == (True, False)


@pytest.mark.parametrize("rows", [1, 3])
def test_outbox_page_costs_the_same_at_any_length_and_shows_no_body(client, user, django_assert_num_queries, rows):
    people = readers(rows)
    tell_all(*people)
    digests.write(day=DAY, at=NOW)
    Mail.objects.update(state="FAILED", reason="Server surel tidak dapat dihubungi.", body="rahasia isi")
    User.objects.filter(pk__in=[each.pk for each in people]).update(mail_refused_at=NOW, mail_refusal="550 tidak ada")
    client.force_login(make_user("ADMIN"))
    address = reverse("notices:mails")
    client.get(address)

    with django_assert_num_queries(7):  # session, user, states, refused, count, page, bell
        page = client.get(address).content.decode()

    assert (page.count("tidak dapat dihubungi"), page.count("550 tidak ada"), "rahasia" in page) == (rows, rows, False)
