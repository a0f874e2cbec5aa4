"""What became of an answer: what each save changed, and which office has done what for it. Never writes."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import datetime

from accounts.models import User
from evaluations.models import Answer, AnswerVersion, EvidenceUse
from kla_portal.numbers import angka, isian

SHOWN_VERSIONS = 20
NOBODY = "impor"
REGION = "Operator daerah"


@dataclass(frozen=True, slots=True)
class Change:
    """One thing that a save made different; empty texts where there was nothing."""

    what: str
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class Entry:
    """One save: who, when, what it changed."""

    version: AnswerVersion
    by: str
    office: str
    changes: list[Change]


@dataclass(frozen=True, slots=True)
class Contribution:
    """What one office has done for an answer: saves and documents, the newest moment first."""

    office: str
    saves: int
    documents: list[tuple[int, str, str]]  # evidence, title, who added it
    people: list[str]
    latest_at: datetime


def history_of(answer: Answer) -> list[Entry]:
    """The last saves, newest first, each beside the one before it. One query."""
    found = answer.versions.select_related("saved_by__office", "option").order_by("-version")[: SHOWN_VERSIONS + 1]
    versions = list(found)
    pairs = zip(versions, [*versions[1:], None], strict=False)  # none at all: nothing to pair
    return [
        Entry(version, str(version.saved_by or NOBODY), _office(version.saved_by), _changes(before, version))
        for version, before in pairs
    ][:SHOWN_VERSIONS]


def _changes(before: AnswerVersion | None, after: AnswerVersion) -> list[Change]:
    old, new = (_told(each) for each in (before, after))
    return [Change(what, old[what], new[what]) for what in new if old[what] != new[what]]


def _told(version: AnswerVersion | None) -> dict[str, str]:
    """A version as people read it."""
    if version is None:
        return dict.fromkeys(("Jawaban", "Angka tahun sebelumnya", "Angka", "Nilai", "Catatan"), "")
    return {
        "Jawaban": str(version.option or version.reason or ""),
        "Angka tahun sebelumnya": isian(version.measure_before),
        "Angka": isian(version.measure),
        "Nilai": "" if version.points is None else angka(version.points),
        "Catatan": version.note,
    }


def contributions_to(answer: Answer) -> list[Contribution]:
    """Offices that saved or proved, the latest first. Two queries."""
    saves = answer.versions.order_by("-version").values_list(
        "saved_by__office__name", "saved_by__first_name", "saved_by__username", "saved_at"
    )
    uses = EvidenceUse.objects.filter(answer=answer, removed_at__isnull=True).order_by("-added_at")
    proofs = uses.values_list(
        "added_by__office__name",
        "added_by__first_name",
        "added_by__username",
        "added_at",
        "evidence",
        "evidence__title",
    )
    done: dict[str, list[tuple[str, datetime, tuple[int, str] | None]]] = defaultdict(list)
    for office, first, name, at in saves:
        done[office or (REGION if name else NOBODY.capitalize())].append((first or name or NOBODY, at, None))
    for office, first, name, at, evidence, title in proofs:
        done[office or REGION].append((first or name, at, (evidence, title)))
    found = [_contribution(office, acts) for office, acts in done.items()]
    return sorted(found, key=lambda each: each.latest_at, reverse=True)


def _contribution(office: str, acts: list[tuple[str, datetime, tuple[int, str] | None]]) -> Contribution:
    documents = [(*document, by) for by, _, document in acts if document]
    people = list(dict.fromkeys(by for by, _, _ in acts))
    return Contribution(office, len(acts) - len(documents), documents, people, max(at for _, at, _ in acts))


def _office(user: User | None) -> str:
    return user.office.name if user and user.office else ""
