"""Pages of the plan: reading, editing in place, several at once, taking back; refusals in words; constant cost."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from evaluations.duties.plan import NOBODY, Duty, duties_of
from evaluations.models import DutyChange, Responsibility
from tests.evaluations.queries import statements
from tests.factories import NOW, make_evaluation, make_office, make_region, make_user, send

pytestmark = pytest.mark.django_db


@pytest.fixture
def operator(evaluation, client):
    user = make_user("OPERATOR", username="operator.uji", region=evaluation.region)
    client.force_login(user)
    return user


def plan(evaluation, query=""):
    return reverse("evaluations:duties", args=[evaluation.pk]) + query


def row(evaluation, code):
    return reverse("evaluations:duty", args=[evaluation.pk, code])


def pk_of(evaluation, code):
    return evaluation.cycle.instrument.questions.get(code=code).pk


def duty(evaluation, code):
    return duties_of(evaluation).get(pk_of(evaluation, code), NOBODY)


def fields(duty, **other):
    """What the form of a row sends."""
    given = {"seen": duty.token, "lead": duty.lead or "", "support": sorted(duty.support)}
    return {**given, "due_on": duty.due_on or "", **other}


def shown(response):
    return [row.entry.question.code for part in response.context["parts"] for g in part.groups for row in g.rows]


def test_plan_is_cut_down_by_cluster_indicator_office_and_missing_lead(client, evaluation, operator):
    health = make_office(evaluation.region, "dinkes")
    Responsibility.objects.filter(evaluation=evaluation, question__code__in=["1.2", "3.1"], is_lead=True).delete()

    found = {
        query: shown(client.get(plan(evaluation, query)))
        for query in (
            "",
            "?klaster=I",
            "?indikator=2",
            f"?kantor={health.pk}&klaster=K",
            "?tanpa=1",
            "?klaster=XX&indikator=&kantor=99999999999999999999&tanpa=ya",
        )  # fmt: skip
    }

    every = ["1.1", "1.2", "2.1", "2.2", "3.1", "3.2"]
    assert list(found.values()) == [every, ["3.1", "3.2"], ["2.1", "2.2"], ["1.1", "2.1", "2.2"], ["1.2", "3.1"], every]


def test_question_without_a_lead_is_an_alarm_on_plan_and_overview(client, evaluation, operator):
    quiet = client.get(plan(evaluation)).content.decode()
    Responsibility.objects.filter(evaluation=evaluation, question__code="1.2").delete()

    pages = [client.get(plan(evaluation)), client.get(reverse("evaluations:overview", args=[evaluation.pk]))]

    assert "belum punya penanggung jawab" not in quiet
    assert ["1 pertanyaan</b> belum punya penanggung jawab" in each.content.decode() for each in pages] == [True, True]


def test_staff_read_the_whole_plan_and_find_their_own_marked(client, evaluation):
    client.force_login(make_user("STAFF", office=make_office(evaluation.region, "disdik")))

    page = client.get(plan(evaluation))
    marked = [row.entry.question.code for p in page.context["parts"] for g in p.groups for row in g.rows if row.is_mine]

    assert (len(shown(page)), marked) == (6, ["2.1", "2.2", "3.1", "3.2"])
    assert ">Ubah<" not in page.content.decode()
    assert client.post(row(evaluation, "2.1"), fields(NOBODY)).status_code == 403


def test_row_is_changed_in_place_and_the_alarm_follows(client, evaluation, operator):
    standing, school = duty(evaluation, "1.1"), make_office(evaluation.region, "disdik").pk
    health = standing.lead
    in_two_weeks = NOW.date() + timedelta(days=14)

    opened = client.get(row(evaluation, "1.1"), headers={"HX-Request": "true"}).content.decode()
    given = fields(standing, lead=school, support=[health], due_on=in_two_weeks)
    saved = client.post(row(evaluation, "1.1"), given, headers={"HX-Request": "true"})

    assert ('name="lead"' in opened, "<html" in opened) == (True, False)
    assert duty(evaluation, "1.1") == Duty(school, frozenset({health}), in_two_weeks)
    text = saved.content.decode()
    assert ("Tersimpan" in text, "3 Juni 2025" in text, 'id="tanpa-penanggung-jawab" hx-swap-oob' in text) == (
        True, True, True
    )  # fmt: skip


def test_without_script_a_change_leads_back_to_the_filtered_list(client, evaluation, operator):
    standing = duty(evaluation, "2.1")

    saved = client.post(row(evaluation, "2.1") + "?klaster=K", fields(standing, support=[]))

    assert saved["Location"] == plan(evaluation, f"?klaster=K#d-{pk_of(evaluation, '2.1')}")
    assert duty(evaluation, "2.1") == Duty(standing.lead)


def test_supporter_who_is_made_the_lead_supports_no_more(client, evaluation, operator):
    standing = duty(evaluation, "2.1")
    (first, *others) = sorted(standing.support)

    client.post(row(evaluation, "2.1"), fields(standing, lead=first))

    assert duty(evaluation, "2.1") == Duty(first, frozenset(others), standing.due_on)


BAD = {
    "office of another region": ({"lead": "foreign"}, "tidak ada di daerah Anda"),
    "supporter from another region": ({"support": "foreign"}, "tidak ada di daerah Anda"),
    "no number": ({"lead": "dinkes"}, "tidak ada di daerah Anda"),
    "huge number": ({"lead": "9" * 400}, "tidak ada di daerah Anda"),
    "no date": ({"due_on": "kapan-kapan"}, "bukan tanggal"),
    "yesterday": ({"due_on": "2025-05-19"}, "sudah lewat"),
    "after the stage": ({"due_on": "2025-06-20"}, "melewati penutupan evaluasi mandiri, 19 Juni 2025"),
    "date of nobody": ({"lead": "", "due_on": "2025-05-25"}, "Tetapkan perangkat daerahnya lebih dulu"),
    "nothing seen": ({"seen": ""}, "Formulir ini tidak lengkap"),
    "forged seen": ({"seen": "a|b|c"}, "Formulir ini tidak lengkap"),
    "long seen": ({"seen": "1" * 1_000_000}, "Formulir ini tidak lengkap"),
    "NUL": ({"seen": "1\0||"}, "Formulir ini tidak lengkap"),
    "NUL as lead": ({"lead": "1\0"}, "tidak ada di daerah Anda"),
}


@pytest.mark.parametrize("case", BAD)
def test_bad_input_gets_a_sentence_and_changes_nothing(client, evaluation, operator, case):
    given, sentence = BAD[case]
    foreign = make_office(make_region("63.05", "Kabupaten Tapin"), "dinkes").pk
    standing = duty(evaluation, "1.1")
    words = {"lead": standing.lead, "foreign": foreign}

    response = client.post(
        row(evaluation, "1.1"), fields(standing) | {name: words.get(value, value) for name, value in given.items()}
    )

    assert (response.status_code, sentence in response.content.decode()) == (422, True)
    assert (duty(evaluation, "1.1"), DutyChange.objects.count()) == (standing, 0)


def test_second_editor_gets_both_versions_and_may_insist(client, evaluation, operator):
    standing, school = duty(evaluation, "1.1"), make_office(evaluation.region, "disdik").pk
    client.post(row(evaluation, "1.1"), fields(standing, lead=school))
    late = fields(standing, support=[school])

    met = client.post(row(evaluation, "1.1"), late, headers={"HX-Request": "true"})
    kept = duty(evaluation, "1.1")
    client.post(row(evaluation, "1.1"), late | {"seen": met.context["seen"]})

    assert (met.status_code, "penanggung jawab Dinas Pendidikan" in met.content.decode()) == (409, True)
    assert (kept, duty(evaluation, "1.1")) == (Duty(school), Duty(standing.lead, frozenset({school})))


def several(client, evaluation, query="", **given):
    return client.post(reverse("evaluations:duties_several", args=[evaluation.pk]) + query, given)


def test_ticked_questions_get_a_new_lead_and_keep_the_old_as_supporter(client, evaluation, operator):
    health, school = make_office(evaluation.region, "dinkes").pk, make_office(evaluation.region, "disdik").pk
    ticks = [f"{pk_of(evaluation, code)}:{duty(evaluation, code).token}" for code in ("1.1", "2.1")]

    several(client, evaluation, q=ticks, act="lead", office=school)

    assert [duty(evaluation, code) for code in ("1.1", "2.1", "1.2")] == [
        Duty(school, frozenset({health})), Duty(school, frozenset({health})), Duty(health)
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("act", "lead", "support"),
    [("support", "disdik", ["dinkes"]), ("remove", "disdik", []), ("lead", "dinkes", ["disdik"])],
)
def test_acts_on_all_that_is_shown(client, evaluation, operator, act, lead, support):
    codes = {code: make_office(evaluation.region, code).pk for code in ("dinkes", "disdik")}
    mark = client.get(plan(evaluation, "?klaster=I")).context["mark"]

    several(client, evaluation, "?klaster=I", scope="shown", tampil=mark, act=act, office=codes["dinkes"])

    wanted = Duty(codes[lead], frozenset(codes[each] for each in support))
    assert [duty(evaluation, code) for code in ("3.1", "3.2", "1.1")] == [wanted, wanted, Duty(codes["dinkes"])]


def test_date_for_a_whole_indicator_and_back(client, evaluation, operator):
    day = NOW.date() + timedelta(days=9)
    before = duties_of(evaluation)
    mark = client.get(plan(evaluation, "?indikator=2")).context["mark"]

    several(client, evaluation, "?indikator=2", scope="shown", tampil=mark, act="due", due_on=day)
    dated = sorted(pk for pk, each in duties_of(evaluation).items() if each.due_on == day)
    event = DutyChange.objects.latest("pk").event_id
    client.post(reverse("evaluations:duties_undo", args=[evaluation.pk, event]))

    assert (dated, duties_of(evaluation)) == ([pk_of(evaluation, "2.1"), pk_of(evaluation, "2.2")], before)


@pytest.mark.parametrize(
    ("given", "status"),
    [
        ({"act": "lead"}, 422),
        ({"act": "due", "due_on": "2024-01-01", "scope": "shown"}, 422),
        ({"act": "due"}, 422),  # nothing ticked
        ({"act": "tidak ada"}, 422),
        ({"act": "due", "due_on": "2025-05-30", "scope": "shown", "tampil": "lama"}, 409),
        ({"act": "due", "due_on": "2025-05-30", "q": ["{pk}:"]}, 409),
        ({"act": "due", "due_on": "2025-05-30", "q": ["999999:", "a", "{pk}0000000000000000000000000"]}, 422),
    ],
)
def test_act_on_several_that_cannot_be_done_changes_nothing(client, evaluation, operator, given, status):
    before, pk = duties_of(evaluation), pk_of(evaluation, "1.1")
    given = {name: [each.replace("{pk}", str(pk)) for each in value] if name == "q" else value
             for name, value in given.items()}  # fmt: skip

    response = several(client, evaluation, **given)

    assert (response.status_code, duties_of(evaluation)) == (status, before)
    assert 'role="alert"' in response.content.decode()


def test_sent_plan_is_changed_by_the_administrator_alone(client, evaluation, operator):
    send(evaluation, operator)
    standing = duty(evaluation, "2.1")
    answers = []
    for user in (operator, make_user("ADMIN")):
        client.force_login(user)
        answers.append(client.post(row(evaluation, "2.1"), fields(standing, support=[])).status_code)

    assert (answers, duty(evaluation, "2.1")) == ([403, 302], Duty(standing.lead))


def test_act_of_another_evaluation_cannot_be_undone_here(client, evaluation, operator):
    foreign = make_evaluation(make_region("63.05", "Kabupaten Tapin"), evaluation.cycle)
    client.force_login(make_user("ADMIN"))
    client.post(row(foreign, "2.1"), fields(duty(foreign, "2.1"), support=[]))
    client.force_login(operator)

    client.post(reverse("evaluations:duties_undo", args=[evaluation.pk, DutyChange.objects.get().event_id]))

    assert (duty(foreign, "2.1").support, DutyChange.objects.count()) == (frozenset(), 1)


def test_office_by_office_the_plan_adds_up(client, evaluation, operator):
    make_user("STAFF", office=make_office(evaluation.region, "disdik"))

    page = client.get(reverse("evaluations:duty_offices", args=[evaluation.pk]))

    lines = [
        (each.office.code, each.leads, str(each.points), each.supports, each.people) for each in page.context["lines"]
    ]
    assert lines == [("dinkes", 2, "600.00", 4, 0), ("disdik", 4, "450.00", 0, 1)]


@pytest.mark.parametrize("changes", [1, 3])
@pytest.mark.parametrize(("page", "count"), [("duties", 11), ("duty_offices", 9), ("duty", 10)])
def test_pages_cost_the_same_whatever_has_happened(client, evaluation, operator, page, count, changes):
    for code in ["2.1", "2.2", "1.1"][:changes]:
        client.post(row(evaluation, code), fields(duty(evaluation, code), support=[], due_on="2025-05-30"))
    url = reverse(f"evaluations:{page}", args=[evaluation.pk, "2.1"] if page == "duty" else [evaluation.pk])
    client.get(url)

    with CaptureQueriesContext(connection) as caught:
        client.get(url)

    assert len(statements(caught)) == count


def test_office_nobody_can_log_in_for_leads_to_a_new_account_for_it(client, evaluation, operator):
    health, school = make_office(evaluation.region, "dinkes"), make_office(evaluation.region, "disdik")
    make_user("STAFF", office=health)
    address = reverse("evaluations:duty_offices", args=[evaluation.pk])

    page = client.get(address).content.decode()
    form = client.get(reverse("accounts:user_new"), {"office": school.pk}).context["form"]
    client.force_login(make_user("LEADER", region=evaluation.region))
    leader = client.get(address).content.decode()

    door = f'href="{reverse("accounts:user_new")}?office='
    assert (f'{door}{school.pk}"' in page, f'{door}{health.pk}"' in page, door in leader) == (True, False, False)
    assert str(form["office"].value()) == str(school.pk)
