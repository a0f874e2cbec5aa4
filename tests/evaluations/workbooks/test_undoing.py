"""What a file has written is taken back, as far as nobody has changed it since."""

from datetime import timedelta
from decimal import Decimal

import pytest
from django.urls import reverse

from accounts import audit
from accounts.models import AuditEvent
from evaluations import windows
from evaluations.actions import AlreadySubmitted
from evaluations.models import Answer, Evaluation
from evaluations.workbooks import recaps, undoing
from jobs.models import Job
from tests.evaluations.workbooks.books import Book, claims, confirmed, history, made, received, upload
from tests.factories import NOW, answer_question, make_office, make_user, send

pytestmark = pytest.mark.django_db
THEN, LATER = NOW + timedelta(hours=1), NOW + timedelta(hours=2)


@pytest.fixture
def operator(evaluation):
    return make_user("OPERATOR", region=evaluation.region)


@pytest.fixture
def applied(evaluation, operator):
    """1.1 was answered before, 1.2 was empty, 3.1 got a note; then the workbook came."""
    answer_question(evaluation, "1.1", 1)
    book = Book(made(evaluation)).fill("1.1", option="Seluruhnya", note="Salah").fill("1.2", option="Seluruhnya")
    found, comparison = received(evaluation, book.fill("3.1", note="Hanya catatan"), operator)
    return confirmed(found, comparison, operator, at=THEN)


def undo(found, by, *, at=LATER, in_time_only=True):
    return undoing.undo(found=found, in_time_only=in_time_only, by=by, at=at)


def test_answers_come_back_as_they_were_and_nothing_is_erased(evaluation, operator, applied):
    Job.objects.all().delete()

    count = undo(applied, operator)

    standing = claims(evaluation)
    assert [standing[code][0::3] for code in ("1.1", "1.2", "3.1")] == [(Decimal(200), ""), (None, ""), (None, "")]
    assert (count, [standing[code][4] for code in ("1.1", "1.2", "3.1")], history(evaluation)) == (3, [3, 2, 2], 7)
    assert [job.kind for job in Job.objects.all()] == ["settle"]
    assert AuditEvent.objects.get(action="import.undone").details["count"] == 3


def test_what_was_changed_since_is_left_alone(evaluation, operator, applied):
    answer_question(evaluation, "1.1", 0, by=operator, at=THEN + timedelta(minutes=5))

    count = undo(applied, operator)

    assert (count, claims(evaluation)["1.1"][0], claims(evaluation)["1.2"][0]) == (2, Decimal(0), None)


def test_second_time_there_is_nothing_to_take_back(evaluation, operator, applied):
    undo(applied, operator)
    before = claims(evaluation)

    with pytest.raises(undoing.NothingToUndo):
        undo(applied, operator, at=LATER + timedelta(hours=1))
    assert claims(evaluation) == before


def test_preview_that_nobody_applied_has_written_nothing(evaluation, operator):
    found, _ = received(evaluation, Book(made(evaluation)).fill("1.1", option="Seluruhnya"), operator)

    with pytest.raises(undoing.NothingToUndo):
        undo(found, operator)


def test_staff_take_back_only_what_is_their_offices(evaluation, operator, applied):
    staff = make_user("STAFF", office=make_office(evaluation.region, "bnn"))

    with pytest.raises(undoing.NothingToUndo):
        undo(applied, staff)


def test_copy_of_the_last_cycle_is_to_be_checked_again(evaluation, operator):
    for code in ("1.1", "1.2"):
        answer = answer_question(evaluation, code, 1)
    Answer.objects.filter(pk=answer.pk).update(needs_check=True)
    audit.record(
        action="answer.taken_over", subject=f"answer:{answer.pk}", by=operator, at=NOW,
        region_id=evaluation.region_id, details={"from": 1, "version": answer.version},
    )  # fmt: skip
    book = Book(made(evaluation)).fill("1.1", option="Seluruhnya").fill("1.2", option="Seluruhnya")
    found, comparison = received(evaluation, book, operator)
    applied = confirmed(found, comparison, operator, at=THEN)

    undo(applied, operator)

    answers = Answer.objects.filter(question__code__in=["1.1", "1.2"]).order_by("question__position")
    assert list(answers.values_list("needs_check", flat=True)) == [False, True]


def test_sent_waiting_or_closed_evaluation_stays(evaluation, operator, applied):
    before = claims(evaluation)
    with pytest.raises(windows.WindowClosed):
        undo(applied, operator, at=NOW + timedelta(days=90))
    Evaluation.objects.update(needs_approval=True, asked_at=NOW)
    with pytest.raises(windows.AwaitingApproval):
        undo(applied, operator)
    Evaluation.objects.update(asked_at=None, needs_approval=False)
    send(evaluation, operator)
    with pytest.raises(AlreadySubmitted):
        undo(applied, operator)

    assert claims(evaluation) == before


def test_page_offers_it_and_says_what_came_back(client, evaluation, operator, applied, freeze):
    client.force_login(operator)
    address = reverse("evaluations:workbook_import", args=[evaluation.pk, applied.pk])
    back = reverse("evaluations:workbook_undo", args=[evaluation.pk, applied.pk])

    page = client.get(address).content.decode()
    done = client.post(back, follow=True).content.decode()
    again = client.post(back)
    listed = client.get(reverse("evaluations:workbooks", args=[evaluation.pk])).content.decode()

    assert ("2 jawaban dan 1 catatan</b> ditulis" in page, "Kembalikan 3 jawaban" in page) == (True, True)
    assert ("3 jawaban kembali ke isi sebelum buku kerja ini." in done, "Kembalikan 3" in done) == (True, False)
    assert ('<b class="num">3</b> jawaban dikembalikan' in done, "Berikutnya" in page, "Berikutnya" in done) == (
        True, True, False
    )  # fmt: skip
    assert ("Dikembalikan" in listed, "Diterapkan" in listed) == (True, False)
    assert (again.status_code, "Tidak ada lagi jawaban" in again.content.decode()) == (409, True)


def test_recap_is_taken_back_by_whoever_may_bring_it(client, evaluation, operator):
    answer_question(evaluation, "1.1", 1)
    content = b"Kode;Nilai maksimal;Nilai\n1.1;400;12\n1.2;200;200\n"
    found = recaps.receive(evaluation=evaluation, upload=upload(content, "rekap.csv"), by=operator, at=NOW)
    seal = recaps.preview_of(found).seal
    recaps.confirm(found=found, seal=seal, in_time_only=True, by=operator, at=THEN)
    client.force_login(make_user("ADMIN"))

    page = client.get(reverse("evaluations:recap_preview", args=[evaluation.pk, found.pk])).content.decode()
    done = client.post(reverse("evaluations:recap_undo", args=[evaluation.pk, found.pk]), follow=True)

    assert "Kembalikan 2 jawaban" in page
    assert "2 jawaban kembali ke isi sebelum rekap ini." in done.content.decode()
    assert [claims(evaluation)[code][0] for code in ("1.1", "1.2")] == [Decimal(200), None]
