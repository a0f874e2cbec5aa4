"""Lists of evidence: what they say, and that they ask the database as often for three as for one."""

from datetime import date

import pytest
from django.core.files.base import ContentFile
from django.db import connection

from evaluations.evidence import actions, library, listing
from evaluations.models import Evidence, EvidenceText, EvidenceUse, EvidenceWarning
from tests.evaluations.evidence import good_files
from tests.evaluations.evidence.factories import attach
from tests.factories import NOW, make_office, make_user, send

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("count", [1, 3])
def test_uses_for_needs_three_queries_for_any_number(evaluation, operator, count, django_assert_num_queries):
    for number in range(1, count + 1):
        attach(evaluation, operator, good_files.pdf(number), code=f"{number}.1")
    ids = list(evaluation.answers.values_list("pk", flat=True))

    with django_assert_num_queries(3):
        found = listing.uses_for(ids, operator)

    assert (set(found), sum(map(len, found.values()))) == (set(ids), count)


@pytest.mark.parametrize("count", [1, 3])
def test_library_needs_the_same_queries_for_any_number(client, evaluation, operator, count, django_assert_num_queries):
    for number in range(1, count + 1):
        attach(evaluation, operator, good_files.pdf(number), code=f"{number}.1")
    address = f"/evaluasi/{evaluation.pk}/bukti/"
    client.force_login(operator)
    client.get(address)

    with django_assert_num_queries(12):
        page = client.get(address).content.decode()

    assert page.count('<article class="proof">') == count


@pytest.mark.parametrize(
    ("words", "names"),
    [
        ("gugus", ["SK Gugus Tugas"]), ("2.1", ["Foto"]), ("gugus 2.1", []), ("posyandu", ["SK Gugus Tugas"]),
        ("188.46", ["Foto"]), ("", ["Foto", "SK Gugus Tugas"]),
    ],
)  # fmt: skip
def test_library_finds_by_words_number_contents_and_question(evaluation, operator, words, names):
    decree = attach(evaluation, operator).evidence
    EvidenceText.objects.create(evidence=decree, text="Tentang kader posyandu", read_at=NOW)
    photo = attach(evaluation, operator, good_files.picture(), code="2.1", name="Foto.jpg").evidence
    Evidence.objects.filter(pk=photo.pk).update(number="188.46/12")

    assert titles(evaluation, operator, words=words) == names


def titles(evaluation, user, **chosen):
    return [each.title for each in library.documents(evaluation, user, library.Chosen(**chosen))]


def test_library_narrows_by_kind_office_year_and_mark(evaluation, operator):
    office = make_office(evaluation.region)
    warned = attach(evaluation, make_user("STAFF", office=office), name="A.pdf").evidence
    loose = attach(evaluation, operator, good_files.pdf(2), name="B.pdf")
    taken_over = attach(evaluation, operator, good_files.pdf(3), name="C.pdf")
    Evidence.objects.filter(pk=warned.pk).update(document_kind="SK", dated_on=date(2024, 6, 12))
    EvidenceWarning.objects.create(evidence=warned, code="UNDATED", found_at=NOW)
    EvidenceUse.objects.filter(pk=taken_over.pk).update(needs_check=True)
    actions.detach(use=loose, by=operator, at=NOW)

    found = [
        titles(evaluation, operator, **chosen)
        for chosen in (
            {"kind": "SK"}, {"office": office.pk}, {"year": 2024}, {"mark": "peringatan"}, {"mark": "belum"},
            {"mark": "periksa"}, {"kind": "SK", "mark": "belum"},
        )
    ]  # fmt: skip

    assert found == [["A"], ["A"], ["A"], ["A"], ["B"], ["C"], []]


def test_library_hides_the_regions_doubts_from_a_verifier(evaluation, operator):
    evidence = attach(evaluation, operator).evidence
    EvidenceWarning.objects.create(evidence=evidence, code="UNDATED", found_at=NOW)
    send(evaluation, operator)
    verifier = make_user("VERIFIER", region=evaluation.region)

    doubts = [len(listing.rows([evidence], user)[0].doubts) for user in (operator, verifier)]

    assert (doubts, titles(evaluation, verifier, mark="peringatan")) == ([1, 0], ["SK Gugus Tugas"])


def test_verifier_is_not_told_what_the_region_has_not_looked_at_again(client, evaluation, operator):
    use = attach(evaluation, operator)
    attach(evaluation, operator, good_files.pdf(2))
    EvidenceUse.objects.filter(pk=use.pk).update(needs_check=True)
    upload = ContentFile(good_files.pdf(3), "SK baru.pdf")
    said = {"answers": [use.answer_id], "by": operator, "at": NOW, "reason": "Yang lama hanya sampul."}
    fresh = actions.replace(evidence=Evidence.objects.order_by("-pk")[0], upload=upload, **said)
    send(evaluation, operator)
    verifier, found = make_user("VERIFIER", region=evaluation.region), []
    for user in (operator, verifier):
        client.force_login(user)
        uses = listing.uses_for([use.answer_id], user)[use.answer_id]
        row = listing.rows([use.evidence], user)[0]
        viewer = client.get(f"/evaluasi/{evaluation.pk}/bukti/{fresh.pk}/").content.decode()
        found.append(([each.needs_check for each in uses], row.needs_check, "hanya sampul" in viewer))

    assert found == [([True, False], True, True), ([False, False], False, False)]
    assert len(titles(evaluation, verifier, mark="periksa")) == 2


def test_library_page_makes_nothing_of_nonsense(client, evaluation, operator):
    attach(evaluation, operator)
    client.force_login(operator)

    odd = {"jenis": "X", "opd": "9" * 30, "tahun": "-1", "tanda": "x", "cari": "%", "halaman": "99999999999"}
    page = client.get(f"/evaluasi/{evaluation.pk}/bukti/", odd)

    assert (page.status_code, "Tidak ada dokumen yang cocok" in page.content.decode()) == (200, True)


def test_row_names_the_other_questions_it_proves(evaluation, operator):
    for code in ("3.1", "1.1", "2.1"):
        attach(evaluation, operator, code=code)
    answer = evaluation.answers.get(question__code="2.1")

    row = listing.uses_for([answer.pk], operator)[answer.pk][0]

    assert (row.others, row.document.codes, row.document.kind_name) == (("1.1", "3.1"), ("1.1", "2.1", "3.1"), "PDF")
    assert listing.counts_for([answer.pk], operator) == {answer.pk: 1}


@pytest.mark.skipif(connection.vendor != "postgresql", reason="SQLite searches the letters")
def test_library_on_postgresql_knows_the_forms_of_a_word(evaluation, operator):
    decree = attach(evaluation, operator, name="A.pdf").evidence
    EvidenceText.objects.create(evidence=decree, text="Forum Anak dibentuk pada tahun 2024", read_at=NOW)

    found = [titles(evaluation, operator, words=words) for words in ("pembentukan", "bentuk forum", "rapat")]

    assert found == [["A"], ["A"], []]
