"""Handing in, approving and the history over HTTP: who, what comes back, what is kept."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from evaluations.models import Responsibility, Sending
from evaluations.sending.checklist import checklist_of
from notices.models import Notice
from tests.evaluations.queries import statements
from tests.evaluations.sending.cases import hand_in, make_draft, make_leader, make_operator, state_of
from tests.factories import NOW, answer_question, make_region, make_user

pytestmark = pytest.mark.django_db
EM, VA, WAITING = ("EM", False, False), ("VA", True, False), ("EM", False, True)
ROLES = ("STAFF", "OPERATOR", "REVIEWER", "LEADER", "VERIFIER", "ADMIN")


@pytest.fixture(autouse=True)
def _clock(monkeypatch):
    """The server's clock stands at NOW."""
    monkeypatch.setattr("django.utils.timezone.now", lambda: NOW)


def page(name, evaluation, **query):
    return reverse(f"evaluations:{name}", args=[evaluation.pk], query=query)


def filled(evaluation, **instead):
    """The form as it stands, with a tick and a note."""
    return {"angka": checklist_of(evaluation).seal, "confirmed": "1", "note": "SK menyusul."} | instead


def test_sending_asks_for_the_numbers_and_happens_once(client):
    evaluation = make_draft()
    client.force_login(make_operator(evaluation))

    asked = client.post(page("send", evaluation), filled(evaluation, angka="0-0-5-1-0-4-0-0"))
    stands = state_of(evaluation)
    first = client.post(page("send", evaluation), filled(evaluation))
    second = client.post(page("send", evaluation), filled(evaluation))

    assert (asked.status_code, stands, first.status_code, second.status_code) == (409, EM, 302, 302)
    assert (state_of(evaluation), Sending.objects.count()) == (VA, 1)
    assert "berubah sejak halaman ini dibuka" in asked.content.decode()


@pytest.mark.parametrize(
    ("fields", "sentence"),
    [
        ({"confirmed": ""}, "Centang pernyataan"),
        ({"note": ""}, "Tulis catatan mengapa"),
        ({"note": "a" * 2001}, "2000"),
        ({"note": "NUL \0 byte"}, "Karakter"),
        ({"angka": "9" * 81}, "80"),
    ],
)
def test_what_is_missing_is_said_and_nothing_is_sent(client, fields, sentence):
    evaluation = make_draft()
    client.force_login(make_operator(evaluation))

    response = client.post(page("send", evaluation), filled(evaluation, **fields))

    assert (response.status_code, sentence in response.content.decode(), state_of(evaluation)) == (409, True, EM)


def test_every_weakness_leads_to_where_it_is_mended(client):
    evaluation = make_draft()
    Responsibility.objects.filter(question__code="3.1").delete()
    client.force_login(make_operator(evaluation))

    whole = client.get(page("send", evaluation)).content.decode()
    office = client.get(page("send", evaluation, menurut="opd", lemah="konfirmasi")).content.decode()

    here = f"/evaluasi/{evaluation.pk}/pertanyaan"
    assert [f'href="{here}/{code}/#bukti">{code} ' in whole for code in ("1.1", "2.1", "3.2")] == [True] * 3
    assert [f'href="{here}/{code}/#keadaan">{code} ' in office for code in ("1.1", "2.1", "3.2")] == [False, True, True]
    assert f'href="{here}/3.2/#matriks">Matriks kosong' in whole
    assert f'href="/evaluasi/{evaluation.pk}/pembagian/pertanyaan/3.1/">Tanpa penanggung jawab' in whole
    assert ("Dinas Pendidikan" in office, "1.000,00 poin dipertaruhkan" in whole) == (True, True)


def test_the_rail_beside_the_list_is_the_operator_s(client):
    evaluation = make_draft()
    client.force_login(make_operator(evaluation))

    assert "buku-kerja" in client.get(page("send", evaluation)).content.decode()


def test_the_leader_s_yes_sends(client):
    evaluation = make_draft(approval=True)
    leader, operator = make_leader(evaluation), make_operator(evaluation)
    client.force_login(operator)
    client.post(page("send", evaluation), filled(evaluation))
    waits = state_of(evaluation)
    client.force_login(leader)
    read = client.get(Notice.objects.get(user=leader).link).content.decode()

    for _ in range(2):
        client.post(page("approve", evaluation), {"request": Sending.objects.get().pk})

    assert (waits, state_of(evaluation)) == (WAITING, VA)
    assert ["SK menyusul." in read, "Setujui dan kirim" in read, "1.000,00" in read] == [True] * 3
    assert "SK menyusul." in client.get(page("overview", evaluation)).content.decode()


def test_the_leader_s_no_goes_back_to_the_operator(client):
    evaluation = make_draft(approval=True)
    leader, operator = make_leader(evaluation), make_operator(evaluation)
    sending = hand_in(evaluation, by=operator)
    client.force_login(leader)

    empty = client.post(page("decline", evaluation), {"request": sending.pk, "reason": " "}, follow=True)
    client.post(page("decline", evaluation), {"request": sending.pk, "reason": "Lengkapi klaster II."})
    client.force_login(operator)
    shown = client.get(page("approval", evaluation)).content.decode()

    assert ("Tulis alasannya" in empty.content.decode(), "Lengkapi klaster II." in shown) == (True, True)
    assert (state_of(evaluation), Notice.objects.filter(user=operator).count()) == (EM, 1)


@pytest.mark.parametrize("request_", ["", "abc", "0", "-1", "9" * 30, "999999"])
def test_an_answer_to_no_request_changes_nothing(client, request_):
    evaluation = make_draft(approval=True)
    leader = make_leader(evaluation)
    hand_in(evaluation)
    client.force_login(leader)

    response = client.post(page("approve", evaluation), {"request": request_})

    assert (response.status_code, state_of(evaluation)) == (302, WAITING)


@pytest.mark.parametrize("role", ROLES)
@pytest.mark.parametrize(
    ("name", "able"),
    [
        ("approve", {"LEADER"}), ("decline", {"LEADER"}), ("withdraw", {"OPERATOR"}),
        ("switch_approval", {"OPERATOR", "ADMIN"}), ("send", {"OPERATOR"}),
    ],
)  # fmt: skip
@pytest.mark.parametrize("place", ["63.10", "63.05"])
def test_each_move_has_its_role(client, role, name, able, place):
    evaluation = make_draft(approval=True)
    make_leader(evaluation)
    sending = hand_in(evaluation)
    client.force_login(make_user(role, region=make_region(place)))

    response = client.post(page(name, evaluation), {"request": sending.pk, "reason": "Lengkapi.", "wanted": "1"})

    inside = role == "ADMIN" or (place == "63.10" and role != "VERIFIER")
    assert response.status_code == (302 if role in able and inside else 403 if inside else 404)


@pytest.mark.parametrize(
    ("role", "sees"),
    [("OPERATOR", True), ("REVIEWER", True), ("LEADER", True), ("ADMIN", True), ("STAFF", False), ("VERIFIER", False)],
)
def test_the_note_is_the_region_s(client, role, sees):
    evaluation = make_draft()
    hand_in(evaluation, note="Urusan rumah tangga.")
    client.force_login(make_user(role, region=evaluation.region))

    shown = client.get(page("overview", evaluation)).content.decode()

    assert ("Urusan rumah tangga." in shown, "Riwayat pengiriman" in shown) == (sees, sees)


def test_pages_say_why_nothing_can_be_changed_while_the_leader_decides(client):
    evaluation = make_draft(approval=True)
    make_leader(evaluation)
    hand_in(evaluation)
    client.force_login(make_operator(evaluation))
    question = reverse("evaluations:question", args=[evaluation.pk, "1.1"])
    save = reverse("evaluations:save", args=[evaluation.pk, "1.1"])

    pages = [client.get(each).content.decode() for each in (question, page("overview", evaluation))]
    saved = client.post(save, {"version": 1, "option": ""}, headers={"HX-Request": "true"})
    sent = client.get(page("send", evaluation))

    assert ["enunggu persetujuan" in each for each in pages] == [True, True]
    assert (saved.status_code, "menunggu persetujuan" in saved.content.decode()) == (403, True)
    assert (sent.status_code, sent["Location"]) == (302, page("approval", evaluation))


def test_the_reviewer_s_desk_is_locked_too(client):
    evaluation = make_draft(approval=True, stages=("EM", "TI", "VA"))
    make_leader(evaluation)
    hand_in(evaluation)
    client.force_login(make_user("REVIEWER", region=evaluation.region))

    shown = client.get(reverse("verification:question", args=[evaluation.pk, "1.1"])).content.decode()

    assert ("menunggu persetujuan" in shown, 'name="choice"' in shown) == (True, False)


@pytest.mark.parametrize("weak", [1, 3])
@pytest.mark.parametrize(("name", "count"), [("send", 13), ("approval", 13)])
def test_the_pages_cost_the_same_for_one_and_three_weaknesses(client, name, count, weak):
    evaluation = make_draft(answered=False)
    for code in ("1.1", "1.2", "2.1")[:weak]:
        answer_question(evaluation, code, 1)
    client.force_login(make_operator(evaluation))
    client.get(page(name, evaluation))

    with CaptureQueriesContext(connection) as caught:
        client.get(page(name, evaluation))

    assert len(statements(caught)) == count


def test_the_leader_reads_the_weak_parts_by_their_headings_first(client):
    evaluation = make_draft(approval=True)
    operator, leader = make_operator(evaluation), make_leader(evaluation)
    client.force_login(operator)
    sent_from = client.get(page("send", evaluation)).content.decode()
    hand_in(evaluation, by=operator)

    client.force_login(leader)
    decided_on = client.get(page("approval", evaluation)).content.decode()

    opened = [each.count('<details class="weak" open>') for each in (sent_from, decided_on)]
    assert (opened, decided_on.count('<details class="weak"') > 1) == ([1, 0], True)
