"""A region with two kecamatan and five villages, whose question 2.1 is counted by villages or by kecamatan."""

from accounts import actions as people
from accounts.models import District, Office, Village
from clusters.catalogue import catalogue_of
from clusters.models import Question
from evaluations.models import Answer, Evaluation, Responsibility
from tests.factories import NOW, make_office, make_user

VILLAGES = [("63.10.01", ["Batulicin", "Kampung Baru", "Gunung Tinggi"]), ("63.10.02", ["Pagatan", "Sungai Lembu"])]


def make_places(region) -> None:
    for code, names in VILLAGES:
        district = District.objects.create(region=region, code=code, name=f"Kec {code[-2:]}")
        for number, name in enumerate(names):
            Village.objects.create(district=district, code=f"{code}.200{number}", name=name)


def count_by(evaluation: Evaluation, unit: str, code: str = "2.1"):
    """The entry of a question that is counted by `unit` from now on; the edition counts as loaded anew."""
    Question.objects.filter(instrument=evaluation.cycle.instrument, code=code).update(place_unit=unit)
    instrument = evaluation.cycle.instrument
    instrument.fingerprint = f"{instrument.fingerprint}-{unit}"
    instrument.save()
    return catalogue_of(instrument).by_code[code]


def answer_of(evaluation: Evaluation, code: str = "2.1") -> Answer:
    return Answer.objects.select_related("evaluation__region", "question").get(
        evaluation=evaluation, question__code=code
    )


def ask_all_villages(evaluation: Evaluation) -> Office:
    """The instrument's office for all villages supports 2.1, the one for all kecamatan gets its parts."""
    villages, districts = make_office(evaluation.region, "desa"), make_office(evaluation.region, "kecamatan")
    question = evaluation.cycle.instrument.questions.get(code="2.1")
    Responsibility.objects.create(evaluation=evaluation, question=question, office=villages, is_lead=False)
    people.open_district_offices(whole=districts, by=None, at=NOW)
    return villages


def clerk_of(code: str, username: str = ""):
    """A member of staff of one kecamatan."""
    return make_user("STAFF", username=username, office=Office.objects.get(district__code=code))


def pks(*names: str) -> list[int]:
    return [Village.objects.get(name=name).pk for name in names]
