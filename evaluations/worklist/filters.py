"""What a list of questions is cut down to: read from an address, written back into one; unknown values mean "all"."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any
from urllib.parse import urlencode

from evaluations.worklist.standing import Line
from evaluations.worklist.states import State

LONGEST_WORDS = 100
STATES = {
    "terbuka": "Tugas terbuka",
    "dikembalikan": State.RETURNED.label,
    "diperiksa": State.CHECK.label,
    "kosong": State.EMPTY.label,
    "draf": State.DRAFT.label,
    "menunggu": "Menunggu yang lain",
    "siap": State.READY.label,
    "terkunci": State.LOCKED.label,
}
BY_STATE = {
    "dikembalikan": State.RETURNED,
    "diperiksa": State.CHECK,
    "kosong": State.EMPTY,
    "draf": State.DRAFT,
    "siap": State.READY,
    "terkunci": State.LOCKED,
}
PARTS = {"memimpin": "Memimpin", "mendukung": "Mendukung"}


@dataclass(frozen=True, slots=True)
class Filters:
    """The list somebody looks at; `group` is where in it the question stood that was opened from it."""

    state: str = ""
    cluster: str = ""
    indicator: str = ""
    part: str = ""
    office: int | None = None
    words: str = ""
    group: int | None = None
    is_list: bool = False  # the address says that one came from a list

    @classmethod
    def read(cls, given: Mapping[str, Any]) -> "Filters":
        """From the query string of a list, or of a question that was opened from one."""
        office, group = str(given.get("opd", "")), str(given.get("urut", ""))
        return cls(
            state=_one_of(STATES, given.get("keadaan", "")),
            cluster=str(given.get("klaster", ""))[:10],
            indicator=str(given.get("indikator", ""))[:10],
            part=_one_of(PARTS, given.get("peran", "")),
            office=int(office) if _is_number(office) else None,
            words=" ".join(str(given.get("cari", ""))[:LONGEST_WORDS].split()),
            group=int(group) if _is_number(group) else None,
            is_list=given.get("dari") == "tugas",
        )

    @property
    def narrows(self) -> bool:
        """Whether something beside the state and the words is cut away."""
        return bool(self.cluster or self.indicator or self.part or self.office)

    def query(self, **changes: Any) -> str:
        """The query string of the list itself; empty when it shows everything."""
        wanted = replace(self, **changes)
        pairs = {
            "keadaan": wanted.state,
            "klaster": wanted.cluster,
            "indikator": wanted.indicator,
            "peran": wanted.part,
            "opd": wanted.office,
            "cari": wanted.words,
        }
        return urlencode({name: value for name, value in pairs.items() if value})

    def trail(self, group: int | None) -> str:
        """The query string of a question opened from this list."""
        place = urlencode({"dari": "tugas"} | ({} if group is None else {"urut": group}))
        return "&".join(filter(None, [self.query(), place]))

    @property
    def trail_back(self) -> str:
        """The query string by which a question was opened from this list; empty when it was not."""
        return self.trail(self.group) if self.is_list else ""

    def fits(self, line: Line, found: set[int] | None) -> bool:
        """Whether a line is in the list, its state left aside; `found` are the questions that have the words."""
        question = line.entry.question
        return (
            (not self.cluster or question.indicator.cluster.code == self.cluster)
            and (not self.indicator or question.indicator.code == self.indicator)
            and self._fits_office(line)
            and (found is None or question.pk in found)
        )

    def _fits_office(self, line: Line) -> bool:
        if self.office is None:
            return not self.part or line.is_led == (self.part == "memimpin")
        own = next((each for each in line.offices if each.office_id == self.office), None)
        return own is not None and (not self.part or own.is_lead == (self.part == "memimpin"))


EVERYTHING = Filters()


def is_in(state: str, line: Line) -> bool:
    """Whether a line belongs to one of `STATES`; to the empty name all do."""
    if not state:
        return True
    if state == "terbuka":
        return line.is_task
    if state == "menunggu":
        return line.state.is_open and not line.is_task
    return line.state is BY_STATE[state]


def _one_of(known: Mapping[str, str], given: Any) -> str:
    return given if isinstance(given, str) and given in known else ""


def _is_number(text: str) -> bool:
    return text.isascii() and text.isdigit() and len(text) < 10
