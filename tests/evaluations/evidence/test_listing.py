"""Lists of evidence: what they say, and that they ask the database as often for three as for one."""

import pytest

from evaluations.evidence import listing
from tests.evaluations.evidence import good_files
from tests.evaluations.evidence.factories import attach

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("count", [1, 3])
def test_uses_for_needs_two_queries_for_any_number(evaluation, operator, count, django_assert_num_queries):
    for number in range(1, count + 1):
        attach(evaluation, operator, good_files.pdf(number), code=f"{number}.1")
    ids = list(evaluation.answers.values_list("pk", flat=True))

    with django_assert_num_queries(2):
        found = listing.uses_for(ids, operator)

    assert (set(found), sum(map(len, found.values()))) == (set(ids), count)


@pytest.mark.parametrize("count", [1, 3])
def test_library_needs_the_same_queries_for_any_number(client, evaluation, operator, count, django_assert_num_queries):
    for number in range(1, count + 1):
        attach(evaluation, operator, good_files.pdf(number), code=f"{number}.1")
    address = f"/evaluasi/{evaluation.pk}/bukti/"
    client.force_login(operator)
    client.get(address)

    with django_assert_num_queries(9):
        page = client.get(address).content.decode()

    assert page.count('<article class="proof">') == count


@pytest.mark.parametrize(
    ("words", "names"),
    [("gugus", ["SK Gugus Tugas"]), ("2.1", ["Foto"]), ("gugus 2.1", []), ("", ["Foto", "SK Gugus Tugas"])],
)
def test_library_finds_by_words_and_by_question(evaluation, operator, words, names):
    attach(evaluation, operator)
    attach(evaluation, operator, good_files.picture(), code="2.1", name="Foto.jpg")

    assert [row.title for row in listing.rows(list(listing.library(evaluation, operator, words=words)))] == names


def test_row_names_the_other_questions_it_proves(evaluation, operator):
    for code in ("3.1", "1.1", "2.1"):
        attach(evaluation, operator, code=code)
    answer = evaluation.answers.get(question__code="2.1")

    row = listing.uses_for([answer.pk], operator)[answer.pk][0]

    assert (row.others, row.document.codes, row.document.kind_name) == (("1.1", "3.1"), ("1.1", "2.1", "3.1"), "PDF")
    assert listing.counts_for([answer.pk], operator) == {answer.pk: 1}
