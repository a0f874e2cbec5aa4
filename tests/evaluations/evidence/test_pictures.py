"""Pictures of pages and previews: light, without the original's metadata, drawn in batches, safe to repeat."""

import io

import pytest
from django.core.files.storage import default_storage
from PIL import Image

from evaluations.evidence import pictures, sheets, storing, tasks
from evaluations.evidence.sentences import REMARKS
from evaluations.models import EvidencePage
from jobs.kinds import Refused
from tests.evaluations.evidence import good_files
from tests.evaluations.evidence.bad_files import random_bytes
from tests.evaluations.evidence.factories import attach, draw, on_disk

pytestmark = [pytest.mark.django_db, pytest.mark.thorough]
SECRET = b"Kantor Kamera Rahasia"


def photo():
    """An upright photo lying on its side, with a place and a camera in its EXIF."""
    exif = Image.Exif()
    exif[0x0112] = 6  # turned by a quarter
    exif[0x010F] = SECRET.decode()
    exif.get_ifd(0x8825).update({1: "S", 2: (3.0, 26.0, 31.0), 3: "E", 4: (115.0, 42.0, 0.0)})
    return good_files.picture(size=(1600, 1200), exif=exif, comment=SECRET)


def stored(name):
    with default_storage.open(name) as file:
        return file.read()


def test_draw_makes_a_batch_of_light_pictures_and_one_thumbnail(evaluation, operator):
    evidence = draw(attach(evaluation, operator, good_files.pdf(8)).evidence)

    folder = f"pages/{evidence.sha256[:2]}/{evidence.sha256}"
    assert (evidence.state, evidence.page_count) == ("READY", 8)
    drawn = list(evidence.pages.order_by("number").values_list("number", "stored_as", "width", "height"))
    assert drawn == [(number, f"{folder}/{number}.webp", 1000, 1416) for number in range(1, 7)]
    assert on_disk() == sorted(
        [evidence.stored_as, f"{folder}/1-kecil.webp", *(f"{folder}/{number}.webp" for number in range(1, 7))]
    )
    small = Image.open(io.BytesIO(stored(f"{folder}/1-kecil.webp")))
    assert (small.format, small.width) == ("WEBP", 160)


def test_draw_goes_on_where_somebody_reads_on_and_may_be_repeated(evaluation, operator):
    evidence = draw(attach(evaluation, operator, good_files.pdf(8)).evidence)

    for _ in range(2):
        draw(evidence, first=7)

    assert list(evidence.pages.order_by("number").values_list("number", flat=True)) == list(range(1, 9))


def test_draw_turns_a_photo_upright_and_leaves_its_place_behind(evaluation, operator):
    original = photo()
    assert SECRET in original
    assert Image.open(io.BytesIO(original)).getexif().get_ifd(0x8825)

    evidence = draw(attach(evaluation, operator, original, name="foto.jpg").evidence)

    page = evidence.pages.get()
    content = stored(page.stored_as)
    picture = Image.open(io.BytesIO(content))
    assert (picture.size, dict(picture.getexif()), SECRET in content) == ((1000, 1333), {}, False)
    small = stored(pictures.small_name(page.stored_as))
    assert (dict(Image.open(io.BytesIO(small)).getexif()), SECRET in small) == ({}, False)
    assert stored(evidence.stored_as) == original


def test_draw_keeps_noisy_pictures_light_enough_for_a_weak_network(evaluation, operator):
    out = io.BytesIO()
    rough = Image.frombytes("RGB", (500, 400), random_bytes(500 * 400 * 3)).resize((2000, 1600))
    rough.save(out, "JPEG", quality=95)

    evidence = draw(attach(evaluation, operator, out.getvalue(), name="foto.jpg").evidence)

    page = evidence.pages.get()
    assert (page.width >= 400, page.size <= 120_000) == (True, True)


def test_draw_makes_a_table_of_a_workbook(evaluation, operator):
    evidence = draw(attach(evaluation, operator, good_files.xlsx(rows=60), name="rekap.xlsx").evidence)

    preview = pictures.preview_of(evidence)
    assert (evidence.state, preview["sheet"], len(preview["rows"]), preview["more"]) == ("READY", "Rekap", 50, True)
    assert preview["rows"][:2] == [["Desa 1", "1,5"], ["Desa 2", "2,5"]]


def test_draw_makes_text_of_a_word_document(evaluation, operator):
    evidence = draw(attach(evaluation, operator, good_files.docx(), name="notula.docx").evidence)

    paragraphs = ["Notula rapat <b>Forum Anak</b>", "Hadir: 14 anak"]
    assert pictures.preview_of(evidence) == {"kind": "text", "paragraphs": paragraphs, "more": False}


def test_draw_marks_what_cannot_be_drawn(evaluation, operator):
    evidence = attach(evaluation, operator, good_files.xlsx(), name="rekap.xlsx").evidence
    storing.path_of(evidence.stored_as).write_bytes(b"PK rusak")

    for _ in range(2):
        draw(evidence)

    assert (evidence.state, evidence.remarks) == ("UNREADABLE", [REMARKS["not_drawn"]])


def test_draw_without_its_file_gives_up_with_a_sentence(evaluation, operator):
    evidence = attach(evaluation, operator).evidence
    storing.path_of(evidence.stored_as).unlink()

    with pytest.raises(Refused, match="Berkas asli tidak ditemukan"):
        tasks.draw_pages(evidence_id=evidence.pk)

    assert not EvidencePage.objects.exists()


def test_batches_say_how_far_each_is(evaluation, operator):
    evidence = attach(evaluation, operator, good_files.pdf(14)).evidence
    states = [(each.first, each.last, str(each.state)) for each in sheets.batches(evidence)]
    assert states == [(1, 6, "WAITING"), (7, 12, "UNASKED"), (13, 14, "UNASKED")]

    draw(evidence)

    assert [str(each.state) for each in sheets.batches(evidence)] == ["DRAWN", "UNASKED", "UNASKED"]


def test_draw_lays_what_is_transparent_on_white(evaluation, operator):
    out = io.BytesIO()
    Image.new("RGBA", (300, 200), (0, 0, 0, 0)).save(out, "PNG")

    evidence = draw(attach(evaluation, operator, out.getvalue(), name="tanda tangan.png").evidence)

    drawn = Image.open(io.BytesIO(stored(evidence.pages.get().stored_as)))
    assert (drawn.mode, drawn.getpixel((10, 10))) == ("RGB", (255, 255, 255))
