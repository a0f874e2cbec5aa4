"""The evidence of one question as the desk shows it: large, document after document, in two queries."""

from dataclasses import dataclass
from typing import Any

from evaluations.evidence import pictures
from evaluations.evidence.listing import UseRow
from evaluations.models import Evidence, EvidencePage

MOST_PAGES = 60  # of one document; the rest is read where the whole document is shown


@dataclass(frozen=True, slots=True)
class Proof:
    """A document with the pictures that are drawn, the batches that are not, and the text of office files."""

    use: UseRow
    batches: list[tuple[int, list[EvidencePage]]]  # by their first pages; without pictures: still to be drawn
    preview: dict[str, Any] | None = None

    @property
    def shown(self) -> int:
        """The last page that the desk shows."""
        return min(self.use.document.page_count or 0, MOST_PAGES)

    @property
    def is_longer(self) -> bool:
        """Whether the document goes on beyond what the desk shows."""
        return (self.use.document.page_count or 0) > MOST_PAGES


def proofs_of(uses: list[UseRow]) -> list[Proof]:
    """Pages of all documents in one query; one more where there are office files."""
    files = [use.document.evidence_id for use in uses if use.document.is_file and not use.document.is_withheld]
    if not files:
        return [Proof(use, []) for use in uses]
    pages: dict[int, list[EvidencePage]] = {}
    for page in EvidencePage.objects.filter(evidence__in=files, number__lte=MOST_PAGES).order_by("number"):
        pages.setdefault(page.evidence_id, []).append(page)
    bare = [pk for pk in files if pk not in pages]
    office = {each.pk: each for each in Evidence.objects.filter(pk__in=bare, media_type__in=pictures.OFFICE)}
    return [_proof(use, pages.get(use.document.evidence_id, []), office) for use in uses]


def _proof(use: UseRow, pages: list[EvidencePage], office: dict[int, Evidence]) -> Proof:
    document = use.document
    if document.evidence_id in office:
        return Proof(use, [], pictures.preview_of(office[document.evidence_id]))
    drawn: dict[int, list[EvidencePage]] = {}
    for page in pages:
        drawn.setdefault(pictures.batch_of(page.number), []).append(page)
    readable = document.is_file and not document.is_withheld and document.state == Evidence.State.READY
    last = min(document.page_count or 0, MOST_PAGES) if readable else 0
    firsts = sorted({*drawn, *range(1, last + 1, pictures.BATCH)})
    return Proof(use, [(first, drawn.get(first, [])) for first in firsts])
