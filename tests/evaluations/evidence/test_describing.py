"""Details with versions, pages and ticks, answers to doubts, what still holds: by the actions and by the doors."""

from datetime import date

import pytest
from django.core.files.base import ContentFile
from django.urls import reverse
from django.utils import timezone

from accounts.models import AuditEvent
from evaluations.actions import AlreadySubmitted, submit
from evaluations.evidence import actions, versions
from evaluations.evidence.blocks import block_for
from evaluations.evidence.sentences import REFUSALS, EvidenceRefused
from evaluations.models import Answer, Evidence, EvidenceUse, EvidenceWarning, MatrixVersion
from notices.models import Notice
from tests import factories
from tests.evaluations.evidence import good_files
from tests.evaluations.evidence.factories import answer_to, attach

pytestmark = [pytest.mark.django_db, pytest.mark.thorough]
NOW = factories.NOW
HTMX = {"HX-Request": "true"}
DETAILS = actions.Details(title="SK Gugus Tugas", document_kind="SK", number="188/1", dated_on=date(2024, 6, 12))
FORM = {"versi": "0", "judul": " SK  Gugus Tugas", "jenis": "SK", "nomor": "188/1", "tanggal": "12 Juni 2024"}


@pytest.fixture
def running(operator, evaluation):
    """The same evaluation while its window is open now."""
    evaluation.cycle.windows.update(
        opens_at=timezone.now() - factories.timedelta(days=1), closes_at=timezone.now() + factories.timedelta(days=1)
    )
    return evaluation


def save(evidence, by, details=DETAILS, version=0, at=NOW):
    return actions.save_details(evidence=evidence, version=version, details=details, by=by, at=at)


def test_save_details_counts_versions_and_writes_old_and_new_down(evaluation, operator):
    evidence = attach(evaluation, operator).evidence

    for _ in range(2):  # the same request twice
        saved = save(evidence, operator)

    assert (saved.details_version, actions.Details.of(saved)) == (1, DETAILS)
    event = AuditEvent.objects.get(action="evidence.described")
    assert (event.details["old"], event.details["new"]) == (
        {"document_kind": "", "number": "", "dated_on": None},
        {"document_kind": "SK", "number": "188/1", "dated_on": "2024-06-12"},
    )


def test_save_details_of_an_old_version_is_a_conflict(evaluation, operator):
    evidence = attach(evaluation, operator).evidence
    save(evidence, operator)

    with pytest.raises(actions.DetailsConflict) as conflict:
        save(evidence, operator, actions.Details(title="Lain"))

    assert (conflict.value.current.number, Evidence.objects.get().title) == ("188/1", "SK Gugus Tugas")


def test_details_form_saves_and_shows_both_sides_of_a_conflict(client, running, operator):
    evidence = attach(running, operator, at=timezone.now()).evidence
    address = reverse("evaluations:evidence_details", args=[running.pk, evidence.pk])
    client.force_login(operator)

    saved = client.post(address, FORM)
    conflict = client.post(address, FORM | {"nomor": "188/2"})
    page = conflict.content.decode()

    assert (saved["Location"], conflict.status_code) == (f"/evaluasi/{running.pk}/bukti/{evidence.pk}/", 409)
    assert ("<dd>188/1</dd>" in page, 'value="188/2"' in page, 'name="versi" value="1"' in page) == (True, True, True)
    assert client.post(address, FORM | {"nomor": "188/2", "versi": "1"}).status_code == 302
    assert Evidence.objects.get().number == "188/2"


@pytest.mark.parametrize(
    ("wrong", "sentence"),
    [
        ({"judul": " "}, "Isi nama dokumen"), ({"tanggal": "31/02/2024"}, "Tulis tanggal seperti"),
        ({"tanggal": "1/1/1900"}, "di luar jangkauan"), ({"nomor": "9" * 200}, "120"), ({"versi": "x"}, ""),
        ({"jenis": "RAHASIA"}, ""), ({"judul": "a\x00b"}, ""), ({"versi": "9" * 40}, ""),
    ],
)  # fmt: skip
def test_details_form_refuses_with_a_sentence(client, running, operator, wrong, sentence):
    evidence = attach(running, operator, at=timezone.now()).evidence
    client.force_login(operator)

    response = client.post(reverse("evaluations:evidence_details", args=[running.pk, evidence.pk]), FORM | wrong)

    assert (response.status_code, sentence in response.content.decode()) == (422, True)
    assert Evidence.objects.get().details_version == 0


def test_suggestions_fill_the_form_and_nothing_else(client, running, operator):
    evidence = attach(running, operator, name="SK Nomor 7 Tahun 2024.pdf", at=timezone.now()).evidence
    from evaluations.evidence import tasks

    tasks.read_evidence(evidence_id=evidence.pk)
    address = reverse("evaluations:evidence_details", args=[running.pk, evidence.pk])
    client.force_login(operator)

    plain, filled = (client.get(address + query).content.decode() for query in ("", "?saran=1"))

    value = 'value="7 Tahun 2024"'
    assert ("Saran dari isi berkas" in plain, value in plain, value in filled) == (True, False, True)
    assert Evidence.objects.get().number == ""


def test_save_use_notes_pages_and_ticks_once(evaluation, operator):
    use = attach(evaluation, operator)

    for _ in range(2):
        actions.save_use(use=use, seen=("", []), pages="12-14", covers=[1, 0, 1], by=operator, at=NOW)

    use.refresh_from_db()
    assert (use.pages, use.covers) == ("12-14", [0, 1])
    assert AuditEvent.objects.filter(action="evidence.placed").count() == 1
    with pytest.raises(actions.UseConflict):
        actions.save_use(use=use, seen=("", []), pages="3", covers=[], by=operator, at=NOW)


def test_ticks_show_on_the_question_page(client, running, operator):
    attach(running, operator, good_files.pdf(14), at=timezone.now())
    client.force_login(operator)
    evidence = Evidence.objects.get()
    address = reverse("evaluations:place_evidence", args=[running.pk, "1.1", evidence.pk])

    block = client.post(address, {"dilihat": "|", "mencakup": ["1"], "halaman": "hal. 12 – 14"}, headers=HTMX)
    page = client.get(f"/evaluasi/{running.pk}/pertanyaan/1.1/").content.decode()
    late = client.post(address, {"dilihat": "|", "mencakup": ["0"]}, headers=HTMX)

    fragment = block.content.decode()
    assert (block.status_code, 'id="bukti-harapan" hx-swap-oob="true"' in fragment) == (200, True)
    assert ("1 dari 2 bukti sudah dicakup" in page, "hal. 12-14" in page) == (True, True)
    assert (late.status_code, "baru saja diubah orang lain" in late.content.decode()) == (409, True)
    assert EvidenceUse.objects.get().covers == [1]


@pytest.mark.parametrize(("rows", "covered"), [(0, [False, False]), (1, [True, False])])
def test_filled_table_covers_the_matrix_that_is_expected(evaluation, operator, rows, covered):
    answer = answer_to(evaluation, "3.2")
    answer.question.evidence = ["Matriks isian", "Foto"]
    MatrixVersion.objects.create(answer=answer, version=1, rows=[{"a": "1"}] * rows, row_count=rows, saved_at=NOW)

    block = block_for(answer, operator, evaluation=evaluation, code="3.2", can_edit=True)

    assert ([line.is_covered for line in block.expected], block.covered) == (covered, rows)


@pytest.mark.parametrize("wrong", [{"mencakup": ["2"]}, {"mencakup": ["x"]}, {"halaman": "dua"}, {"halaman": "1" * 70}])
def test_place_refuses_with_a_sentence(client, running, operator, wrong):
    evidence = attach(running, operator, at=timezone.now()).evidence
    client.force_login(operator)

    address = reverse("evaluations:place_evidence", args=[running.pk, "1.1", evidence.pk])
    response = client.post(address, {"dilihat": "|"} | wrong, headers=HTMX)

    assert (response.status_code, 'class="notice error"' in response.content.decode()) == (422, True)


def test_ticks_chosen_with_the_file_are_kept_and_foreign_ones_not_heard(client, running, operator):
    client.force_login(operator)
    upload = ContentFile(good_files.pdf(), "SK.pdf")

    address = reverse("evaluations:attach", args=[running.pk, "1.1"])
    client.post(address, {"berkas": upload, "selesai": "1", "mencakup": ["1", "7", "x", "1"]})

    assert EvidenceUse.objects.get().covers == [1]


def test_answered_warning_is_written_down(client, running, operator):
    evidence = attach(running, operator, at=timezone.now()).evidence
    EvidenceWarning.objects.create(evidence=evidence, code="UNDATED", found_at=NOW)
    client.force_login(operator)
    address = reverse("evaluations:answer_warning", args=[running.pk, evidence.pk, "UNDATED"])

    empty = client.post(address, {"alasan": " ", "pertanyaan": "1.1"}, headers=HTMX)
    block = client.post(address, {"alasan": "Memang tanpa tanggal.", "pertanyaan": "1.1"}, headers=HTMX)

    assert (empty.status_code, block.status_code) == (422, 200)
    warning = EvidenceWarning.objects.get()
    assert (warning.answer, warning.answered_by, warning.is_answered) == ("Memang tanpa tanggal.", operator, True)
    assert AuditEvent.objects.get(action="evidence.warning_answered").details["code"] == "UNDATED"
    assert client.post(address.replace("UNDATED", "LAIN"), {"alasan": "x"}).status_code == 404


def test_confirm_use_asks_validity_again(evaluation, operator):
    use = attach(evaluation, operator)
    EvidenceUse.objects.filter(pk=use.pk).update(needs_check=True)

    with pytest.raises(EvidenceRefused) as refused:
        actions.confirm_use(use=use, valid_until=date(2025, 5, 1), by=operator, at=NOW)
    for _ in range(2):
        actions.confirm_use(use=use, valid_until=date(2026, 1, 1), by=operator, at=NOW)

    use.refresh_from_db()
    evidence = Evidence.objects.get()
    assert (refused.value.code, use.needs_check) == ("expired", False)
    assert (evidence.valid_until, evidence.details_version) == (date(2026, 1, 1), 1)
    assert AuditEvent.objects.filter(action="evidence.still_valid").count() == 1


def test_nothing_is_described_once_it_is_sent(evaluation, operator):
    use = attach(evaluation, operator)
    EvidenceUse.objects.filter(pk=use.pk).update(needs_check=True)
    doubt = EvidenceWarning.objects.create(evidence=use.evidence, code="UNDATED", found_at=NOW)
    submit(evaluation=evaluation, by=operator, at=NOW)
    who = {"by": operator, "at": NOW}

    for act in (
        lambda: save(use.evidence, operator),
        lambda: actions.save_use(use=use, seen=("", []), pages="1", covers=[], **who),
        lambda: actions.answer_warning(warning=doubt, answer="x", **who),
        lambda: actions.confirm_use(use=use, valid_until=None, **who),
    ):
        with pytest.raises(AlreadySubmitted):
            act()


def test_replacement_carries_what_was_said_over_and_shows_the_chain(evaluation, operator, django_assert_num_queries):
    use = attach(evaluation, operator)
    save(use.evidence, operator)
    actions.save_use(use=use, seen=("", []), pages="3", covers=[1], by=operator, at=NOW)
    upload = ContentFile(good_files.pdf(2), "baru.pdf")

    fresh = actions.replace(
        evidence=use.evidence, upload=upload, answers=[use.answer_id], by=operator, at=NOW, reason="Bertanda tangan"
    )

    current = EvidenceUse.objects.current().get()
    assert (current.evidence, current.pages, current.covers) == (fresh, "3", [1])
    assert (fresh.number, fresh.dated_on, fresh.replace_reason) == ("188/1", date(2024, 6, 12), "Bertanda tangan")
    with django_assert_num_queries(3):
        chain = versions.chain_of(fresh, operator)
    told = [(each.number, each.evidence_id, each.reason, each.is_newest) for each in chain]
    assert told == [(2, fresh.pk, "Bertanda tangan", True), (1, use.evidence_id, "", False)]
    assert [each.evidence_id for each in versions.chain_of(use.evidence, operator)] == [fresh.pk, use.evidence_id]


def act(name, use, by):
    """One change of evidence of question 2.1."""
    upload = ContentFile(good_files.pdf(9), "x.pdf")
    who = {"by": by, "at": NOW}
    if name == "attach":
        return actions.attach_file(answer=use.answer, upload=upload, **who)
    if name == "detach":
        return actions.detach(use=use, **who)
    return actions.replace(evidence=use.evidence, upload=upload, answers=[use.answer_id], **who)


@pytest.mark.parametrize("name", ["attach", "detach", "replace"])
@pytest.mark.parametrize(("who", "stays"), [("lead", True), ("operator", True), ("support", False)])
def test_lead_is_asked_again_unless_the_lead_did_it(evaluation, operator, name, who, stays):
    lead, support = (
        factories.make_user("STAFF", office=factories.make_office(evaluation.region, code))
        for code in ("disdik", "dinkes")
    )
    use = attach(evaluation, operator, code="2.1")
    Answer.objects.filter(pk=use.answer_id).update(
        points=1, kind="FREE", reason="x", confirmed_at=NOW, confirmed_by=lead
    )

    act(name, use, {"lead": lead, "operator": operator, "support": support}[who])

    answer = answer_to(evaluation, "2.1")
    assert (answer.confirmed_at is not None, answer.confirmed_by == lead) == (stays, stays)
    assert list(Notice.objects.values_list("user", "kind")) == ([] if stays else [(lead.pk, "CONFIRM")])


def test_replacing_without_a_reason_changes_nothing(client, running, operator):
    evidence = attach(running, operator, at=timezone.now()).evidence
    client.force_login(operator)
    address = reverse("evaluations:replace_evidence", args=[running.pk, evidence.pk])

    upload = ContentFile(good_files.pdf(2), "b.pdf")
    page = client.post(address, {"berkas": upload, "selesai": "1"}, follow=True).content.decode()

    assert (REFUSALS["no_reason"] in page, Evidence.objects.count()) == (True, 1)
