"""Which doubts a document raises, as a table; each case has a neighbour that raises none."""

from datetime import date

import pytest

from evaluations.evidence.parsers.kinds import JPEG, PDF
from evaluations.evidence.scrutiny import Period, Subject, doubts, speaks_of_more
from evaluations.evidence.suggestions import Suggestions

PERIOD = Period((2023, 2024), date(2024, 12, 31))
READ = {"letters": 900, "blank": [], "niks": 0, "births": {}}
PHOTO = {"width": 1600, "height": 1200, "taken": "2024-06-12", "has_place": True}


def paper(**more):
    return Subject(**{"media_type": PDF, "page_count": 3, "facts": READ, **more})


def picture(facts=PHOTO, **more):
    return Subject(**{"media_type": JPEG, "page_count": 1, "facts": facts, **more})


CASES = [
    ("whole paper", paper(), {}),
    ("cover of a perda", paper(page_count=1, kind="PERDA"), {"COVER_ONLY": ""}),
    ("one page of anything", paper(page_count=1), {}),
    ("one page that names others", paper(page_count=1, says_more=True), {"COVER_ONLY": ""}),
    ("one page for a report", paper(page_count=1, expected=["Laporan layanan"]),
     {"COVER_ONLY": "diharapkan: Laporan layanan"}),
    ("one page for a photo", paper(page_count=1, expected=["Foto"]), {}),
    ("scan without date", paper(facts=READ | {"letters": 3}), {"UNDATED": ""}),
    ("scan with date", paper(facts=READ | {"letters": 3}, dated_on=date(2024, 1, 1)), {}),
    ("never read", paper(facts={}), {}),
    ("year too early", paper(dated_on=date(2021, 1, 1)), {"WRONG_YEAR": "tahun 2021"}),
    ("year guessed too late", paper(guessed=Suggestions(year=2025)), {"WRONG_YEAR": "tahun 2025"}),
    ("typed year beats the guess", paper(dated_on=date(2024, 1, 1), guessed=Suggestions(year=2019)), {}),
    ("old perda", paper(kind="PERDA", dated_on=date(2015, 1, 1)), {}),
    ("old mou still valid", paper(kind="MOU", dated_on=date(2021, 1, 1), valid_until=date(2026, 1, 1)), {}),
    ("mou that ran out", paper(kind="MOU", dated_on=date(2023, 1, 1), valid_until=date(2023, 12, 31)),
     {"EXPIRED": "berlaku sampai 31 Desember 2023"}),
    ("sk too late", paper(kind="SK", dated_on=date(2025, 1, 1)),
     {"LATE_REGULATION": "bertanggal 1 Januari 2025, batasnya 31 Desember 2024"}),
    ("sk on the last day", paper(kind="SK", dated_on=date(2024, 12, 31)), {}),
    ("blank pages", paper(facts=READ | {"blank": [2, 3]}), {"BLANK_PAGES": "hal. 2, 3"}),
    ("nik", paper(facts=READ | {"niks": 2, "nik_pages": [1]}), {"CHILD_DATA": "2 nomor mirip NIK (hal. 1)"}),
    ("children's births", paper(facts=READ | {"births": {"2012": 2, "1980": 1}, "birth_pages": [3]}),
     {"CHILD_DATA": "2 tanggal lahir anak (hal. 3)"}),
    ("grown-ups' births", paper(facts=READ | {"births": {"1980": 4}, "birth_pages": [3]}), {}),
    ("good photo", picture(), {}),
    ("small photo", picture(PHOTO | {"width": 400, "height": 300}), {"SMALL_PICTURE": "400 × 300 piksel"}),
    ("photo from a chat", picture(PHOTO | {"taken": "", "has_place": False}),
     {"PHOTO_UNPLACED": "tanpa waktu dan tempat"}),
    ("the same, dated", picture(PHOTO | {"taken": "", "has_place": False}, dated_on=date(2024, 1, 1)),
     {"PHOTO_UNPLACED": "tanpa tempat"}),
    ("the same, dated by the camera in its name",
     picture(PHOTO | {"taken": "", "has_place": False}, named_on=date(2024, 1, 1)), {"PHOTO_UNPLACED": "tanpa tempat"}),
    ("photographed letter", picture(PHOTO | {"has_place": False}, kind="SK", dated_on=date(2024, 1, 1)), {}),
]  # fmt: skip


@pytest.mark.parametrize(("subject", "found"), [case[1:] for case in CASES], ids=[case[0] for case in CASES])
def test_doubts(subject, found):
    assert doubts(subject, PERIOD) == found


def test_doubts_without_a_limit_for_regulations():
    late = paper(kind="SK", dated_on=date(2025, 1, 1))

    assert doubts(late, Period((2023, 2024), None)) == {"WRONG_YEAR": "tahun 2025"}


@pytest.mark.parametrize(
    ("text", "more"), [("Halaman 1 dari 12", True), ("data terlampir", True), ("Halaman 1 dari 1", False), ("", False)]
)
def test_speaks_of_more(text, more):
    assert speaks_of_more(text) is more
