"""Word files and the templates they are poured into: what is refused and why, that every form says the same."""

import io
import zipfile

import openpyxl
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from docx import Document as open_word

from accounts.models import AuditEvent
from clusters.models import Indicator
from followup.actions import Written, save_row
from jobs.kinds import Refused, find
from reports import actions, recipes
from reports.houses import House
from reports.models import Document, WordTemplate
from reports.settings import actions as saving
from reports.word import templates, writing
from reports.word.inspecting import inspect
from reports.word.refusal import TemplateRefused
from reports.word.samples import sample
from tests.factories import NOW, make_region, make_user
from tests.reports.cases import HOSTILE, closed_case
from tests.reports.files import make, own_files, read, words_of

pytestmark = [pytest.mark.django_db, pytest.mark.thorough]


@pytest.fixture(autouse=True)
def _own_files(settings, tmp_path):
    own_files(settings, tmp_path)


def word(*paragraphs):
    """A Word file with these paragraphs."""
    book, written = open_word(), io.BytesIO()
    for each in paragraphs:
        book.add_paragraph(each)
    book.save(written)
    return written.getvalue()


def text_of(document):
    """Paragraphs and cells of a Word file in one string."""
    book = open_word(io.BytesIO(read(document)))
    cells = [cell.text for table in book.tables for row in table.rows for cell in row.cells]
    return " ".join(" ".join([*(each.text for each in book.paragraphs), *cells]).split())


def changed(content, name, put):
    """The zip with one member more or another one in its place."""
    written = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as old, zipfile.ZipFile(written, "w", zipfile.ZIP_DEFLATED) as new:
        for each in old.namelist():
            if each != name:
                new.writestr(each, old.read(each))
        new.writestr(name, put(old.read(name)) if name in old.namelist() else put(b""))
    return written.getvalue()


def refusal_of(content):
    try:
        inspect(content)
        writing.tried("BAV", House(region=make_region()), content)
    except TemplateRefused as refusal:
        return refusal.reason, refusal.sentence
    return "", ""


RELS = "word/_rels/document.xml.rels"
LINK = b'<Relationship Id="x" TargetMode="External" Type="t" Target="http://a.example"/></Relationships>'
BAD_FILES = {
    "empty": lambda: b"",
    "not_word": lambda: b"%PDF-1.7 x",
    "old_word": lambda: b"\xd0\xcf\x11\xe0" + b"\0" * 100,
    "broken": lambda: word("a")[:500],
    "too_large": lambda: word("a") + b"\0" * 2_100_000,
    "macros": lambda: changed(word("a"), "word/vbaProject.bin", lambda old: b"x"),
    "external": lambda: changed(word("a"), RELS, lambda old: old.replace(b"</Relationships>", LINK)),
    "embedded": lambda: changed(word("a"), "word/embeddings/a.xlsx", lambda old: b"x"),
    "bomb": lambda: changed(word("a"), "word/media/a.png", lambda old: b"\0" * 30_000_000),
    "unknown": lambda: word("{{ daerah }} {{ rahasia }}"),
    "syntax": lambda: word("{% for a in klaster %}"),
    "forbidden": lambda: word("{{ daerah.upper() }}"),
}


@pytest.mark.parametrize("reason", BAD_FILES)
def test_bad_templates_are_refused_each_with_its_sentence(reason):
    found, sentence = refusal_of(BAD_FILES[reason]())

    assert (found, sentence.endswith(".")) == (reason, True)


def test_macro_enabled_document_and_spreadsheet_are_no_templates():
    docm = changed(
        word("a"), "[Content_Types].xml", lambda old: old.replace(b"document.main+xml", b"macroEnabled.main+xml")
    )
    book = io.BytesIO()
    openpyxl.Workbook().save(book)

    assert (refusal_of(docm)[0], refusal_of(book.getvalue())[0]) == ("macros", "not_word")


@pytest.mark.parametrize(
    ("source", "reason"),
    [("{{ daerah.__class__ }}", "forbidden"), ("{{ range }}", "unknown"), ("{{ range(9) }}", "forbidden"),
     ("{% include 'x' %}", "forbidden"), ("{% autoescape false %}{{ daerah }}{% endautoescape %}", "forbidden"),
     ("{{ daerah|safe }}", "forbidden"), ("{{ 'x' * 10**11 }}", "too_heavy"), ("{{ kop.rahasia }}", "unknown"),
     ("{% for a in klaster %}{{ a.rahasia }}{% endfor %}", "unknown")],
)  # fmt: skip
def test_templates_can_only_name_what_they_are_handed(source, reason):
    assert refusal_of(word(source))[0] == reason


@pytest.mark.parametrize(
    "letters",
    [b"<w:instrText>INCLU</w:instrText></w:r><w:r><w:instrText>DETEXT</w:instrText>",
     b"<w:instrText>&#73;NCLUDETEXT</w:instrText>", b"<w:instrText>INCL<!-- -->UDETEXT</w:instrText>",
     b"<w:instrText>{{ 'INCLUDE' }}{{ 'TEXT' }}</w:instrText>", b"<w:instrText>dde</w:instrText>"],
)  # fmt: skip
def test_field_that_fetches_is_found_however_it_is_written(letters):
    field = b"<w:p><w:r>" + letters + b"</w:r></w:p>"
    content = changed(word("a"), "word/document.xml", lambda old: old.replace(b"<w:body>", b"<w:body>" + field))

    assert refusal_of(content)[0] == "fields"


@pytest.mark.parametrize(
    ("source", "sentence"),
    [("{{ daerah.__class__ }}", "Templat memakai perintah yang tidak diizinkan: bagian dalam sebuah isian. "
      "Pakai hanya isian, for, dan if."),
     ("{{ daerah|attr('x') }}", "Templat memakai perintah yang tidak diizinkan: penyaring attr. "
      "Pakai hanya isian, for, dan if."),
     ("{% for x in %}", "Tanda isian tidak lengkap atau tidak berpasangan. Periksa kurung dan endfor atau endif.")],
)  # fmt: skip
def test_refusals_speak_the_language_of_the_portal(source, sentence):
    assert refusal_of(word(source))[1] == sentence


def test_every_sample_is_a_template_that_passes():
    house = House(province=make_region().province)

    for kind in templates.KINDS:
        inspect(sample(kind))
        assert len(writing.tried(kind, house, sample(kind)).lines) > 10


def test_word_says_the_same_numbers_and_sentences_as_the_pdf():
    evaluation = closed_case(note=HOSTILE)
    by = make_user("OPERATOR", region=evaluation.region)

    pdf, docx = (make("BAV", format, evaluation=evaluation, by=by) for format in ("pdf", "docx"))

    said = ["801,00", "800,38", "−0,62", "delapan ratus koma tiga delapan", "Nindya", "650,00", "150,38",
            "dua puluh bulan Mei tahun dua ribu dua puluh lima", "<script>alert(1)</script> {{7*7}} {% load x %}",
            pdf.number]  # fmt: skip
    assert [each for each in said if each not in words_of(pdf) or each not in text_of(docx)] == []
    assert (pdf.number, pdf.fingerprint, pdf.code == docx.code) == (docx.number, docx.fingerprint, False)


def test_every_word_kind_can_be_made():
    evaluation = closed_case()
    whole = {"province": evaluation.region.province, "cycle": evaluation.cycle}

    made = {
        kind: make(kind, "docx", **(whole if kind == "LSG" else {"evaluation": evaluation})) for kind in templates.KINDS
    }

    assert {kind: "800,38" in text_of(document) for kind, document in made.items()} == {
        "BAV": True,
        "LRK": False,
        "LSG": True,
    }
    assert {kind.value for kind in templates.KINDS} == {kind for kind, each in recipes.RECIPES.items() if each.is_word}


def test_regions_template_counts_before_the_provinces_and_remakes_the_file():
    evaluation = closed_case()
    by = make_user("ADMIN")
    first = make("BAV", "docx", evaluation=evaluation, by=by)
    for house, words in [
        (House(province=evaluation.region.province), "Provinsi"),
        (House(region=evaluation.region), "Daerah"),
    ]:
        saving.save_template(
            house=house, kind="BAV", name="a.docx", content=word(f"{words}: {{{{ jumlah.verifikasi }}}}"), by=by, at=NOW
        )

    second = make("BAV", "docx", evaluation=evaluation, by=by)

    assert (second.pk, text_of(second), second.form != first.form) == (first.pk, "Daerah: 800,38", True)
    saving.remove_template(house=House(region=evaluation.region), kind="BAV", by=by, at=NOW)
    assert text_of(make("BAV", "docx", evaluation=evaluation, by=by)) == "Provinsi: 800,38"


def test_template_that_cannot_be_filled_later_fails_with_its_sentence():
    evaluation = closed_case()
    by = make_user("OPERATOR", region=evaluation.region)
    bad = word("{{ catatan[5].kode }}")
    saving.save_template(house=House(region=evaluation.region), kind="BAV", name="a", content=bad, by=by, at=NOW)
    document = actions.request_document(kind="BAV", format="docx", evaluation=evaluation, by=by, at=NOW)

    with pytest.raises(Refused, match="Templat Word: Isian tidak dikenal"):
        find("render").work(document_id=document.pk, by_id=by.pk)

    assert not Document.objects.get(pk=document.pk).is_ready


def test_upload_keeps_what_passes_and_refuses_the_rest_with_a_sentence(client):
    region = make_region()
    client.force_login(make_user("OPERATOR", region=region))
    address = reverse("reports:template_upload", args=[region.code, "BAV"])

    def send(content):
        return client.post(address, {"file": SimpleUploadedFile("templat.docx", content)})

    wrong, right = send(word("{{ rahasia }}")), send(word("Nilai {{ jumlah.verifikasi }} <b>"))

    assert (wrong.status_code, "Isian tidak dikenal: rahasia." in wrong.content.decode()) == (422, True)
    assert (right.status_code, WordTemplate.objects.get().name) == (302, "templat.docx")
    assert AuditEvent.objects.filter(action="word_template.saved").count() == 1
    page = client.get(right["Location"]).content.decode()
    assert "Nilai 800,38 &lt;b&gt;" in page
    stored = client.get(reverse("reports:template_stored", args=[region.code, "BAV"]))
    assert (stored.status_code, stored["Content-Disposition"]) == (
        200, 'attachment; filename="templat-berita-acara-verifikasi.docx"',
    )  # fmt: skip
    assert client.post(reverse("reports:template_upload", args=[region.code, "LSG"])).status_code == 404


def test_working_paper_of_the_meeting_says_the_same_on_paper_and_in_the_workbook():
    evaluation = closed_case()

    text = words_of(make("KKR", evaluation=evaluation))
    book = openpyxl.load_workbook(io.BytesIO(read(make("KKR", "xlsx", evaluation=evaluation))))

    cells = {cell for row in book.active.values for cell in row}
    assert [each for each in ("Telah dilaksanakan", "150,38", "800,38", "Indikator 3") if each not in text] == []
    assert {150.38, 800.38, "Telah dilaksanakan", "Nomor 400.2/001/KLA/2025"} <= cells


def test_working_paper_prints_every_line_of_a_long_cell():
    evaluation = closed_case()
    said = "\n".join(f"{number}.x Keterangan yang ditulis peserta rapat tentang hal ini" for number in range(100, 220))
    indicator = Indicator.objects.select_related("cluster").get(code="3")
    save_row(
        evaluation=evaluation, indicator=indicator, version=0, written=Written(done=said), by=make_user("ADMIN"), at=NOW
    )

    text = words_of(make("KKR", evaluation=evaluation))

    assert [number for number in range(100, 220) if f"{number}.x" not in text] == []
