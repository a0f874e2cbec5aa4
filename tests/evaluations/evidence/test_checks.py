"""What is let in and what is refused, by content, with the sentence that says why."""

import pytest

from evaluations.evidence import checks, child, limited
from evaluations.evidence.parsers.refusal import Refusal
from evaluations.evidence.sentences import REFUSALS, REMARKS, EvidenceRefused
from tests.evaluations.evidence import good_files
from tests.evaluations.evidence.bad_files import BAD, REL, RELS, many_pages, random_bytes

pytestmark = pytest.mark.thorough

WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
EXCEL = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def found(tmp_path, content):
    path = tmp_path / "masuk"
    path.write_bytes(content)
    return checks.inspect(path)


@pytest.mark.parametrize(
    ("make", "media_type", "extension", "pages"),
    [
        (lambda: good_files.pdf(3), "application/pdf", "pdf", 3),
        (lambda: good_files.picture("JPEG"), "image/jpeg", "jpg", 1),
        (lambda: good_files.picture("PNG"), "image/png", "png", 1),
        (lambda: good_files.picture("WEBP"), "image/webp", "webp", 1),
        (good_files.docx, WORD, "docx", None),
        (good_files.xlsx, EXCEL, "xlsx", None),
    ],
)
def test_inspect_knows_the_six_types_by_content(tmp_path, make, media_type, extension, pages):
    assert found(tmp_path, make()) == checks.Finding(media_type, extension, pages, [])


@pytest.mark.parametrize("what", BAD)
def test_parsers_refuse_bad_files(tmp_path, what):
    make, _, code = BAD[what]
    path = tmp_path / "masuk"
    path.write_bytes(make())

    with pytest.raises(Refusal) as refusal:
        child.check(str(path))

    assert refusal.value.code == code
    assert code in REFUSALS


@pytest.mark.parametrize("what", ["program as pdf", "pdf page tree loop", "jpeg cut", "billion laughs"])
def test_inspect_brings_the_childs_refusal_as_a_sentence(tmp_path, what):
    make, _, code = BAD[what]

    with pytest.raises(EvidenceRefused) as refused:
        found(tmp_path, make())

    assert (refused.value.code, str(refused.value)) == (code, REFUSALS[code])


def test_inspect_lets_a_hyperlink_and_the_writers_own_template_pass(tmp_path):
    links = REL.format("hyperlink", "https://kla.go.id") + REL.format(
        "attachedTemplate", "file:///C:\\Users\\a\\N.dotm"
    )
    content = good_files.docx(word___rels__s__rels=RELS.format(links)).replace(b"s/rels", b"s.rels")

    assert found(tmp_path, content).remarks == []


def test_inspect_remarks_on_links_to_other_workbooks(tmp_path):
    links = RELS.format(REL.format("externalLinkPath", "C:\\rekap.xlsx"))
    content = good_files.xlsx(more={"xl/externalLinks/_rels/e.rels": links})

    assert found(tmp_path, content).remarks == [REMARKS["other_workbooks"]]


def test_inspect_lets_a_word_about_javascript_pass(tmp_path):
    assert found(tmp_path, good_files.pdf(1, Info="Pelatihan /JavaScript dan /Launch")).media_type == "application/pdf"


def test_child_that_needs_too_much_memory_dies_and_the_caller_lives(tmp_path):
    path = tmp_path / "masuk"
    path.write_bytes(good_files.pdf())

    with pytest.raises(limited.ChildRefused) as refused:
        limited.run("check", str(path), limits=limited.Limits(cpu_seconds=5, memory=24 << 20, file_size=0))

    assert refused.value.code == "too_heavy"


def test_child_that_computes_too_long_dies(tmp_path):
    path = tmp_path / "masuk"
    path.write_bytes(many_pages(500))

    limits = limited.Limits(cpu_seconds=1, memory=1 << 30, file_size=8 << 20)
    with pytest.raises(limited.ChildRefused) as refused:
        limited.run("draw", str(path), "application/pdf", str(tmp_path), "1", "500", limits=limits)

    assert refused.value.code == "too_heavy"
    assert 0 < len(list(tmp_path.glob("*.webp"))) < 400


def test_checking_25_mb_needs_no_more_memory_than_checking_25_kb(tmp_path):
    tight = limited.Limits(cpu_seconds=10, memory=100 << 20, file_size=0)
    for parts in (0, 10):
        content = good_files.xlsx(
            more={f"xl/media/{n}.bin": b"\x00\x01" + random_bytes(2_400_000) for n in range(parts)}
        )
        path = tmp_path / "masuk"
        path.write_bytes(content)

        assert limited.run("check", str(path), limits=tight)["media_type"] == EXCEL

    assert len(content) > 24_000_000
