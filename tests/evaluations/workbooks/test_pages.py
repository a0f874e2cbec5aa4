"""The pages of workbooks: what they offer to whom, and what they ask of the database."""

import io

import pytest
from django.urls import reverse

from accounts.models import AuditEvent
from evaluations.models import Import
from kla_portal import spreadsheets
from tests.evaluations.queries import JOINED
from tests.evaluations.workbooks.books import Book, asks, claims, confirmed, made, received, upload
from tests.factories import NOW, answer_question, make_office, make_user, send

pytestmark = pytest.mark.django_db


@pytest.fixture
def operator(evaluation, client):
    user = make_user("OPERATOR", region=evaluation.region)
    client.force_login(user)
    return user


def at(name, evaluation, *more):
    return reverse(f"evaluations:{name}", args=[evaluation.pk, *more])


def sent(client, evaluation, content, name="Buku kerja.xlsx"):
    """The answer to an upload."""
    fields = {"berkas": upload(content, name), "selesai": "1"}
    return client.post(at("workbook_upload", evaluation), fields, follow=True)


def test_operator_sees_all_offices_and_staff_their_own(client, evaluation, operator):
    page = client.get(at("workbooks", evaluation)).content.decode()
    staff = make_user("STAFF", office=make_office(evaluation.region, "disdik"))
    client.force_login(staff)
    own = client.get(at("workbooks", evaluation)).content.decode()

    words = ("Dinas Kesehatan", "Dinas Pendidikan", "Unduh semua pertanyaan")
    assert [name in page for name in words] == [True, True, True]
    assert [name in own for name in words] == [False, True, False]
    assert client.get(at("workbook", evaluation, make_office(evaluation.region, "dinkes").pk)).status_code == 404


def test_office_without_questions_is_told_so(client, evaluation):
    client.force_login(make_user("STAFF", office=make_office(evaluation.region, "bnn")))

    assert "belum ditugasi pertanyaan" in client.get(at("workbooks", evaluation)).content.decode()


def test_download_is_a_workbook_and_is_written_down(client, evaluation, operator):
    office = make_office(evaluation.region, "dinkes")
    response = client.get(at("workbook", evaluation, office.pk))
    sheets = spreadsheets.read(io.BytesIO(response.content))
    event = AuditEvent.objects.get(action="workbook.downloaded")

    assert [sheet.name for sheet in sheets] == ["Petunjuk", "Jawaban", "Pilihan", "Kunci"]
    assert "Buku%20kerja%20Dinas%20Kesehatan" in response["Content-Disposition"]
    assert response["Cache-Control"] == "no-store"
    assert (event.by, event.details["office"], event.details["rows"]) == (operator, "dinkes", 6)


def test_upload_shows_a_preview_and_confirmation_writes_it(client, evaluation, operator):
    book = Book(made(evaluation)).fill("1.1", option="Seluruhnya", note="<b>SK</b>").fill("2.1", measure=101)
    page = sent(client, evaluation, book.bytes)
    text = page.content.decode()
    before = claims(evaluation)
    done = client.post(
        at("workbook_confirm", evaluation, Import.objects.get().pk),
        {"segel": page.context["comparison"].seal},
        follow=True,
    )

    assert [word in text for word in ("Terapkan 1 jawaban", "Angka (G8)", "&lt;b&gt;SK")] == [True] * 3
    assert before["1.1"][4] == 0
    assert claims(evaluation)["1.1"][3:] == ("<b>SK</b>", 1)
    assert "1 jawaban ditulis dari buku kerja." in done.content.decode()


def test_stale_confirmation_is_answered_with_the_new_preview(client, evaluation, operator):
    answer_question(evaluation, "1.1", 0)
    page = sent(client, evaluation, Book(made(evaluation)).fill("1.1", option="Seluruhnya").bytes)
    answer_question(evaluation, "1.1", 1)
    address = at("workbook_confirm", evaluation, Import.objects.get().pk)
    stale = client.post(address, {"segel": page.context["comparison"].seal})
    question = stale.context["comparison"].conflicts[0].wish.question_id
    chosen = {"segel": stale.context["comparison"].seal, f"pilih-{question}": "berkas", "pilih-x": "berkas"}
    done = client.post(address, chosen)

    assert stale.status_code == 409
    assert "belum ada yang ditulis" in stale.content.decode()
    assert "Tetap isi portal" in stale.content.decode()
    assert done.status_code == 302
    assert claims(evaluation)["1.1"][0] == 400


@pytest.mark.parametrize(
    ("fields", "sentence"),
    [
        ({"selesai": "1"}, "Pilih berkas .xlsx lebih dulu"),
        ({}, "Unggahan terputus"),
        ({"berkas": upload(b"a,b", "a.csv"), "selesai": "1"}, "bukan buku kerja Excel"),
        ({"berkas": upload(b"", "a.xlsx"), "selesai": "1"}, "kosong"),
        ({"berkas": upload(b"PK\x03\x04" + bytes(26 << 20), "a.xlsx"), "selesai": "1"}, "lebih dari 10 MB"),
        ({"berkas": upload(b"PK\x03\x04" + bytes(11 << 20), "a.xlsx"), "selesai": "1"}, "lebih dari 10 MB"),
    ],
    ids=["no file", "cut off", "csv", "empty", "26 MB", "11 MB"],
)
def test_bad_upload_is_answered_on_the_page(client, evaluation, operator, fields, sentence):
    response = client.post(at("workbook_upload", evaluation), fields)

    assert response.status_code == 422
    assert sentence in response.content.decode()
    assert Import.objects.count() == 0


def test_discarded_preview_can_be_read_but_not_applied(client, evaluation, operator):
    sent(client, evaluation, Book(made(evaluation)).fill("1.1", option="Seluruhnya").bytes)
    found = Import.objects.get()
    client.post(at("workbook_discard", evaluation, found.pk))
    page = client.get(at("workbook_import", evaluation, found.pk)).content.decode()

    assert "Dibuang" in page
    assert "Terapkan" not in page
    assert client.post(at("workbook_confirm", evaluation, found.pk), {"segel": "x"}).status_code == 409
    assert client.post(at("workbook_discard", evaluation, found.pk)).status_code == 302


def test_file_comes_back_as_it_was_handed_in(client, evaluation, operator):
    content = Book(made(evaluation)).fill("1.1", option="Seluruhnya").bytes
    sent(client, evaluation, content, "../isian <kami>.xlsx")
    found = Import.objects.get()
    response = client.get(at("import_file", evaluation, found.pk))

    assert b"".join(response.streaming_content) == content
    assert found.file_name == "isian kami.xlsx"
    assert AuditEvent.objects.filter(action="import.downloaded", by=operator).count() == 1


def test_sent_evaluation_offers_no_upload(client, evaluation, operator):
    send(evaluation, operator)
    page = client.get(at("workbooks", evaluation)).content.decode()

    assert "Unggah dan lihat pratinjau" not in page
    assert "sudah dikirim" in page
    assert sent(client, evaluation, made(evaluation)).status_code == 422


@pytest.mark.parametrize("rows", [1, 3])
def test_pages_ask_the_same_however_many_rows(client, evaluation, operator, rows):
    codes = ("1.1", "1.2", "3.2")[:rows]
    book = Book(made(evaluation))
    for code in codes:
        answer_question(evaluation, code, 0)
        book.fill(code, option="Seluruhnya")
    found, _ = received(evaluation, book, operator)
    for each in range(rows):
        Import.objects.create(
            evaluation=evaluation, kind="WORKBOOK", file_name=f"{each}.xlsx", stored_as="x", sha256="x", size=1,
            uploaded_at=NOW, uploaded_by=operator, expires_at=NOW,
        )  # fmt: skip
    client.get(at("workbooks", evaluation))  # reads the edition
    asked = {
        name: asks(lambda name=name, more=more: client.get(at(name, evaluation, *more)))
        for name, more in (("workbooks", ()), ("workbook_import", (found.pk,)), ("workbook_of_all", ()))
    }

    assert asked == {"workbooks": 12, "workbook_import": 9, "workbook_of_all": 11 - JOINED}


def test_confirmation_asks_the_same_however_many_rows(evaluation, operator):
    asked = []
    for codes in (("1.1",), ("1.2", "3.1", "3.2")):
        book = Book(made(evaluation))
        for code in codes:
            book.fill(code, option="Seluruhnya")
        found, comparison = received(evaluation, book, operator)
        asked.append(asks(lambda found=found, seen=comparison: confirmed(found, seen, operator)))

    assert asked == [11 - JOINED] * 2
