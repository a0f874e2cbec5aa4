"""The morning's mails: one per person and day, only to those who want one, saying only what may leave the house."""

from datetime import timedelta

import pytest

from accounts.models import User
from notices import digests, wording
from notices.models import Mail, Notice
from tests.factories import NOW, make_user
from tests.notices.factories import DAY, reader, readers, tell

pytestmark = pytest.mark.django_db


def written():
    return list(Mail.objects.order_by("pk").values_list("user__username", "day"))


@pytest.mark.parametrize("people", [1, 100])
def test_one_mail_each_and_none_the_second_time(people):
    tell(*readers(people), key="a")
    tell(*User.objects.exclude(email=""), key="b")

    counts = [digests.write(day=DAY, at=NOW) for _ in range(2)]

    assert (counts, Mail.objects.count(), Mail.objects.values("user").distinct().count()) == (
        [people, 0],
        people,
        people,
    )


def test_next_day_tells_only_what_is_new():
    user = reader()
    tell(user, key="a", text="Alt.")
    digests.write(day=DAY, at=NOW)
    tomorrow = NOW + timedelta(days=1)

    assert digests.write(day=DAY + timedelta(days=1), at=tomorrow) == 0
    tell(user, key="b", text="Neu.", at=tomorrow)
    assert digests.write(day=DAY + timedelta(days=1), at=tomorrow) == 1
    assert ["Alt." in body for body in Mail.objects.order_by("day").values_list("body", flat=True)] == [True, False]


@pytest.mark.parametrize(
    "change",
    [{"email": ""}, {"wants_digest": False}, {"is_active": False}, {"mail_refused_at": NOW, "mail_refusal": "550"}],
)
def test_who_wants_none_or_cannot_be_reached_gets_none(change):
    silent, other = reader(1), reader(2)
    User.objects.filter(pk=silent.pk).update(**change)
    tell(silent, other)

    digests.write(day=DAY, at=NOW)

    assert written() == [("orang.2", DAY)]


def test_what_was_read_or_is_old_is_no_news():
    user = reader()
    tell(user, key="read")
    Notice.objects.update(read_at=NOW)
    tell(user, key="old", at=NOW - timedelta(days=8))

    assert digests.write(day=DAY, at=NOW) == 0


@pytest.mark.parametrize("address", ["bukan alamat", "a@b.example\nBcc: c@d.example", "a@b.example\r\n\r\nHalo"])
def test_address_that_can_be_none_is_refused_and_told_and_stops_nobody(address):
    bad, good, admin = reader(1), reader(2), make_user("ADMIN")
    User.objects.filter(pk=bad.pk).update(email=address)
    tell(bad, good)

    digests.write(day=DAY, at=NOW)

    assert written() == [("orang.2", DAY)]
    told = Notice.objects.filter(kind="MAIL").values_list("user", flat=True)
    assert set(told) == {bad.pk, good.pk, admin.pk}  # the other one is an operator of the region


@pytest.mark.parametrize("people", [1, 50])
def test_writing_costs_the_same_for_one_and_for_fifty(django_assert_num_queries, people):
    tell(*readers(people))

    with django_assert_num_queries(9):
        digests.write(day=DAY, at=NOW)


def test_digest_says_who_what_where_and_how_to_be_rid_of_it():
    told = [
        wording.Told("DEADLINE", "3 pertanyaan belum siap; tenggat 23 Mei 2025, 23.59 WITA.", "/evaluasi/1/"),
        wording.Told(
            "MENTIONED", "Budi menyebut Anda: anak 6310012345678901", "/evaluasi/1/pertanyaan/2.1/#komentar-4"
        ),
    ]

    digest = wording.digest("Staf Dinkes", told, ["12 dari 30 pertanyaan siap."], "https://kla.example")

    assert digest.subject == "Portal KLA: 2 pemberitahuan baru"
    assert digest.body == (
        "Yth. Staf Dinkes,\n\n"
        "Ada 2 pemberitahuan baru untuk Anda di Portal KLA.\n\n"
        "Anda disebut\n- https://kla.example/evaluasi/1/pertanyaan/2.1/#komentar-4\n\n"
        "Tenggat\n- 3 pertanyaan belum siap; tenggat 23 Mei 2025, 23.59 WITA.\n  https://kla.example/evaluasi/1/\n\n"
        "Keadaan pekerjaan\n- 12 dari 30 pertanyaan siap.\n\n"
        "Semua pemberitahuan: https://kla.example/pemberitahuan/\n\n"
        "-- \nSurel ini dikirim otomatis, paling banyak satu kali sehari; jangan dibalas.\n"
        "Mengganti alamat atau mematikan ringkasan ini: https://kla.example/akun/\n"
    )


@pytest.mark.parametrize("number", ["6310012345678901", "63 1001 2345 6789 01", "63.10.01.234567.8901"])
def test_long_numbers_never_leave_the_house(number):
    digest = wording.digest("A", [wording.Told("IMPORTED", f"Baris NIK {number} ditolak.", "")], [f"x {number}"], "")

    assert ("89" in digest.body, digest.body.count("[angka ditutup]")) == (False, 2)


def test_names_and_texts_cannot_begin_a_new_line():
    digest = wording.digest("A\r\nBcc: x@y.example\x00", [wording.Told("IMPORTED", "a\n\n-- \nPalsu", "")], [], "")

    assert ("\nBcc" in digest.body, "\nPalsu" in digest.body, "\x00" in digest.body) == (False, False, False)


def test_long_list_is_cut_and_says_so():
    digest = wording.digest("A", [wording.Told("IMPORTED", f"Baris {each}.", "") for each in range(40)], [], "")

    assert (digest.body.count("- Baris"), "... dan 15 lainnya di portal." in digest.body) == (25, True)
