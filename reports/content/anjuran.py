"""Content of the *Lembar Rekomendasi*: a sheet per office with what it must mend, or one office's sheet alone."""

from dataclasses import dataclass

from accounts.models import Office
from clusters import scoring
from clusters.stages import Stage
from evaluations.models import Evaluation
from reports.content.brief import OfficeTasks, build_brief
from reports.content.naskah import Texts, texts_of
from reports.content.parts import Standing
from reports.houses import House


@dataclass(frozen=True, slots=True)
class AnjuranContent:
    """Everything the sheets say; `office` is set for a sheet alone and empty for the bundle of all."""

    standing: Standing
    texts: Texts
    office_code: str
    office: str
    sheets: tuple[OfficeTasks, ...]


def build_anjuran(evaluation: Evaluation, office: Office | None, stage: Stage = Stage.VA) -> AnjuranContent:
    """The sheets after `stage`; an office with nothing to mend gets a sheet that says so. Raises `NotSettled`."""
    brief = build_brief(evaluation, stage)
    sheets = brief.offices
    if office is not None:
        own = tuple(each for each in sheets if each.office == office.name)
        sheets = own or (OfficeTasks(office.name, scoring.ZERO, (), ()),)
    return AnjuranContent(
        standing=brief.standing,
        texts=texts_of(House(region=evaluation.region)),
        office_code=office.code if office else "",
        office=office.name if office else "",
        sheets=sheets,
    )
