"""A workbook meets what others have done meanwhile."""

from datetime import timedelta
from decimal import Decimal

import pytest
from django.urls import reverse

from accounts.models import District, Office
from evaluations import windows
from evaluations.actions import AlreadySubmitted
from evaluations.claims import EMPTY
from evaluations.models import Answer, Import, PlaceTick, Responsibility
from evaluations.workbooks import actions, undoing
from evaluations.workbooks.refusals import ImportClosed, Moved
from notices.models import Notice
from tests.evaluations.workbooks.books import Book, claims, confirmed, history, kinds, made, received
from tests.factories import NOW, answer_question, make_office, make_user, send

pytestmark = pytest.mark.django_db
LATER = NOW + timedelta(hours=2)


@pytest.fixture
def operator(evaluation):
    return make_user("OPERATOR", region=evaluation.region)


@pytest.fixture
def book(evaluation):
    """A workbook in which 1.1 and 1.2 were answered; then the portal moved on in 1.1 and 3.2."""
    answer_question(evaluation, "1.1", 0)
    book = Book(made(evaluation)).fill("1.1", option="Seluruhnya").fill("1.2", option="Seluruhnya")
    answer_question(evaluation, "1.1", 1, at=LATER)
    answer_question(evaluation, "3.2", 1, at=LATER)
    return book


def test_only_what_both_sides_touched_is_a_conflict(evaluation, operator, book):
    _, comparison = received(evaluation, book, operator)
    row = comparison.conflicts[0]

    assert kinds(comparison) == {
        "1.1": "CONFLICT", "1.2": "NEW", "2.1": "SAME", "2.2": "SAME", "3.1": "SAME", "3.2": "SAME",
    }  # fmt: skip
    assert (row.standing_option, row.standing.points, row.option, row.claim.points) == (
        "Sebagian", Decimal(200), "Seluruhnya", Decimal(400),
    )  # fmt: skip
    assert [each.remark for each in comparison.same][-1] == "Diubah di portal setelah buku kerja dibuat."


def test_conflict_names_the_person_and_the_office_that_saved(evaluation, operator):
    staff = make_user("STAFF", username="staf.dinkes", office=make_office(evaluation.region))
    staff.first_name = "Siti Aminah"
    staff.save()
    book = Book(made(evaluation)).fill("1.1", option="Seluruhnya").fill("1.2", option="Seluruhnya")
    answer_question(evaluation, "1.1", 1, by=staff, at=LATER)
    answer_question(evaluation, "1.2", 1, by=operator, at=LATER)

    _, comparison = received(evaluation, book, operator)

    assert [row.standing.saved_by for row in comparison.conflicts] == ["Siti Aminah, Dinas Kesehatan", str(operator)]


@pytest.mark.parametrize(("wins", "points", "version"), [((), 200, 2), (("1.1",), 400, 3)])
def test_portal_stays_unless_the_person_chooses_the_workbook(evaluation, operator, book, wins, points, version):
    found, comparison = received(evaluation, book, operator)
    confirmed(found, comparison, operator, wins=wins)

    standing = claims(evaluation)
    assert standing["1.1"][0::4] == (Decimal(points), version)
    assert standing["1.2"][0] == Decimal(200)
    assert standing["3.2"][0] == Decimal(50)


def test_same_change_on_both_sides_is_no_conflict(evaluation, operator):
    book = Book(made(evaluation)).fill("1.1", option="Seluruhnya")
    answer_question(evaluation, "1.1", 2)

    _, comparison = received(evaluation, book, operator)

    assert kinds(comparison)["1.1"] == "SAME"


def test_change_between_preview_and_confirmation_writes_nothing(evaluation, operator, book):
    found, comparison = received(evaluation, book, operator)
    answer_question(evaluation, "1.2", 1, at=LATER)
    before, kept = claims(evaluation), history(evaluation)

    with pytest.raises(Moved):
        confirmed(found, comparison, operator, wins=("1.1",))

    assert (claims(evaluation), history(evaluation)) == (before, kept)
    assert kinds(actions.compare_now(found, operator))["1.2"] == "CONFLICT"
    found.refresh_from_db()
    assert found.state == Import.State.PREVIEW


def test_change_of_an_answer_that_is_not_written_does_not_disturb(evaluation, operator, book):
    found, comparison = received(evaluation, book, operator)
    answer_question(evaluation, "3.2", 2, at=LATER)

    assert confirmed(found, comparison, operator).counts["WRITTEN"] == 1


def test_emptied_in_the_portal_and_answered_in_the_workbook_is_a_conflict(evaluation, operator):
    answer_question(evaluation, "1.1", 0)
    book = Book(made(evaluation)).fill("1.1", option="Seluruhnya")
    answer_question(evaluation, "1.1", EMPTY)

    _, comparison = received(evaluation, book, operator)

    assert kinds(comparison)["1.1"] == "CONFLICT"
    assert comparison.conflicts[0].standing_option == ""


def test_confirmation_ends_the_leads_word(evaluation, operator):
    answer_question(evaluation, "3.2", 1)
    lead = make_user("STAFF", office=Office.objects.get(region=evaluation.region, code="disdik"))
    book = Book(made(evaluation)).fill("3.2", option="Seluruhnya")
    Answer.objects.filter(question__code="3.2").update(confirmed_at=NOW, confirmed_by=lead, needs_check=True)
    found, comparison = received(evaluation, book, operator)
    confirmed(found, comparison, operator)

    answer = Answer.objects.get(question__code="3.2")
    assert (answer.confirmed_at, answer.confirmed_by, answer.needs_check) == (None, None, False)


def test_leads_are_told_once_what_a_supporter_brings_and_takes_back(evaluation):
    lead, support = (make_office(evaluation.region, code) for code in ("dinkes", "bnn"))
    Responsibility.objects.filter(evaluation=evaluation).delete()
    for question in evaluation.cycle.instrument.questions.filter(code__in=["1.1", "1.2"]):
        for office in (lead, support):
            row = {"question": question, "office": office, "is_lead": office == lead}
            Responsibility.objects.create(evaluation=evaluation, **row)
    people = [make_user("STAFF", office=office) for office in (lead, support)]
    operator = make_user("OPERATOR", region=evaluation.region)

    for by, option in ((people[0], "Sebagian"), (operator, "Tidak ada"), (people[1], "Seluruhnya")):
        book = Book(made(evaluation, support)).fill("1.1", option=option).fill("1.2", option=option)
        if by is not people[1]:
            book.say("perangkat daerah", "dinkes")
        found, comparison = received(evaluation, book, by)
        found = confirmed(found, comparison, by, at=LATER)
    undoing.undo(found=found, in_time_only=True, by=people[1], at=LATER + timedelta(hours=1))

    link = reverse("evaluations:tasks", args=[evaluation.pk])
    assert list(Notice.objects.order_by("pk").values_list("user", "key", "kind", "link")) == [
        (people[0].pk, f"confirm:import:{found.pk}", "CONFIRM", link),
        (people[0].pk, f"confirm:undone:{found.pk}", "CONFIRM", link),
    ]


def test_answer_that_follows_ticks_is_refused(evaluation, operator):
    district = District.objects.create(region=evaluation.region, code="63.10.01", name="Kusan Hilir")
    answer = Answer.objects.get(evaluation=evaluation, question__code="2.1")
    PlaceTick.objects.create(answer=answer, district=district, is_met=True, ticked_at=NOW, ticked_by=operator)

    _, comparison = received(evaluation, Book(made(evaluation)).fill("2.1", measure=10), operator)

    assert comparison.refused[0].faults == ("Angka: mengikuti lembar centang di portal. Ubah centangnya di sana.",)


@pytest.mark.parametrize(
    ("decide", "sentence"),
    [
        (lambda found, by: actions.discard(found=found, by=by, at=NOW), "sudah dibuang"),
        (lambda found, by: Import.objects.update(expires_at=NOW), "sudah kedaluwarsa"),
    ],
)
def test_preview_that_is_over_writes_nothing(evaluation, operator, book, decide, sentence):
    found, comparison = received(evaluation, book, operator)
    decide(found, operator)
    before = claims(evaluation)

    with pytest.raises(ImportClosed, match=sentence):
        confirmed(found, comparison, operator)
    assert claims(evaluation) == before


def test_applied_workbook_cannot_be_put_away(evaluation, operator, book):
    found, comparison = received(evaluation, book, operator)
    confirmed(found, comparison, operator)

    with pytest.raises(ImportClosed, match="sudah diterapkan"):
        actions.discard(found=found, by=operator, at=NOW)


def test_sent_or_closed_evaluation_takes_no_workbook(evaluation, operator, book):
    found, comparison = received(evaluation, book, operator)
    before = claims(evaluation)
    with pytest.raises(windows.WindowClosed):
        confirmed(found, comparison, operator, at=NOW + timedelta(days=90))
    evaluation = send(evaluation, operator)
    with pytest.raises(AlreadySubmitted):
        confirmed(found, comparison, operator)
    with pytest.raises(AlreadySubmitted):
        received(evaluation, book, operator)

    assert claims(evaluation) == before
