"""Tick sheets as pages: who sees and fills which part, what a form sends, what a conflict shows, what it costs."""

import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from accounts.models import District, Village
from evaluations.models import PlaceTick, Responsibility
from evaluations.places.districts import lines
from evaluations.places.sheets import sheet_of
from tests.evaluations.places.world import answer_of, ask_all_villages, clerk_of, count_by, make_places, pks
from tests.evaluations.queries import statements
from tests.factories import make_office, make_region, make_user, send

pytestmark = pytest.mark.django_db


@pytest.fixture
def entry(evaluation):
    make_places(evaluation.region)
    return count_by(evaluation, "village")


def address(evaluation, group="63.10.01", code="2.1"):
    return reverse("evaluations:tick_places", args=[evaluation.pk, code, group])


def page_of(client, evaluation):
    return client.get(reverse("evaluations:question", args=[evaluation.pk, "2.1"])).content.decode()


def fields(wanted, seen=None):
    sent = {f"t-{pk}": word for pk, word in wanted.items()}
    return sent | {f"w-{pk}": word for pk, word in (seen or dict.fromkeys(wanted, "")).items()}


def test_operator_fills_a_kecamatan_and_sees_the_figure(client, evaluation, entry):
    client.force_login(make_user("OPERATOR", region=evaluation.region))
    first, second = pks("Batulicin", "Gunung Tinggi")

    answer = client.post(address(evaluation), fields({first: "ya", second: "tidak"}), follow=True)

    page = answer.content.decode()
    assert (answer.status_code, "20,00%" in page, "1 Ya dari 5, 3 belum diisi" in page) == (200, True, True)
    assert "readonly" in re.search(r'<input[^>]*name="measure"[^>]*>', page)[0]


def test_button_gives_every_open_place_the_same_word(client, evaluation, entry):
    client.force_login(make_user("OPERATOR", region=evaluation.region))
    one, two, three = pks("Batulicin", "Kampung Baru", "Gunung Tinggi")

    client.post(address(evaluation), {**fields({one: "ya", two: "", three: ""}), "isi": "tidak"})

    assert set(PlaceTick.objects.values_list("village__name", "is_met")) == {
        ("Batulicin", True), ("Kampung Baru", False), ("Gunung Tinggi", False)
    }  # fmt: skip


def test_kecamatan_fills_its_own_villages_and_no_others(client, evaluation, entry):
    ask_all_villages(evaluation)
    client.force_login(clerk_of("63.10.02"))
    mine, foreign = pks("Pagatan", "Batulicin")

    own = client.post(address(evaluation, "63.10.02"), fields({mine: "ya", foreign: "ya"}))
    other = client.post(address(evaluation, "63.10.01"), fields({foreign: "ya"}))

    assert (own.status_code, other.status_code) == (302, 404)
    assert list(PlaceTick.objects.values_list("village__name", flat=True)) == ["Pagatan"]
    page = page_of(client, evaluation)
    assert ("Sungai Lembu" in page, "Batulicin" in page) == (True, False)


def test_kecamatan_cannot_answer_for_the_region(client, evaluation, entry):
    ask_all_villages(evaluation)
    client.force_login(clerk_of("63.10.02"))

    saved = client.post(reverse("evaluations:save", args=[evaluation.pk, "2.1"]), {"measure": "90", "version": "0"})

    assert (saved.status_code, answer_of(evaluation).version) == (403, 0)


def test_figure_is_not_typed_over_the_ticks(client, evaluation, entry):
    client.force_login(make_user("OPERATOR", region=evaluation.region))
    client.post(address(evaluation), fields({pks("Batulicin")[0]: "ya"}))

    saved = client.post(reverse("evaluations:save", args=[evaluation.pk, "2.1"]), {"measure": "90", "version": "1"})

    assert (saved.status_code, "mengikuti lembar centang" in saved.content.decode()) == (422, True)
    assert answer_of(evaluation).version == 1


def test_conflict_shows_both_and_keeps_the_rest_of_the_sheet(client, evaluation, entry):
    client.force_login(make_user("OPERATOR", region=evaluation.region))
    one, two = pks("Batulicin", "Kampung Baru")
    client.post(address(evaluation), fields({one: "ya"}))

    answer = client.post(address(evaluation), fields({one: "tidak", two: "ya"}))

    page = answer.content.decode()
    assert (answer.status_code, "Batulicin" in page, PlaceTick.objects.count()) == (409, True, 1)
    carried = dict(re.findall(r'<input type="hidden" name="([tw]-\d+)" value="(\w*)">', page))
    client.post(address(evaluation), {**carried, f"t-{one}": "tidak"})
    assert dict(PlaceTick.objects.values_list("village", "is_met")) == {one: False, two: True}


@pytest.mark.parametrize("role", ["LEADER", "REVIEWER", "ADMIN"])
def test_readers_read_only(client, evaluation, entry, role):
    client.force_login(make_user(role, region=evaluation.region))

    posted = client.post(address(evaluation), fields({pks("Batulicin")[0]: "ya"}))

    assert (posted.status_code, "Batulicin" in page_of(client, evaluation), PlaceTick.objects.count()) == (403, True, 0)


@pytest.mark.parametrize("word", ["YA", "x", "1", "ya\0", "y" * 5000])
def test_words_that_are_none_change_nothing(client, evaluation, entry, word):
    client.force_login(make_user("OPERATOR", region=evaluation.region))

    answer = client.post(address(evaluation), {f"t-{pks('Batulicin')[0]}": word, "t-x": "ya", f"t-{'9' * 40}": "ya"})

    assert (answer.status_code, PlaceTick.objects.count()) == (302, 0)


def test_sheet_costs_the_same_at_any_number_of_places(evaluation, entry):
    user, counts = make_user("OPERATOR", region=evaluation.region), []
    district = District.objects.get(code="63.10.01")
    for number in (0, 40):
        Village.objects.bulk_create(
            Village(district=district, code=f"63.10.01.3{each:03}", name=f"Desa {each}") for each in range(number)
        )
        with CaptureQueriesContext(connection) as captured:
            sheet_of(user, evaluation, entry, answer_of(evaluation), can_edit=True)
            lines(user, evaluation)
        counts.append(len(statements(captured)))

    assert counts == [7, 7]


def test_overview_shows_a_kecamatan_its_own_line(client, evaluation, entry):
    ask_all_villages(evaluation)
    found = []
    for user in (make_user("OPERATOR", region=evaluation.region), clerk_of("63.10.02")):
        client.force_login(user)
        page = client.get(reverse("evaluations:districts", args=[evaluation.pk])).content.decode()
        found.append(("Kec 01" in page, "Kec 02" in page, "0/2" in page))

    assert found == [(True, True, True), (False, True, True)]


def test_region_without_places_types_its_percentage(client, evaluation):
    count_by(evaluation, "village")
    client.force_login(make_user("OPERATOR", region=evaluation.region))

    page = page_of(client, evaluation)

    assert ("Lembar centang" in page, "readonly" in page) == (False, False)


def test_offices_of_kecamatan_are_opened_once(client, evaluation, entry):
    make_office(evaluation.region, "kecamatan")
    client.force_login(make_user("OPERATOR", region=evaluation.region))

    for _ in range(2):
        client.post(reverse("evaluations:open_district_offices", args=[evaluation.pk]))

    assert list(District.objects.order_by("code").values_list("offices__name", "offices__part_of__code")) == [
        ("Kecamatan Kec 01", "kecamatan"), ("Kecamatan Kec 02", "kecamatan")
    ]  # fmt: skip


def test_stranger_finds_no_sheet(client, evaluation, entry):
    client.force_login(make_user("OPERATOR", region=make_region("63.05", "Tapin")))

    assert client.post(address(evaluation), fields({pks("Batulicin")[0]: "ya"})).status_code == 404


def test_ticks_keep_the_list_that_the_question_was_opened_from(client, evaluation, entry):
    client.force_login(make_user("OPERATOR", region=evaluation.region))
    trail = "klaster=K&dari=tugas&urut=2"
    one = pks("Batulicin")[0]

    page = client.get(f"{reverse('evaluations:question', args=[evaluation.pk, '2.1'])}?{trail}").content.decode()
    saved = client.post(f"{address(evaluation)}?{trail}", fields({one: "ya"}))
    conflict = client.post(f"{address(evaluation)}?{trail}", fields({one: "tidak"})).content.decode()

    kept = f"{address(evaluation)}?{trail}".replace("&", "&amp;")
    assert (kept in page, f"?{trail}#tempat-63.10.01" in saved["Location"], kept in conflict) == (True, True, True)


def test_saved_ticks_are_told_where_they_stand(client, evaluation, entry):
    client.force_login(make_user("OPERATOR", region=evaluation.region))

    page = client.post(address(evaluation), fields({pks("Batulicin")[0]: "ya"}), follow=True).content.decode()

    opened = re.findall(r'<details class="place-group" id="tempat-([\d.]+)" open>', page)
    assert (opened, page.count("Tersimpan: 1 tempat diperbarui.")) == (["63.10.01"], 1)


def test_refused_ticks_stay_on_the_page(client, evaluation, entry):
    operator = make_user("OPERATOR", region=evaluation.region)
    client.force_login(operator)
    one, two = pks("Batulicin", "Kampung Baru")
    send(evaluation, operator)

    refused = client.post(f"{address(evaluation)}?klaster=K&dari=tugas", fields({one: "ya", two: "tidak"}))

    page = refused.content.decode()
    ticked = re.findall(r'name="t-(\d+)" value="(ya|tidak)" checked', page)
    assert (refused.status_code, ticked, PlaceTick.objects.count()) == (409, [(str(one), "ya"), (str(two), "tidak")], 0)
    assert ("Centang di bawah belum disimpan" in page, "Kembali ke daftar" in page) == (True, True)


def next_step(client, evaluation):
    """Words and target of the hint above the question, and whether the target is on the page."""
    page = page_of(client, evaluation)
    target, words = re.search(r'class="next-step" href="#(\w+)">([^<]+?) <', page).groups()
    return words, target, f'id="{target}"' in page


@pytest.mark.parametrize(
    ("is_known", "is_lead", "step"),
    [
        (True, True, ("Isi lembar centang", "tempat", True)),
        (True, False, ("Lengkapi lembar centang dan bukti", "tempat", True)),
        (False, True, ("Isi jawaban", "jawaban", True)),
        (False, False, ("Tambahkan bukti", "bukti", True)),
    ],
)
def test_hint_leads_to_the_sheet_only_where_there_is_one(client, evaluation, is_known, is_lead, step):
    if is_known:
        make_places(evaluation.region)
    question = count_by(evaluation, "village").question
    office = make_office(evaluation.region, "dinkes")
    Responsibility.objects.filter(evaluation=evaluation, question=question).delete()
    Responsibility.objects.create(evaluation=evaluation, question=question, office=office, is_lead=is_lead)
    client.force_login(make_user("STAFF", office=office))

    tasks = client.get(reverse("evaluations:tasks", args=[evaluation.pk])).content.decode()

    assert (next_step(client, evaluation), f">{step[0]}<" in tasks) == (step, True)


def test_hint_knows_the_sheet_after_a_save_as_well(client, evaluation, entry):
    client.force_login(make_user("OPERATOR", region=evaluation.region))
    saved = client.post(
        reverse("evaluations:save", args=[evaluation.pk, "2.1"]), {"note": "x", "version": "0"},
        headers={"HX-Request": "true"},
    ).content.decode()  # fmt: skip

    assert 'href="#tempat">Isi lembar centang' in saved
