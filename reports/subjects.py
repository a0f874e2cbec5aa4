"""What a paper is about: an evaluation, perhaps a part of it, or a province in a cycle."""

from dataclasses import dataclass
from typing import Any

from accounts.models import Office, Province
from clusters.models import Cycle
from evaluations.models import Evaluation
from reports.houses import House
from reports.models import Document


@dataclass(frozen=True, slots=True)
class Subject:
    """Either `evaluation`, with `office` for a sheet of its own, or `province` with `cycle`."""

    evaluation: Evaluation | None = None
    office: Office | None = None
    province: Province | None = None
    cycle: Cycle | None = None

    @property
    def house(self) -> House:
        """Under whose letterhead it is written."""
        return House(region=self.evaluation.region) if self.evaluation else House(province=self.province)

    @property
    def case(self) -> Evaluation:
        """The evaluation of a paper that needs one."""
        if self.evaluation is None:
            raise TypeError("This paper is about an evaluation.")
        return self.evaluation

    @property
    def whole(self) -> tuple[Province, Cycle]:
        """Province and cycle of a paper that needs them."""
        if self.province is None or self.cycle is None:
            raise TypeError("This paper is about a province.")
        return self.province, self.cycle

    @property
    def about(self) -> str:
        """The subject in one column."""
        if self.evaluation is None:
            province, cycle = self.whole
            return f"province:{province.pk} cycle:{cycle.pk}"
        return f"evaluation:{self.evaluation.pk}" + (f" office:{self.office.pk}" if self.office else "")

    @property
    def columns(self) -> dict[str, Any]:
        """As a document's row holds it."""
        return {
            "evaluation": self.evaluation,
            "office": self.office,
            "province": self.province,
            "cycle": self.cycle,
            "about": self.about,
        }


def of(document: Document) -> Subject:
    """What a document with `with_case` is about."""
    return Subject(document.evaluation, document.office, document.province, document.cycle)
