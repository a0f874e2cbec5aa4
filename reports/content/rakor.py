"""Content of the working paper of the coordination meeting: as the meeting keeps it."""

from dataclasses import dataclass

from evaluations.models import Evaluation
from followup.paper import NotReady, PaperContent, build_content
from reports.content.reading import NotSettled


@dataclass(frozen=True, slots=True)
class RakorContent:
    """Everything the working paper says; numbers and sentences are the meeting's own."""

    paper: PaperContent
    is_demo: bool


def build_rakor(evaluation: Evaluation) -> RakorContent:
    """The working paper of all clusters. Raises `NotSettled` while no judging stage is closed."""
    try:
        return RakorContent(build_content(evaluation), evaluation.is_demo)
    except NotReady as early:
        raise NotSettled(f"{evaluation.pk}") from early
