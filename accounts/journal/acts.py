"""Kinds of acts: what people did, coarsely, so that one need not know every name."""

from collections.abc import Sequence

from accounts.events import WORDS

SAW, TOOK, JUDGED, PEOPLE, CHANGED = "melihat", "mengunduh", "menilai", "akun", "mengubah"
KINDS = {
    SAW: "Melihat", TOOK: "Mengunduh", JUDGED: "Menilai dan menutup tahap", PEOPLE: "Masuk, akun, dan jejak",
    CHANGED: "Mengisi dan mengubah",
}  # fmt: skip
_TAKING = {"evidence.bundled", "trail.exported"}
_JUDGING = (
    "verdict", "stage", "award", "verifier", "conflict", "repair", "clarification", "correction", "paper", "double",
    "note",
)  # fmt: skip


def kind_of(action: str) -> str:
    """The kind of an act by its name."""
    room, _, act = action.partition(".")
    if act == "viewed":
        return SAW
    if act == "downloaded" or action in _TAKING:
        return TOOK
    if room in _JUDGING or action == "answer.returned":
        return JUDGED
    return PEOPLE if room in ("user", "users", "trail") else CHANGED


def actions_of(chosen: str) -> list[str]:
    """The acts that a choice stands for: those of a kind, or the one itself."""
    return [action for action in WORDS if kind_of(action) == chosen] if chosen in KINDS else [chosen]


def choices() -> list[tuple[str, str | Sequence[tuple[str, str]]]]:
    """For a field: every kind with all its acts below, in the order of the alphabet."""
    found: list[tuple[str, str | Sequence[tuple[str, str]]]] = [("", "Semua kejadian")]
    for kind, words in KINDS.items():
        acts = sorted(((each, WORDS[each]) for each in actions_of(kind)), key=lambda act: act[1])
        found.append((words, [(kind, f"Semua: {words.lower()}"), *acts]))
    return found
