"""What a panel of the question page is; which panels there are is said in `question_page`."""

from dataclasses import dataclass
from typing import Any, Literal


@dataclass(frozen=True, slots=True)
class Panel:
    """A fragment of the question page with its own template; `values` is all that the template gets as `panel`."""

    template: str
    values: Any
    place: Literal["above", "below"] = "below"  # of the answer's sheet and its evidence
