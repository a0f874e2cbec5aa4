"""Answers sent back: who is told, what ends it, what the lists say."""

from decimal import Decimal

import pytest

from accounts.models import AuditEvent, Office
from evaluations import readers
from evaluations.evidence import actions as proving
from evaluations.models import EvidenceUse, MatrixVersion
from evaluations.worklist.standing import states_of
from evaluations.worklist.states import State
from notices.models import Notice
from tests.factories import NOW, answer_question, make_office, make_region, make_user, send
from tests.verification.factories import answer_of
from tests.verification.review.cases import make_open_case, make_reviewer, review, send_back
from verification.models import Verdict
from verification.review.reading import Review, reviews_of

pytestmark = pytest.mark.django_db


def prove(evaluation, code, *, by=None, url="https://jdih.example.id/sk"):
    """A link proves the answer."""
    by = by or make_user("OPERATOR", region=evaluation.region)
    return proving.attach_link(answer=answer_of(evaluation, code), url=url, title="SK", by=by, at=NOW)


def open_returns(evaluation):
    """Codes of what is sent back and not mended."""
    codes = dict(evaluation.answers.values_list("question_id", "question__code"))
    return {codes[pk]: (line.reason, line.note, line.by, line.at) for pk, line in readers.returned(evaluation).items()}


def test_an_answer_sent_back_stays_open_with_its_reason():
    evaluation = make_open_case()
    reviewer = make_reviewer(evaluation)
    send_back(evaluation, "1.2", Decimal("50.00"), by=reviewer, note="Tahun 2024 belum ada.")
    review(evaluation, "1.1", by=reviewer)

    told = ("Bukti tidak lengkap", "Tahun 2024 belum ada.", str(reviewer), NOW)
    assert open_returns(evaluation) == {"1.2": told}
    states = {line.entry.question.code: line.state for line in states_of(evaluation).values()}
    assert {code for code, state in states.items() if state is State.RETURNED} == {"1.2"}
    event = AuditEvent.objects.get(action="answer.returned")
    assert event.details == {
        "stage": "TI", "version": 1, "points": ["200.00", "50.00"], "decision": "POINTS", "reason": "INCOMPLETE"
    }  # fmt: skip


def mend_answer(evaluation):
    answer_question(evaluation, "1.2", 1)


def mend_with_document(evaluation):
    prove(evaluation, "1.2", url="https://jdih.example.id/baru")


def mend_by_taking_away(evaluation):
    use = EvidenceUse.objects.get(answer__question__code="1.2")
    proving.detach(use=use, by=make_user("OPERATOR", region=evaluation.region), at=NOW)


def mend_by_describing(evaluation):
    use = EvidenceUse.objects.get(answer__question__code="1.2")
    use.evidence.details_version += 1
    use.evidence.save(update_fields=["details_version"])


def mend_by_pointing_at_pages(evaluation):
    EvidenceUse.objects.filter(answer__question__code="1.2").update(pages="12-14")


def mend_by_ticking_what_it_covers(evaluation):
    """Only the ticks: the pages stay as they were."""
    use = EvidenceUse.objects.select_related("answer").get(answer__question__code="1.2")
    by = make_user("OPERATOR", region=evaluation.region)
    proving.save_use(use=use, seen=(use.pages, use.covers), pages=use.pages, covers=[1], by=by, at=NOW)


def mend_by_filling_the_table(evaluation):
    answer = answer_of(evaluation, "1.2")
    MatrixVersion.objects.create(answer=answer, version=1, rows=[{"nama": "APSAI"}], row_count=1, saved_at=NOW)


def judge_again(evaluation):
    review(evaluation, "1.2", version=1)


@pytest.mark.parametrize(
    ("mend", "after"),
    [
        (mend_answer, Review(is_return=True, is_changed=True)),
        (mend_with_document, Review(is_return=True, is_changed=True)),
        (mend_by_taking_away, Review(is_return=True, is_changed=True)),
        (mend_by_describing, Review(is_return=True, is_changed=True)),
        (mend_by_pointing_at_pages, Review(is_return=True, is_changed=True)),
        (mend_by_ticking_what_it_covers, Review(is_return=True, is_changed=True)),
        (mend_by_filling_the_table, Review(is_return=True, is_changed=True)),
        (judge_again, Review(is_return=False, is_changed=False)),
    ],
)
def test_a_return_is_over_when_something_changes_or_somebody_looks_again(mend, after):
    evaluation = make_open_case()
    prove(evaluation, "1.2")
    send_back(evaluation, "1.2", 0)
    question = answer_of(evaluation, "1.2").question_id
    assert reviews_of(evaluation) == {question: Review(is_return=True, is_changed=False)}

    mend(evaluation)

    assert (open_returns(evaluation), reviews_of(evaluation)) == ({}, {question: after})


def test_only_the_last_word_of_the_review_counts():
    evaluation = make_open_case()
    reviewer = make_reviewer(evaluation)
    review(evaluation, "1.1", by=reviewer)
    send_back(evaluation, "1.1", 0, by=reviewer, version=1, note="Belum sah.", reason="NOT_VALID")
    send_back(evaluation, "1.2", 0, by=reviewer)
    review(evaluation, "1.2", by=reviewer, version=1)
    send_back(evaluation, "2.1", 0, by=reviewer, note="Satu.")
    send_back(evaluation, "2.1", 0, by=reviewer, version=1, note="Dua.")

    words = ("Belum ditandatangani atau tidak sah", "Bukti tidak lengkap")
    assert open_returns(evaluation) == {
        "1.1": (words[0], "Belum sah.", str(reviewer), NOW), "2.1": (words[1], "Dua.", str(reviewer), NOW)
    }  # fmt: skip
    kept = {pk: (each.is_return, each.is_changed) for pk, each in reviews_of(evaluation).items()}
    codes = dict(evaluation.answers.values_list("question__code", "question_id"))
    assert kept == {codes["1.1"]: (True, False), codes["1.2"]: (False, False), codes["2.1"]: (True, False)}


def test_another_answer_s_change_mends_nothing():
    evaluation = make_open_case()
    send_back(evaluation, "1.2", 0)

    answer_question(evaluation, "1.1", 1)
    prove(evaluation, "1.1")

    assert list(open_returns(evaluation)) == ["1.2"]


def test_a_sent_evaluation_has_nothing_to_mend():
    evaluation = make_open_case()
    send_back(evaluation, "1.2", 0)
    assert readers.returned(send(evaluation)) == {}


def test_the_staff_of_lead_support_and_their_parts_are_told_once():
    evaluation = make_open_case()
    region, elsewhere = evaluation.region, make_region("63.05", "Kabupaten Tapin")
    lead, support = make_office(region, "disdik"), make_office(region, "dinkes")
    part = Office.objects.create(region=region, code="uptd", name="UPTD", part_of=support)
    concerned = [make_user("STAFF", office=office) for office in (lead, support, part)]
    gone = make_user("STAFF", office=lead)
    gone.is_active = False
    gone.save(update_fields=["is_active"])
    for office in (make_office(region, "bps"), make_office(elsewhere, "disdik")):
        make_user("STAFF", office=office)

    verdict = send_back(evaluation, "2.1", 0, note="NIK anak terlihat.", reason="PERSONAL_DATA")
    send_back(evaluation, "2.1", 0, note="NIK anak terlihat.", reason="PERSONAL_DATA", by=verdict.given_by)

    text = "Jawaban 2.1 dikembalikan penelaah: memuat data pribadi yang harus ditutup."
    link = f"/evaluasi/{evaluation.pk}/pertanyaan/2.1/"
    assert sorted(Notice.objects.values_list("user", "kind", "text", "link")) == sorted(
        (user.pk, "RETURNED", text, link) for user in concerned
    )
    assert Verdict.objects.count() == 1


def test_where_nobody_of_the_offices_has_an_account_the_operators_are_told():
    evaluation = make_open_case()
    make_user("OPERATOR", region=make_region("63.05", "Kabupaten Tapin"))
    send_back(evaluation, "1.1", 0)
    operators = evaluation.region.user_set.filter(role="OPERATOR").values_list("pk", flat=True)
    assert set(Notice.objects.values_list("user", flat=True)) == set(operators)


def test_returns_are_read_in_two_queries(django_assert_num_queries):
    evaluation = make_open_case()
    for code in ("1.1", "1.2", "2.1"):
        send_back(evaluation, code, 0)
    with django_assert_num_queries(2):
        assert len(readers.returned(evaluation)) == 3
