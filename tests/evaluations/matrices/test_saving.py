"""Saving a table through its form: what is stored, refused and kept on the screen; two people at once."""

import json
import re
from html import unescape

import pytest

from accounts.models import AuditEvent
from evaluations.matrices import actions
from evaluations.matrices.checks import empty_matrices
from evaluations.models import Answer, MatrixVersion
from tests.evaluations.matrices.tables import CODE, ROW, TYPED, address, fields, keep, rows, stored
from tests.factories import NOW, answer_all, make_office, make_region, make_user, send

pytestmark = pytest.mark.django_db
HTMX = {"HTTP_HX_REQUEST": "true"}


def save(client, evaluation, *typed, **more):
    return client.post(address(evaluation), fields(*typed, **more), **HTMX)


def test_typed_rows_are_stored_as_a_version_with_its_trail(client, evaluation, operator):
    answer = save(client, evaluation, TYPED, {"mitra": "", "jenis": ""}, {"mitra": "Radio Suara"})

    version = MatrixVersion.objects.get()
    assert (answer.status_code, "Tersimpan, 2 baris." in answer.content.decode()) == (200, True)
    assert (version.rows, version.version, version.row_count) == ([ROW, {"mitra": "Radio Suara"}], 1, 2)
    assert (version.saved_by, version.saved_at, version.is_current) == (operator, NOW, True)
    event = AuditEvent.objects.get(action="matrix.saved")
    assert (event.details["rows"], event.details["version"]) == (2, 1)


def test_browser_without_script_is_led_back_to_the_question(client, evaluation, operator):
    answer = client.post(address(evaluation), fields(TYPED))

    assert (answer.status_code, answer["Location"]) == (302, address(evaluation, "question") + "#matriks")


def test_rows_as_one_field_keep_their_order_and_leave_out_deleted_ones(client, evaluation, operator):
    typed = json.dumps([{"mitra": "B"}, {"mitra": "A", "hapus": "1"}, {"mitra": "C", "asing": "x"}])

    save(client, evaluation, isi=typed)

    assert stored() == [{"mitra": "B"}, {"mitra": "C"}]


def test_only_the_stretch_that_was_shown_is_replaced(client, evaluation, operator):
    keep(evaluation, rows(5))

    save(client, evaluation, {"mitra": "Baru"}, {"mitra": "Mitra 3", "hapus": "1"}, version=1, start=1, held=2)

    assert [row["mitra"] for row in stored()] == ["Mitra 1", "Baru", "Mitra 4", "Mitra 5"]
    assert MatrixVersion.objects.count() == 2


def test_faults_stand_at_their_cells_and_nothing_typed_is_lost(client, evaluation, operator):
    keep(evaluation, rows(1))
    wrong = {"mitra": "", "jenis": "Radio", "anak": "12.5", "mulai": "31-02-2024"}

    answer = save(client, evaluation, {"mitra": "Tetap ada"}, wrong, version=1, held=1)

    page = answer.content.decode()
    assert (answer.status_code, stored()) == (422, rows(1))
    for sentence in ("Kolom ini wajib diisi.", "Pilih salah satu: Media, Dunia usaha.", "misalnya 1.234,5.",
                     "misalnya 31-12-2024."):  # fmt: skip
        assert page.count(sentence) == 1
    for typed in ("Tetap ada", 'value="12.5"', 'value="31-02-2024"', '<option value="Radio" selected>'):
        assert typed in page
    assert page.count('aria-invalid="true"') == 4


def test_more_room_is_given_without_script_and_without_saving(client, evaluation, operator):
    answer = client.post(address(evaluation), fields(TYPED, tambah="1"))

    page = answer.content.decode()
    assert (answer.status_code, stored(), 'value="1.234,5"' in page) == (200, None, True)
    assert page.count('<tr class="matrix-row') == 1 + 5 + 1  # typed, spare, the one a script copies


def test_same_request_twice_has_one_effect(client, evaluation, operator):
    first, second = (save(client, evaluation, TYPED) for _ in range(2))

    assert (first.status_code, second.status_code, MatrixVersion.objects.count()) == (200, 200, 1)


def test_second_of_two_people_is_shown_both_tables(client, evaluation, operator):
    keep(evaluation, [{"mitra": "Lama"}])
    keep(evaluation, [{"mitra": "Lama", "anak": "3"}, {"mitra": "Punya Budi"}], 1)

    answer = save(client, evaluation, {"mitra": "Lama"}, {"mitra": "Punya saya"}, version=1, held=1)

    page = answer.content.decode()
    assert (answer.status_code, len(stored()), "Punya Budi" in page, "Punya saya" in page) == (409, 2, True, True)
    offers = [unescape(each) for each in re.findall(r'name="isi" value="([^"]*)"', page)]
    both = [{"mitra": "Lama", "anak": "3"}, {"mitra": "Punya Budi"}, {"mitra": "Punya saya"}]
    assert [json.loads(offer) for offer in offers] == [both, [{"mitra": "Lama"}, {"mitra": "Punya saya"}]]
    save(client, evaluation, version=2, cara="semua", isi=offers[0])
    assert stored() == both


def test_table_of_another_request_is_not_overwritten_by_a_forged_version(client, evaluation, operator):
    keep(evaluation, rows(2))

    answers = [save(client, evaluation, TYPED, version=version) for version in (0, 7)]

    assert ([answer.status_code for answer in answers], stored()) == ([409, 409], rows(2))


@pytest.mark.parametrize(
    ("role", "office", "status"),
    [("STAFF", "disdik", 200), ("STAFF", "dinkes", 200), ("STAFF", "polres", 404), ("REVIEWER", "", 403),
     ("LEADER", "", 403), ("ADMIN", "", 403), ("VERIFIER", "", 404)],
)  # fmt: skip
def test_all_offices_of_the_question_fill_it_in_and_nobody_else(client, evaluation, role, office, status):
    user = make_user(role, office=make_office(evaluation.region, office)) if office else make_user(role)
    client.force_login(user)

    answer = save(client, evaluation, TYPED)

    assert (answer.status_code, MatrixVersion.objects.exists()) == (status, status == 200)


def test_people_of_other_regions_and_questions_without_a_table_are_not_found(client, evaluation, operator):
    here = client.post(address(evaluation, code="1.1"), fields(TYPED))
    client.force_login(make_user("OPERATOR", region=make_region("63.05")))
    there = client.post(address(evaluation), fields(TYPED))

    assert (here.status_code, there.status_code, MatrixVersion.objects.exists()) == (404, 404, False)


def test_sent_evaluation_keeps_its_tables(client, evaluation, operator):
    keep(evaluation, rows(1))
    send(evaluation, operator)

    answers = [save(client, evaluation, TYPED, version=1),
               client.post(address(evaluation, "restore_matrix", version=1), {"versi": 1})]  # fmt: skip

    assert ([answer.status_code for answer in answers], stored()) == ([409, 302], rows(1))
    assert "sudah dikirim" in answers[0].content.decode()


def test_closed_window_keeps_the_table_and_says_when(client, evaluation, operator):
    evaluation.cycle.windows.filter(stage="EM").update(closes_at=NOW)

    answer = save(client, evaluation, TYPED)

    page = answer.content.decode()
    assert (answer.status_code, stored(), "sudah ditutup" in page, "PT Maju" in page) == (409, None, True, True)


def test_claim_worth_something_with_an_empty_table_is_told(evaluation, operator):
    answer_all(evaluation)
    asked = Answer.objects.get(evaluation=evaluation, question__code=CODE).question_id

    before = empty_matrices(evaluation)
    keep(evaluation, rows(1))
    filled = empty_matrices(evaluation)
    keep(evaluation, [], 1)

    assert (before, filled, empty_matrices(evaluation)) == ({asked}, set(), {asked})


def test_older_table_comes_back_as_a_new_version(client, evaluation, operator):
    old = keep(evaluation, rows(2))
    keep(evaluation, rows(1), 1)

    answer = client.post(address(evaluation, "restore_matrix", version=old.version), {"versi": 2})

    assert (answer.status_code, stored(), MatrixVersion.objects.count()) == (302, rows(2), 3)
    assert MatrixVersion.objects.current().get().origin == MatrixVersion.Origin.RESTORED


@pytest.mark.parametrize("seen", ["1", "", "x", "99999999999999999999"])
def test_older_table_does_not_come_back_over_something_newer(client, evaluation, operator, seen):
    keep(evaluation, rows(2))
    keep(evaluation, rows(1), 1)

    client.post(address(evaluation, "restore_matrix", version=1), {"versi": seen})

    assert stored() == rows(1)


def test_table_is_full_at_a_thousand_rows(evaluation, operator):
    keep(evaluation, rows(1000))

    with pytest.raises(actions.TooManyRows, match=r"1\.001 baris, paling banyak 1\.000"):
        keep(evaluation, rows(1001), 1)
    assert len(stored()) == 1000
