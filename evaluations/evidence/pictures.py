"""Pictures of pages: drawn in batches by the limited child, kept beside the original, rows last."""

import json
from pathlib import Path
from typing import Any

from django.db import transaction

from evaluations.evidence import limited, storing
from evaluations.evidence.parsers.kinds import DOCX, XLSX
from evaluations.evidence.sentences import REMARKS
from evaluations.models import Evidence, EvidencePage

BATCH = 6
OFFICE = (DOCX, XLSX)


def batch_of(number: int) -> int:
    """The first page of the batch in which a page is drawn: 1, 7, 13, ..."""
    return number - (number - 1) % BATCH


def draw(evidence: Evidence, first: int) -> None:
    """Draw one batch (a text preview for docx and xlsx); safe to repeat. Raises `FileNotFoundError`."""
    source = storing.path_of(evidence.stored_as)
    if not source.is_file():
        raise FileNotFoundError(evidence.stored_as)
    try:
        if evidence.media_type in OFFICE:
            _preview(evidence, source)
        else:
            _pictures(evidence, source, first)
    except limited.ChildRefused:
        _mark_unreadable(evidence, first)


def preview_of(evidence: Evidence) -> dict[str, Any] | None:
    """The text preview of a docx or xlsx, None while it does not exist."""
    try:
        with storing.opened(_preview_name(evidence)) as file:
            preview: dict[str, Any] = json.loads(file.read())
    except FileNotFoundError:
        return None
    return preview


def small_name(page_name: str) -> str:
    """Storage name of the thumbnail that belongs to a first page's picture."""
    return page_name.replace(".webp", "-kecil.webp")


def _folder(evidence: Evidence) -> str:
    return f"pages/{evidence.sha256[:2]}/{evidence.sha256}"


def _preview_name(evidence: Evidence) -> str:
    return f"{_folder(evidence)}/pratinjau.json"


def _preview(evidence: Evidence, source: Path) -> None:
    found = limited.run("preview", str(source), evidence.media_type, limits=limited.DRAWING)
    with storing.drawing_board() as board:
        (board / "pratinjau.json").write_text(json.dumps(found))
        storing.keep_picture(board / "pratinjau.json", _preview_name(evidence))
    Evidence.objects.filter(pk=evidence.pk).update(state=Evidence.State.READY)


def _pictures(evidence: Evidence, source: Path, first: int) -> None:
    with storing.drawing_board() as board:
        last = first + BATCH - 1
        arguments = (str(source), evidence.media_type, str(board), str(first), str(last))
        found = limited.run("draw", *arguments, limits=limited.DRAWING)
        for picture in board.iterdir():
            storing.keep_picture(picture, f"{_folder(evidence)}/{picture.name}")
    with transaction.atomic():
        for page in found["drawn"]:
            number = page.pop("number")
            EvidencePage.objects.update_or_create(
                evidence=evidence, number=number, defaults={**page, "stored_as": f"{_folder(evidence)}/{number}.webp"}
            )
        Evidence.objects.filter(pk=evidence.pk).update(state=Evidence.State.READY, page_count=found["pages"])


def _mark_unreadable(evidence: Evidence, first: int) -> None:
    """The check let it in, but it cannot be drawn: say so; a later batch that fails leaves the earlier pages."""
    remarks = [*(each for each in evidence.remarks if each != REMARKS["not_drawn"]), REMARKS["not_drawn"]]
    state = Evidence.State.UNREADABLE if first == 1 else Evidence.State.READY
    Evidence.objects.filter(pk=evidence.pk).update(state=state, remarks=remarks)
