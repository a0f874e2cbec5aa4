"""People and offices from a spreadsheet: shown first, taken whole; an operator stays at home."""

from io import BytesIO

import openpyxl
import pytest
from django.urls import reverse

from accounts.models import AuditEvent, LoginLink, Office, User
from kla_portal import spreadsheets
from tests.accounts.roster.sheets import PEOPLE, confirm, states, upload, xlsx
from tests.evaluations.queries import JOINED
from tests.factories import make_office, make_region, make_user

pytestmark = pytest.mark.django_db


def test_example_comes_back_as_no_change_at_all(client, operator, health):
    make_user("STAFF", username="staf.dinkes", office=health)
    make_user("STAFF", username="orang.lain", office=make_office(make_region("63.05", "Kabupaten Tapin")))

    file = client.get(reverse("accounts:roster_example")).content
    page = upload(client, file)

    sheets = spreadsheets.read(BytesIO(file))
    assert [row[0] for row in sheets[0].rows] == ["Nama pengguna", "staf.dinkes"]
    assert (states(page), page.status_code, page.context["signed"]) == ([("staf.dinkes", "tetap")], 200, "")


@pytest.mark.parametrize(
    ("role", "roles"),
    [("OPERATOR", "Staf perangkat daerah"), ("ADMIN", ",".join(label for _, label in User.Role.choices))],
)
def test_example_offers_only_roles_and_offices_that_can_be_taken(client, here, health, role, roles):
    client.force_login(make_user(role, **({"region": here} if role == "OPERATOR" else {})))

    book = openpyxl.load_workbook(BytesIO(client.get(reverse("accounts:roster_example")).content))

    offered = {str(each.sqref): each.formula1 for each in book["Pengguna"].data_validations.dataValidation}
    assert offered == {"C2:C1001": f'"{roles}"', "E2:E1001": "'Perangkat daerah'!$B$2:$B$301"}
    assert book["Petunjuk"]["A2"].value == f"Peran: {roles.replace(',', '; ')}. Kosong berarti staf perangkat daerah."


def test_people_and_offices_are_shown_and_written_only_when_confirmed(client, operator, here, health):
    moved = make_user("STAFF", username="staf.pindah", office=make_office(here, "lama"))
    people = [
        ["Staf.Baru", "Staf Baru", "", "", "dinas dinkes", "baru@dinkes.example.id"],
        ["staf.capil", "Staf Capil", "Staf perangkat daerah", "63.10", "Capil", ""],
        ["staf.pindah", "Staff", "Staf", 63.1, "Dinkes", ""],  # a spreadsheet that took the code for a number
    ]
    offices = [["", "Dinas Dukcapil", "Capil; Akta"], ["63.10", "dinkes", "Kesehatan Kita"]]

    page = upload(client, xlsx(people, offices))
    before = (User.objects.count(), Office.objects.count())
    answer = confirm(client, page)

    assert states(page) == [("staf.baru", "baru"), ("staf.capil", "baru"), ("staf.pindah", "berubah")]
    assert (before, answer["Location"]) == ((2, 2), reverse("accounts:links"))
    found = (
        User.objects.filter(role="STAFF")
        .order_by("username")
        .values_list("username", "first_name", "office__name", "region__code", "email")
    )
    assert list(found) == [
        ("staf.baru", "Staf Baru", "Dinas Kesehatan", "63.10", "baru@dinkes.example.id"),
        ("staf.capil", "Staf Capil", "Dinas Dukcapil", "63.10", ""),
        ("staf.pindah", "Staff", "Dinas Kesehatan", "63.10", ""),
    ]
    assert Office.objects.get(pk=health.pk).aliases == ["Dinkes", "Kesehatan Kita"]
    event = AuditEvent.objects.get(action="users.imported")
    assert (event.chain.region, event.by, event.details) == (
        here, operator, {"created": ["staf.baru", "staf.capil"], "changed": [moved.username]}
    )  # fmt: skip
    assert not any(user.has_usable_password() for user in User.objects.filter(username__in=["staf.baru", "staf.capil"]))
    assert not LoginLink.objects.exists()


def test_same_file_again_changes_nothing(client, operator, health):
    content = xlsx([["staf.baru", "Staf Baru", "", "", "Dinkes", ""]], [["", "Dinas Baru", ""]])
    first = upload(client, content)
    confirm(client, first)

    late = confirm(client, first)
    again = upload(client, content)

    assert (late.status_code, states(again), again.context["signed"]) == (409, [("staf.baru", "tetap")], "")
    assert (User.objects.filter(role="STAFF").count(), Office.objects.count()) == (1, 2)


def test_administrator_brings_every_role_everywhere(client, admin, here, health):
    make_region("63.05", "Kabupaten Tapin")
    people = [
        ["op.tapin", "Operator", "Operator/sekretaris daerah", "63.05", "", ""],
        ["telaah", "Penelaah", "penelaah internal", "63.10", "", ""],
        ["verif", "Verifikator", "Verifikator provinsi", "63", "", ""],
        ["pimpinan", "Ketua", "Pimpinan", "63.10", "", ""],
        ["admin.dua", "Admin", "Administrator", "", "", ""],
        ["staf", "Staf", "", "63.10", "Dinkes", ""],
    ]

    page = upload(client, xlsx(people))
    confirm(client, page)

    rows = (
        User.objects.exclude(pk=admin.pk).order_by("pk").values_list("username", "role", "region__code", "office__code")
    )
    assert list(rows) == [
        ("op.tapin", "OPERATOR", "63.05", None), ("telaah", "REVIEWER", "63.10", None),
        ("verif", "VERIFIER", None, None),
        ("pimpinan", "LEADER", "63.10", None), ("admin.dua", "ADMIN", None, None), ("staf", "STAFF", "63.10", "dinkes"),
    ]  # fmt: skip
    chains = AuditEvent.objects.filter(action="users.imported").values_list("chain__region__code", flat=True)
    assert set(chains) == {None, "63.05", "63.10"}


def test_secrets_and_nip_are_not_read(client, operator, health):
    head = [*PEOPLE, "NIP", "Kata sandi"]
    row = ["staf.baru", "Staf", "", "", "Dinkes", "", "199001012020121001", "rahasia-sekali-1"]

    page = upload(client, xlsx([row], head=head))
    confirm(client, page)

    assert "NIP, Kata sandi" in page.content.decode()
    assert "199001012020121001" not in page.content.decode()
    assert not User.objects.get(username="staf.baru").has_usable_password()


def test_preview_of_somebody_else_or_forged_writes_nothing(client, operator, health):
    page = upload(client, xlsx([["staf.baru", "Staf", "", "", "Dinkes", ""]]))
    signed = page.context["signed"]
    forged = [
        client.post(reverse("accounts:roster_confirm"), {"signed": each}).status_code for each in ("", signed + "x")
    ]
    client.force_login(make_user("OPERATOR", region=make_region("63.05", "Kabupaten Tapin")))

    other = confirm(client, page).status_code

    assert (forged, other, User.objects.filter(role="STAFF").exists()) == ([422, 422], 422, False)


def test_account_made_since_the_preview_stops_it_whole(client, operator, health):
    page = upload(client, xlsx([[f"staf.{n}", "Staf", "", "", "Dinkes", ""] for n in ("a.a", "b.b")]))
    make_user("STAFF", username="staf.b.b", office=health)

    late = confirm(client, page)

    assert (late.status_code, User.objects.filter(username="staf.a.a").exists()) == (409, False)


@pytest.mark.parametrize("rows", [1, 3])
def test_preview_and_confirmation_cost_the_same_at_any_length(
    client, operator, health, django_assert_num_queries, rows
):
    content = xlsx([[f"staf.{n}", f"Staf {n}", "", "", "Dinkes", ""] for n in range(rows)])
    upload(client, content)

    with django_assert_num_queries(8):
        page = upload(client, content)
    with django_assert_num_queries(24 - 2 * JOINED):  # seven of them once: the region's trail begins
        confirm(client, page)


def test_address_from_a_file_is_a_new_try(client, operator, health):
    person = make_user("STAFF", username="staf.surel", office=health)
    refused = {"email": "lama@dinkes.example.id", "mail_refused_at": operator.date_joined, "mail_refusal": "550"}
    User.objects.filter(pk=person.pk).update(**refused)

    page = upload(client, xlsx([["staf.surel", "Staff", "", "", "Dinkes", "baru@dinkes.example.id"]]))
    confirm(client, page)

    person.refresh_from_db()
    words = "1 akun mendapat alamat surel lain"
    told = AuditEvent.objects.get(action="users.imported").details
    assert (words in page.content.decode(), told["addresses"]) == (True, ["staf.surel"])
    assert (person.email, person.mail_refused_at, person.mail_refusal) == ("baru@dinkes.example.id", None, "")
