"""What no honest browser sends, and what honest people paste: a clear sentence, nothing half-done, never a 500."""

import json

import pytest

from evaluations.models import MatrixVersion
from tests.evaluations.matrices.tables import address, fields, keep, rows, stored

pytestmark = pytest.mark.django_db
HTMX = {"HTTP_HX_REQUEST": "true"}


@pytest.mark.parametrize("version", ["", "x", "-1", "1.5", "99999999999999999999", "1\0"])
def test_version_that_is_none_asks_to_load_the_page_again(client, evaluation, operator, version):
    answer = client.post(address(evaluation), fields({"mitra": "A"}, version=version), **HTMX)

    assert (answer.status_code, stored(), "Muat ulang halaman" in answer.content.decode()) == (422, None, True)


@pytest.mark.parametrize(
    "text", ["[", "{}", "[1]", '"a"', "[" * 100_000, '[{"mitra": "A"}', "[null]", "1" * 5000, "NaN", "\0"]
)
def test_rows_that_are_none_are_refused(client, evaluation, operator, text):
    answer = client.post(address(evaluation), fields(isi=text), **HTMX)

    assert (answer.status_code, stored()) == (422, None)


@pytest.mark.parametrize("cell", [5, None, ["a"], {"a": 1}, True])
def test_cells_that_are_no_text_are_empty(client, evaluation, operator, cell):
    client.post(address(evaluation), fields(isi=json.dumps([{"mitra": "A", "anak": cell}])), **HTMX)

    assert stored() == [{"mitra": "A"}]


@pytest.mark.parametrize("text", ["a\0b", "\0", "a\ud800", "a" * 501, "a" * 200_000])
def test_cell_that_cannot_be_kept_is_marked(client, evaluation, operator, text):
    answer = client.post(address(evaluation), fields(isi=json.dumps([{"mitra": text}])), **HTMX)

    assert (answer.status_code, stored(), answer.content.decode().count('class="field-error"')) == (422, None, 1)


def test_a_megabyte_in_one_cell_is_refused_whole(client, evaluation, operator):
    keep(evaluation, rows(1))

    answer = client.post(address(evaluation), fields({"mitra": "a" * 1_100_000}, version=1), **HTMX)

    assert (answer.status_code, stored()) == (400, rows(1))


@pytest.mark.parametrize("cell", ["=1+1", "@SUM(A1)", "<script>alert(1)</script>", "{{ 7*191 }}", "'; DROP TABLE x;--"])
def test_words_stay_words(client, evaluation, operator, cell):
    client.post(address(evaluation), fields({"mitra": cell}), **HTMX)

    page = client.get(address(evaluation, "question")).content.decode()
    assert (stored(), "<script>alert" in page, "1337" in page) == ([{"mitra": cell}], False, False)


def test_start_beyond_the_table_appends_and_a_huge_stretch_ends_with_it(client, evaluation, operator):
    keep(evaluation, rows(2))

    client.post(address(evaluation), fields({"mitra": "C"}, version=1, start=500, held=500), **HTMX)

    assert stored() == [*rows(2), {"mitra": "C"}]


def test_repeated_fields_and_foreign_columns_do_no_harm(client, evaluation, operator):
    body = "versi=0&versi=0&b1-mitra=A&b1-mitra=B&b1-asing=x&b1-__class__=x&bx-mitra=y&b9999999-mitra=z"

    client.post(address(evaluation), body, content_type="application/x-www-form-urlencoded", **HTMX)

    assert stored() == [{"mitra": "B"}]


def test_too_many_rows_are_refused_and_what_is_stored_stays(client, evaluation, operator):
    keep(evaluation, rows(990))

    answer = client.post(address(evaluation), fields(version=1, cara="akhir", isi=json.dumps(rows(11))), **HTMX)

    page = answer.content.decode()
    assert (answer.status_code, len(stored()), "1.001 baris, paling banyak 1.000" in page) == (422, 990, True)


@pytest.mark.parametrize("name", ["matrix_version", "restore_matrix"])
@pytest.mark.parametrize("version", [2, 10**12])
def test_version_that_never_was_is_not_found(client, evaluation, operator, name, version):
    keep(evaluation, rows(1))
    method = client.post if name == "restore_matrix" else client.get

    assert method(address(evaluation, name, version=version), {"versi": 1}).status_code == 404
    assert MatrixVersion.objects.count() == 1


@pytest.mark.parametrize("page", ["0", "-1", "x", "99999", "999999999999", "1\0"])
def test_page_that_is_none_is_the_first_or_the_last(client, evaluation, operator, page):
    keep(evaluation, rows(60))

    answer = client.get(address(evaluation, "matrix"), {"hal": page})

    assert answer.status_code in ((400,) if "\0" in page else (200,))
