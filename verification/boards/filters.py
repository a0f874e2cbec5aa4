"""Which rows of a board are shown, in which order; what the address says beyond the known words is ignored."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any
from urllib.parse import urlencode

from clusters.stages import Stage
from verification.boards.reading import STATES, Board, Row

NO_TIER, NO_FIGURE = "tanpa", "kosong"
UP, DOWN = "naik", "turun"
Key = Callable[[Row], Any]


@dataclass(frozen=True, slots=True)
class Filters:
    """Everything an address may say about a board."""

    cycle: str = ""
    province: str = ""
    words: str = ""
    stage: str = ""
    tier: str = ""
    verifier: str = ""
    state: str = ""
    sort: str = "daerah"
    way: str = UP

    @classmethod
    def read(cls, query: Mapping[str, str], board: Board) -> "Filters":
        """From an address."""
        scope = board.scope

        def known(name: str, words: Sequence[str]) -> str:
            said = query.get(name, "")
            return said if said in words else ""

        return cls(
            cycle=scope.cycle.code if query.get("siklus") else "",
            province=scope.province.code if scope.province and scope.is_national else "",
            words=query.get("cari", "").replace("\x00", "").strip()[:80],
            stage=known("tahap", [*(each.value for each in board.stages), "selesai"]),
            tier=known("predikat", [*(each.code for each in board.edition.tiers), NO_TIER, NO_FIGURE]),
            verifier=known("verifikator", [str(pk) for pk, _ in board.verifiers]),
            state=known("kemajuan", list(STATES)),
            sort=known("urut", list(keys(board))) or "daerah",
            way=DOWN if query.get("arah") == DOWN else UP,
        )

    @property
    def whole(self) -> str:
        """The address without filters: the same cycle and province."""
        return urlencode({name: value for name, value in self.pairs.items() if name in ("siklus", "provinsi")})

    @property
    def narrows(self) -> bool:
        """Whether rows are left out."""
        return any((self.words, self.stage, self.tier, self.verifier, self.state))

    @property
    def pairs(self) -> dict[str, str]:
        """As an address says it; what is usual is left out."""
        said = {
            "siklus": self.cycle, "provinsi": self.province, "cari": self.words, "tahap": self.stage,
            "predikat": self.tier, "verifikator": self.verifier, "kemajuan": self.state,
            "urut": "" if self.sort == "daerah" else self.sort, "arah": "" if self.way == UP else self.way,
        }  # fmt: skip
        return {name: value for name, value in said.items() if value}

    @property
    def query(self) -> str:
        """The same, ready to be put behind a question mark."""
        return urlencode(self.pairs)

    def but(self, **other: str) -> str:
        """The address with something else said."""
        return replace(self, **other).query

    def holds(self, row: Row) -> bool:
        """Whether a row is shown."""
        words = self.words.lower()
        return (
            (not words or words in row.name.lower() or row.code.startswith(words) or words in row.province.lower())
            and (not self.stage or (row.state == "selesai" if self.stage == "selesai" else row.stage == self.stage))
            and (not self.tier or _tier(row) == self.tier)
            and (not self.verifier or any(str(pk) == self.verifier for pk, _ in row.verifiers))
            and (not self.state or row.state == self.state)
        )


@dataclass(frozen=True, slots=True)
class Heading:
    """A column's head: what it says, where a click leads, how it is sorted now ("ascending", "descending", "none")."""

    key: str
    label: str
    query: str
    sorted: str
    is_number: bool


def _tier(row: Row) -> str:
    if row.latest is None:
        return NO_FIGURE
    return row.tier.code if row.tier else NO_TIER


def keys(board: Board) -> dict[str, Key]:
    """What each column is sorted by; rows without it come last, whichever way."""
    stages: dict[str, Key] = {stage.value.lower(): _figure(place) for place, stage in enumerate(board.stages)}
    return {
        "daerah": lambda row: row.code,
        "tahap": lambda row: list(Stage).index(Stage(row.stage)) if row.stage else 9 if row.evaluation else None,
        **stages,
        "selisih": lambda row: row.change,
        "perkiraan": lambda row: row.latest,
        "predikat": lambda row: (row.award_year, row.award) if row.award else None,
        "kemajuan": lambda row: row.percent if row.whole else None,
        "verifikator": lambda row: row.verifiers[0][1].lower() if row.verifiers else None,
        "sisa": lambda row: row.closes_at,
    }


def _figure(place: int) -> Key:
    def key(row: Row) -> Any:
        figure = row.figures[place]
        return figure.total if figure else None

    return key


def chosen(board: Board, filters: Filters) -> list[Row]:
    """The rows that are shown, in their order."""
    key = keys(board)[filters.sort]
    rows = [row for row in board.rows if filters.holds(row)]
    known = sorted((row for row in rows if key(row) is not None), key=key, reverse=filters.way == DOWN)
    return known + [row for row in rows if key(row) is None]


def headings(board: Board, filters: Filters) -> list[Heading]:
    """The heads of all columns, in their order; numbers begin with the largest."""
    labels = {
        "daerah": "Daerah", "tahap": "Tahap", **{each.value.lower(): each.value for each in board.stages},
        "selisih": "Selisih", "perkiraan": "Perkiraan dari skor", "predikat": "Predikat ditetapkan",
        "kemajuan": "Kemajuan tahap", "verifikator": "Verifikator", "sisa": "Sisa hari",
    }  # fmt: skip
    words = ("daerah", "tahap", "perkiraan", "predikat", "verifikator", "sisa", "kemajuan")
    found = []
    for key in keys(board):
        is_now = key == filters.sort
        first = UP if key in words and key != "perkiraan" else DOWN
        way = (DOWN if filters.way == UP else UP) if is_now else first
        state = ("ascending" if filters.way == UP else "descending") if is_now else "none"
        found.append(
            Heading(key, labels[key], filters.but(sort=key, way=way), state, key not in words or key == "sisa")
        )
    return found
