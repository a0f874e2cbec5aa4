"""Looking after the offices of a region: names once, nothing in use goes, two editors, constant cost."""

import pytest
from django.urls import reverse

from accounts.models import AuditEvent, Office
from accounts.offices import actions
from tests.factories import NOW, make_evaluation, make_office, make_region, make_user

pytestmark = pytest.mark.django_db


@pytest.fixture
def region():
    return make_region()


@pytest.fixture
def operator(client, region):
    user = make_user("OPERATOR", username="operator.uji", region=region)
    client.force_login(user)
    return user


@pytest.fixture
def capil(region):
    return Office.objects.create(region=region, code="disdukcapil", name="Dinas Dukcapil", aliases=["Capil"])


def address(name, *more):
    return reverse(f"accounts:{name}", args=["63.10", *more])


def save(client, office, **given):
    given = {"name": office.name, "aliases": "\r\n".join(office.aliases), "seen": actions.standing_of(office), **given}
    return client.post(address("office", office.pk), given)


def test_office_is_added_with_a_code_of_its_own(client, operator, region):
    name = "Dinas Pemberdayaan Masyarakat dan Desa Utara"
    make_office(region, "dinas-pemberdayaan-masyarakat-dan")

    client.post(address("office_new"), {"name": f"  {name} ", "aliases": f"Disbar\r\n\r\ndisbar\n{name.upper()}"})

    office = Office.objects.get(name=name)
    assert (office.code, office.aliases, office.region) == (
        "dinas-pemberdayaan-masyarakat-dan-2", ["Disbar"], region
    )  # fmt: skip
    event = AuditEvent.objects.get(action="office.created")
    assert (event.subject, event.by, event.details) == (
        f"office:{office.pk}", operator, {"name": name, "aliases": ["Disbar"]}
    )  # fmt: skip


@pytest.mark.parametrize(
    ("name", "aliases", "sentence"),
    [
        ("CAPIL", "", "“CAPIL” sudah dipakai oleh Dinas Dukcapil."),
        ("Lain", "dis duk capil", "“dis duk capil” sudah dipakai oleh Dinas Dukcapil."),
        ("...", "", "Nama harus memuat huruf atau angka."),
        ("", "", "Bidang ini"),
        ("Lain", "---", "tidak memuat huruf atau angka"),
        ("Lain", "\n".join(f"nama {n}" for n in range(21)), "Paling banyak 20 nama lain."),
        ("Lain", "x" * 121, "Nama lain paling panjang 120 karakter"),
        ("x" * 1_000, "", "120 karakter"),
        ("Lain", "y" * 500_000, "3000 karakter"),
        ("La\0in", "", "Karakter"),
    ],
)
def test_name_that_cannot_be_gets_a_sentence(client, operator, capil, name, aliases, sentence):
    page = client.post(address("office_new"), {"name": name, "aliases": aliases})

    assert (page.status_code, sentence in page.content.decode()) == (422, True)
    assert Office.objects.count() == 1


def test_name_of_another_region_is_free(client, operator, capil):
    Office.objects.create(region=make_region("63.05", "Kabupaten Tapin"), code="x", name="Dinas Unik")

    assert client.post(address("office_new"), {"name": "Dinas Unik", "aliases": ""}).status_code == 302


def test_second_editor_sees_what_stands_and_may_insist(client, operator, capil):
    seen = actions.standing_of(capil)
    save(client, capil, aliases="Capil\r\nDukcapil")

    met = save(client, capil, name="Disdukcapil", aliases="Akta", seen=seen)
    kept = Office.objects.get(pk=capil.pk)
    save(client, capil, name="Disdukcapil", aliases="Akta", seen=met.context["seen"])

    capil.refresh_from_db()
    assert (met.status_code, kept.aliases) == (409, ["Capil", "Dukcapil"])
    assert (capil.name, capil.aliases, capil.code) == ("Disdukcapil", ["Akta"], "disdukcapil")


def test_same_names_twice_leave_one_event(client, operator, capil):
    for _ in range(2):
        save(client, capil, aliases="Akta", seen=actions.standing_of(capil))

    assert AuditEvent.objects.filter(action="office.changed").count() == 1


def test_unused_office_goes_and_used_ones_stay(client, operator, region):
    make_evaluation(region)
    staffed, whole = make_office(region, "berisi"), make_office(region, "induk")
    make_user("STAFF", office=staffed)
    Office.objects.create(region=region, code="bagian", name="Bagian", part_of=whole)
    free = make_office(region, "kosong")
    used = [Office.objects.get(region=region, code="dinkes"), staffed, whole]

    for office in [*used, free]:
        client.post(address("office_retire", office.pk))

    assert set(Office.objects.values_list("code", flat=True)) == {"dinkes", "disdik", "berisi", "induk", "bagian"}
    gone = list(AuditEvent.objects.filter(action="office.retired").values_list("subject", "details"))
    assert gone == [(f"office:{free.pk}", {"name": free.name, "code": "kosong"})]


def test_list_tells_people_and_questions_and_who_cannot_answer(client, operator, region):
    make_evaluation(region)
    make_user("STAFF", office=make_office(region, "disdik"))

    lines = client.get(address("offices_of")).context["lines"]

    found = [(each.office.code, each.people, each.load, each.is_unattended) for each in lines]
    assert found == [("dinkes", 0, (2, 4), True), ("disdik", 1, (4, 0), False)]


def test_operator_is_led_to_the_own_region_and_the_administrator_chooses(client, operator, region):
    make_office(region)
    make_office(make_region("63.05", "Kabupaten Tapin"))
    own = client.get(reverse("accounts:offices"))
    client.force_login(make_user("ADMIN"))

    page = client.get(reverse("accounts:offices"), {"q": "tapin"})

    assert own["Location"] == address("offices_of")
    assert [(each.code, each.offices) for each in page.context["page"]] == [("63.05", 1)]


def test_offices_of_another_region_are_not_there(client, operator, capil):
    foreign = make_office(make_region("63.05", "Kabupaten Tapin"))
    there = reverse("accounts:office", args=["63.05", foreign.pk])
    crossed = reverse("accounts:office", args=["63.10", foreign.pk])

    answers = [client.get(there), client.post(there, {"name": "X"}), client.get(crossed),
               client.post(reverse("accounts:office_retire", args=["63.05", foreign.pk]))]  # fmt: skip

    assert [each.status_code for each in answers] == [404] * 4
    assert Office.objects.filter(pk=foreign.pk, name=foreign.name).exists()


@pytest.mark.parametrize("rows", [1, 3])
def test_list_costs_the_same_at_any_length(client, operator, region, django_assert_num_queries, rows):
    for number in range(rows):
        make_office(region, f"opd-{number}")
    client.get(address("offices_of"))

    with django_assert_num_queries(8):
        client.get(address("offices_of"))


def test_renaming_holds_against_two_at_once(region, capil):
    other = make_office(region, "lain")
    actions.rename(office=capil, name="Dinas Dukcapil", aliases=["Akta"], seen=None, by=None, at=NOW)

    with pytest.raises(actions.NameTaken):
        actions.rename(office=other, name="Dinas Lain", aliases=["akta"], seen=None, by=None, at=NOW)
