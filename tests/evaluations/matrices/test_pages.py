"""Tables on pages: what they show to whom, how many queries they cost, what has changed between versions."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from accounts.models import District, Office
from clusters.matrices import Column
from evaluations.matrices.differences import difference, merged
from evaluations.matrices.rows import columns_of
from evaluations.matrices.table import page_size, table_of
from evaluations.models import Answer, MatrixVersion, Responsibility
from tests.evaluations.matrices.tables import CODE, COLUMNS, TYPED, address, fields, give_columns, keep, rows, stored
from tests.evaluations.queries import statements
from tests.factories import make_office, make_user, send


@pytest.mark.django_db
def test_table_costs_the_same_at_any_length(evaluation, operator):
    counts = []
    for version, count in enumerate((0, 1, 3, 60)):
        keep(evaluation, rows(count), version)
        answer = Answer.objects.select_related("question").get(evaluation=evaluation, question__code=CODE)
        with CaptureQueriesContext(connection) as captured:
            list(table_of(answer, evaluation, answer.question, can_edit=True).history)
        counts.append(len(statements(captured)))

    assert counts == [2, 2, 2, 2]


@pytest.mark.django_db
def test_question_without_a_table_shows_none(client, evaluation, operator):
    pages = [client.get(address(evaluation, "question", code=code)).content.decode() for code in ("1.1", CODE)]

    assert ['id="matriks"' in page for page in pages] == [False, True]


@pytest.mark.django_db
def test_long_table_is_edited_a_page_at_a_time_within_what_a_form_may_carry(client, evaluation, operator):
    keep(evaluation, rows(60))

    first, second = (client.get(address(evaluation, "matrix"), {"hal": page}).content.decode() for page in (1, 2))

    assert ("Baris 1 sampai 40 dari 60" in first, "Baris 41 sampai 60 dari 60" in second) == (True, True)
    assert ("Mitra 41<" in first, "Mitra 41<" in second, "Mitra 40<" in second) == (False, True, False)
    assert all((page_size(COLUMNS[:1] * count) + 3) * (count + 1) < 380 for count in range(1, 17))


@pytest.mark.django_db
@pytest.mark.parametrize("role", ["LEADER", "REVIEWER", "ADMIN"])
def test_others_of_the_region_read_what_they_may_not_change(client, evaluation, operator, role):
    keep(evaluation, [{"mitra": "PT Maju", "anak": "1234.5", "mulai": "2024-01-05"}])
    client.force_login(make_user(role, region=evaluation.region))

    page = client.get(address(evaluation, "question")).content.decode()

    assert ("PT Maju" in page, "1.234,5" in page, "05-01-2024" in page) == (True, True, True)
    assert ("Simpan matriks" in page, "Tempel dari Excel" in page) == (False, False)


@pytest.mark.django_db
def test_office_without_the_question_finds_no_door(client, evaluation, operator):
    keep(evaluation, rows(1))
    client.force_login(make_user("STAFF", office=make_office(evaluation.region, "polres")))

    doors = [client.get(address(evaluation, name)) for name in ("matrix", "matrix_template")]
    doors.append(client.get(address(evaluation, "matrix_version", version=1)))
    doors += [client.post(address(evaluation, name)) for name in ("paste_matrix", "upload_matrix")]

    assert [door.status_code for door in doors] == [404] * 5


@pytest.mark.django_db
def test_sent_table_is_read_only_and_the_verifier_reads_it(client, evaluation, operator):
    keep(evaluation, rows(1))
    send(evaluation, operator)
    client.force_login(make_user("VERIFIER", region=evaluation.region))

    page = client.get(address(evaluation, "matrix")).content.decode()

    assert ("Mitra 1" in page, "Simpan matriks" in page) == (True, False)


@pytest.mark.django_db
def test_version_shows_what_changed_since(client, evaluation, operator):
    keep(evaluation, [{"mitra": "A", "anak": "1"}, {"mitra": "B"}])
    keep(evaluation, [{"mitra": "A", "anak": "2"}, {"mitra": "B"}, {"mitra": "C"}], 1)

    page = client.get(address(evaluation, "matrix_version", version=1)).content.decode()

    assert ("Baris 1 berbeda" in page, "Hanya di tabel sekarang" in page, "1 baris sama" in page) == (True, True, True)
    assert "Pulihkan versi ini" in page


def test_difference_tells_changed_added_and_removed_rows():
    columns = (Column("a", "A"),)

    found = difference(columns, [{"a": "1"}, {"a": "2"}, {"a": "3"}], [{"a": "1"}, {"a": "zwei"}])

    changes = [(each.kind, each.number, each.cells[0].before, each.cells[0].after) for each in found.changes]
    assert changes == [("changed", 2, "2", "zwei"), ("removed", 3, "3", "")]
    assert (found.count, found.same, found.hidden) == (2, 1, 0)


A, B, C, D, E = ({"a": letter} for letter in "ABCDE")


@pytest.mark.parametrize(
    ("base", "theirs", "mine", "both", "behind"),
    [
        ([A, B], [A, B, C], [A, B, D], [A, B, C, D], 0),
        ([A, B], [A, B, C], [A, D], [A, D, C], 0),
        ([A, B], [A, C], [A, D], [A, C, D], 1),
        ([A, B], [A, C], [A], [A, C], 0),
        ([A, B], [A, B, C], [B], [B, C], 0),
        ([], [A], [B], [A, B], 0),
        ([A], [], [A, B], [B], 0),
        ([A], [B, C], [B, C], [B, C], 1),
    ],
)
def test_merging_keeps_both_peoples_changes(base, theirs, mine, both, behind):
    assert merged(base, theirs, mine) == (both, behind)


@pytest.mark.django_db
def test_columns_that_are_not_asked_for_any_more_stay_while_they_hold_something(evaluation, operator):
    version = keep(evaluation, [{"mitra": "A", "mulai": "2024-01-05"}])
    give_columns(COLUMNS[:2])
    question = Answer.objects.select_related("question").get(evaluation=evaluation, question__code=CODE).question

    assert [column.code for column in columns_of(question, version)] == ["mitra", "jenis", "mulai"]
    assert columns_of(question, None) == COLUMNS[:2]
    assert MatrixVersion.objects.get().rows == [{"mitra": "A", "mulai": "2024-01-05"}]


@pytest.mark.django_db
def test_kecamatan_reads_the_regions_table_and_changes_nothing(client, evaluation, operator):
    """It fills its rows of the tick sheets; a table speaks for the whole region."""
    keep(evaluation, rows(1))
    question = evaluation.cycle.instrument.questions.get(code=CODE)
    everybody = make_office(evaluation.region, "kecamatan")
    Responsibility.objects.create(evaluation=evaluation, question=question, office=everybody, is_lead=False)
    district = District.objects.create(region=evaluation.region, code="63.10.01", name="Batulicin")
    part = Office.objects.create(
        region=evaluation.region, code="kecamatan-1", name="Kecamatan Batulicin", part_of=everybody, district=district
    )
    client.force_login(make_user("STAFF", office=part))

    page = client.get(address(evaluation, "matrix"))
    saved = client.post(address(evaluation), fields(TYPED, version=1))
    restored = client.post(address(evaluation, "restore_matrix", version=1), {"versi": 1})

    assert (page.status_code, saved.status_code, restored.status_code) == (200, 403, 403)
    assert ("Mitra 1" in page.content.decode(), stored()) == (True, rows(1))
