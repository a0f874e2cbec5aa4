"""What a checked file says, as plain values; equal content has an equal fingerprint, whatever its comments."""

import hashlib
import json
from dataclasses import asdict, dataclass, field
from decimal import Decimal

from clusters.matrices import Column, for_storing
from clusters.scales import Range

_APART = {"line", "matrix_line", "matrix_name", "columns", "place_unit"}  # see `Content.forms_fingerprint`


@dataclass(frozen=True, slots=True)
class BandEntry:
    """A predicate and its lowest whole score."""

    code: str
    name: str
    lowest: int


@dataclass(frozen=True, slots=True)
class OfficeEntry:
    """A kind of office and what else it is called."""

    code: str
    name: str
    aliases: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class OptionEntry:
    """One step of a scale; `fraction` is of the question's maximum."""

    label: str
    fraction: Decimal
    range: Range | None


@dataclass(frozen=True, slots=True)
class ScaleEntry:
    """The options that many questions share."""

    code: str
    name: str
    options: tuple[OptionEntry, ...]


@dataclass(frozen=True, slots=True)
class MatrixEntry:
    """The columns that many matrices share."""

    code: str
    name: str
    columns: tuple[Column, ...]


@dataclass(frozen=True, slots=True)
class QuestionEntry:
    """A question; the first of `offices` leads. `line` is for sentences and no part of the content."""

    line: int = field(compare=False)
    code: str
    text: str
    maximum: Decimal
    scale: str
    measure: str
    lower_is_better: bool
    evidence: tuple[str, ...]
    matrix: bool
    offices: tuple[str, ...]
    matrix_name: str = ""
    columns: tuple[Column, ...] = ()  # of its matrix; none: the general ones
    place_unit: str = ""  # clusters.models.Question.PlaceUnit
    matrix_line: int = field(default=0, compare=False)


@dataclass(frozen=True, slots=True)
class IndicatorEntry:
    """An indicator with its ceiling."""

    line: int = field(compare=False)
    code: str
    name: str
    maximum: Decimal
    questions: tuple[QuestionEntry, ...]


@dataclass(frozen=True, slots=True)
class ClusterEntry:
    """A cluster with what its indicators must add up to."""

    line: int = field(compare=False)
    code: str
    name: str
    maximum: Decimal
    indicators: tuple[IndicatorEntry, ...]


@dataclass(frozen=True, slots=True)
class Content:
    """A whole instrument file."""

    line: int = field(compare=False)  # of the stated total
    code: str
    name: str
    maximum: Decimal
    evidence_years: tuple[int, ...]
    fraction_rule: str
    bands: tuple[BandEntry, ...]
    offices: dict[str, OfficeEntry]
    scales: dict[str, ScaleEntry]
    clusters: tuple[ClusterEntry, ...]

    @property
    def indicators(self) -> list[IndicatorEntry]:
        """All indicators in the order of the file."""
        return [indicator for cluster in self.clusters for indicator in cluster.indicators]

    @property
    def questions(self) -> list[QuestionEntry]:
        """All questions in the order of the file, which is the order in which points are added."""
        return [question for indicator in self.indicators for question in indicator.questions]

    @property
    def fingerprint(self) -> str:
        """SHA-256 over what answers are given to, without lines: a new comment or a blank line changes nothing.

        Columns and places are left out: they came later than the first files, and can be added to one in use.
        """
        entries = asdict(self) | {  # as lists: a code may be any word, even "line"
            "offices": [asdict(office) for _, office in sorted(self.offices.items())],
            "scales": [asdict(scale) for _, scale in sorted(self.scales.items())],
        }
        return _sha256(_weighed(entries))

    @property
    def forms_fingerprint(self) -> str:
        """SHA-256 over columns and places question by question; empty when the file states none."""
        forms = {
            question.code: [question.matrix_name, for_storing(question.columns), question.place_unit]
            for question in self.questions
            if question.columns or question.place_unit
        }
        return _sha256(forms) if forms else ""


def _weighed(said: object) -> object:
    if isinstance(said, dict):
        return {key: _weighed(value) for key, value in said.items() if key not in _APART}
    if isinstance(said, list | tuple):
        return [_weighed(value) for value in said]
    return said


def _sha256(said: object) -> str:
    return hashlib.sha256(json.dumps(said, sort_keys=True, ensure_ascii=False, default=str).encode()).hexdigest()
