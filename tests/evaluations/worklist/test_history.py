"""What became of an answer: differences from save to save, and which office did what."""

from datetime import timedelta

import pytest

from evaluations import actions, claims
from evaluations.history import Change, contributions_to, history_of
from tests.evaluations.worklist.factories import answer_to, prove
from tests.factories import NOW, answer_question

pytestmark = pytest.mark.django_db


def save(evaluation, code, claim, note, by, minutes):
    """One save with a note, some minutes after NOW."""
    answer = answer_to(evaluation, code)
    at = NOW + timedelta(minutes=minutes)
    return actions.save_answer(answer=answer, version=answer.version, claim=claim, note=note, by=by, at=at)


def test_history_tells_what_each_save_changed_newest_first(evaluation, disdik, operator):
    question = answer_to(evaluation, "2.1").question
    options = list(question.options.all())
    save(evaluation, "2.1", claims.from_measure(question, options, 40), "", disdik, 1)
    save(evaluation, "2.1", claims.from_measure(question, options, 60), "Data BPS", operator, 2)
    save(evaluation, "2.1", claims.EMPTY, "Data BPS", operator, 3)

    found = [(each.by, each.office, each.changes) for each in history_of(answer_to(evaluation, "2.1"))]

    low, high = "Di atas 0% sampai 50%", "Di atas 50%"
    assert found == [
        ("Operator", "", [Change("Jawaban", high, ""), Change("Angka", "60", ""), Change("Nilai", "100,00", "")]),
        ("Operator", "", [Change("Jawaban", low, high), Change("Angka", "40", "60"),
                          Change("Nilai", "50,00", "100,00"), Change("Catatan", "", "Data BPS")]),
        ("Staff", "Dinas Pendidikan",
         [Change("Jawaban", "", low), Change("Angka", "", "40"), Change("Nilai", "", "50,00")]),
    ]  # fmt: skip


def test_contributions_are_told_by_office(evaluation, disdik, dinkes, operator):
    answer_question(evaluation, "2.1", 1, by=disdik)
    answer_question(evaluation, "2.1", 2, by=disdik, at=NOW + timedelta(minutes=2))
    use = prove(evaluation, "2.1", dinkes, title="Profil anak")
    answer_question(evaluation, "1.1", 2, by=operator)  # another question's

    found = contributions_to(answer_to(evaluation, "2.1"))

    assert [(each.office, each.saves, each.documents, each.people) for each in found] == [
        ("Dinas Pendidikan", 2, [], ["Staff"]),
        ("Dinas Kesehatan", 0, [(use.evidence_id, "Profil anak", "Staff")], ["Staff"]),
    ]


def test_page_shows_differences_and_contributors(client, evaluation, disdik):
    answer_question(evaluation, "2.1", 1, by=disdik)
    answer_question(evaluation, "2.1", 2, by=disdik)
    client.force_login(disdik)

    page = client.get(f"/evaluasi/{evaluation.pk}/pertanyaan/2.1/").content.decode()

    shown = ["<del>50,00</del>", "<ins>100,00</ins>", "Siapa mengerjakan apa", "2 kali menyimpan"]
    assert [text for text in shown if text not in page] == []
