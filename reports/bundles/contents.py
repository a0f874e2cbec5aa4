"""What the archive of a region's evidence holds: every document once, at the first question it proves."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from accounts.models import User
from clusters.models import Question
from evaluations import rules as evaluation_rules
from evaluations.evidence import storing
from evaluations.models import Evaluation, Evidence, EvidenceUse
from reports.bundles import naming

WITHHELD = "Ditahan oleh pemindaian virus."
MISSING = "Berkasnya tidak ditemukan di penyimpanan portal."
REPLACED = "Sudah digantikan dokumen yang lebih baru."
DETACHED = "Sudah dilepas dari semua pertanyaan."
UNUSED = "Belum dipakai pertanyaan mana pun."


@dataclass(frozen=True, slots=True)
class Use:
    """A question that a document proves, and where in the document."""

    question: Question
    pages: str


@dataclass(frozen=True, slots=True)
class Entry:
    """A document of the archive; `path` is empty for a link, which has no file."""

    evidence: Evidence
    uses: tuple[Use, ...]
    path: str

    @property
    def codes(self) -> str:
        """The questions it proves."""
        return ", ".join(use.question.code for use in self.uses)


@dataclass(frozen=True, slots=True)
class LeftOut:
    """A document that is not in the archive, and why."""

    evidence: Evidence
    reason: str


@dataclass(frozen=True, slots=True)
class Contents:
    """The archive's documents in the order of their questions, and those left out."""

    evaluation: Evaluation
    entries: Sequence[Entry]
    left_out: Sequence[LeftOut]

    @property
    def files(self) -> list[Entry]:
        """Entries with a file."""
        return [entry for entry in self.entries if entry.path]

    @property
    def links(self) -> list[Entry]:
        """Entries that only lead elsewhere."""
        return [entry for entry in self.entries if not entry.path]

    @property
    def size(self) -> int:
        """Bytes of all documents."""
        return sum(entry.evidence.size for entry in self.files)

    @property
    def last_change(self) -> Evidence | None:
        """The document that came last."""
        return max((entry.evidence for entry in self.entries), key=lambda each: each.added_at, default=None)


def contents(user: User, evaluation: Evaluation) -> Contents:
    """What the user may see of an evaluation's evidence. Two queries, however many documents."""
    visible = evaluation_rules.visible_evidence(user).filter(evaluation=evaluation)
    documents = {each.pk: each for each in visible.with_afterlife().select_related("office").order_by("pk")}
    uses = _uses(evaluation, documents)
    left_out = [LeftOut(each, reason) for each in documents.values() if (reason := _missing_why(each, uses))]
    gone = {each.evidence.pk for each in left_out}
    ordered = sorted((pk for pk in documents if pk not in gone), key=lambda pk: (uses[pk][0].question.position, pk))
    counts: defaultdict[str, int] = defaultdict(int)
    entries = [Entry(documents[pk], tuple(uses[pk]), _path(documents[pk], uses[pk][0], counts)) for pk in ordered]
    return Contents(evaluation, entries, left_out)


def _uses(evaluation: Evaluation, documents: dict[int, Evidence]) -> dict[int, list[Use]]:
    rows = EvidenceUse.objects.current().filter(answer__evaluation=evaluation, evidence__evaluation=evaluation)
    rows = rows.select_related("answer__question__indicator__cluster").order_by("answer__question__position", "pk")
    found: dict[int, list[Use]] = {}
    for row in rows:
        if row.evidence_id in documents:
            found.setdefault(row.evidence_id, []).append(Use(row.answer.question, row.pages))
    return found


def _missing_why(evidence: Evidence, uses: dict[int, list[Use]]) -> str:
    """Why a document stays out; empty when it goes in."""
    if evidence.pk not in uses:
        life = vars(evidence)
        return REPLACED if life["is_replaced"] else DETACHED if life["was_used"] else UNUSED
    if not evidence.is_file:
        return ""
    if evidence.is_withheld:
        return WITHHELD
    try:
        whole = storing.path_of(evidence.stored_as).stat().st_size == evidence.size
    except OSError:
        whole = False
    return "" if whole else MISSING


def _path(evidence: Evidence, use: Use, counts: defaultdict[str, int]) -> str:
    if not evidence.is_file:
        return ""
    folder = naming.folder_of(use.question)
    counts[folder] += 1
    return f"{folder}/{naming.file_of(counts[folder], evidence.title, evidence.file_name)}"
