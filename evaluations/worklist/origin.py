"""Where a page beside a question was opened from: the question, and the list that this one was opened from."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from django.http import QueryDict

from evaluations.worklist.filters import Filters

LONGEST_CODE = 20


@dataclass(frozen=True, slots=True)
class Origin:
    """Travels along in addresses, so that the way back leads to the same place of the same list."""

    code: str = ""  # of the question; empty: one came from elsewhere
    trail: str = ""  # the list, as the query string of the question

    @classmethod
    def read(cls, given: Mapping[str, Any]) -> "Origin":
        """From the query string of a document or another page beside a question."""
        return cls(str(given.get("soal", ""))[:LONGEST_CODE], Filters.read(given).trail_back)

    @classmethod
    def beside_filters(cls, given: Mapping[str, Any]) -> "Origin":
        """From the query string of another list, whose own filters have the same names: what `picking` gives."""
        listed = Filters.read(QueryDict(str(given.get("daftar", ""))[:1000]))
        return cls(str(given.get("soal", ""))[:LONGEST_CODE], listed.trail_back)

    @property
    def query(self) -> str:
        """What an address carries on: "soal=7.2&dari=tugas"."""
        return "&".join(filter(None, [urlencode({"soal": self.code}) if self.code else "", self.trail]))

    @property
    def picking(self) -> str:
        """The same for the library or the plan, whose own filters have the names of those of the list."""
        if not self.code:
            return ""
        return urlencode({"soal": self.code, "daftar": self.trail} if self.trail else {"soal": self.code})
