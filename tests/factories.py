"""Small worlds for tests: a tiny instrument, people, an evaluation with answers. Every moment is literal."""

from datetime import UTC, datetime, timedelta
from decimal import Decimal
from uuid import uuid4

from accounts.models import Office, Province, Region, User
from clusters.models import (
    Cluster,
    Cycle,
    Indicator,
    Instrument,
    InstrumentOffice,
    Option,
    PredicateBand,
    Question,
    StageWindow,
)
from evaluations import actions, scores
from evaluations.claims import Claim, from_option, from_points
from evaluations.models import Answer, Evaluation

NOW = datetime(2025, 5, 20, 2, 0, tzinfo=UTC)
PASSWORD = "sandi-panjang-untuk-uji"

BANDS = [("PRATAMA", "Pratama", 500), ("MADYA", "Madya", 601), ("NINDYA", "Nindya", 701), ("UTAMA", "Utama", 801),
         ("KLA", "Kabupaten/Kota Layak Anak", 901)]  # fmt: skip
# code, indicator, maximum, measure, two years, options as (label, points, above, upto)
STEPS = [("Tidak ada", "0"), ("Sebagian", "0.5"), ("Seluruhnya", "1")]
QUESTIONS = [
    ("1.1", "1", "400", "", False),
    ("1.2", "1", "200", "", False),
    ("2.1", "2", "100", "percentage", False),
    ("2.2", "2", "100", "percentage", True),
    ("3.1", "3", "150", "count", False),
    ("3.2", "3", "100", "", False),
]
INDICATORS = [("1", "K", "600"), ("2", "K", "200"), ("3", "I", "200")]  # indicator 3: questions 250, ceiling 200


def make_instrument(code: str = "uji-2024") -> Instrument:
    """Two clusters, three indicators, six questions worth 1000: options, a percentage, a trend, a count, a ceiling.

    Its fingerprint is its own: keys come again after a rollback, and what a process keeps must not serve the next.
    """
    instrument = Instrument.objects.create(
        code=code, name="Instrumen uji", maximum=Decimal(1000), evidence_years=[2023, 2024], fingerprint=uuid4().hex,
        loaded_at=NOW,
    )  # fmt: skip
    for band_code, name, lowest in BANDS:
        PredicateBand.objects.create(instrument=instrument, code=band_code, name=name, lowest=lowest)
    for office_code, name in [("dinkes", "Dinas Kesehatan"), ("disdik", "Dinas Pendidikan")]:
        InstrumentOffice.objects.create(instrument=instrument, code=office_code, name=name, aliases=[name])
    clusters = {
        cluster_code: Cluster.objects.create(
            instrument=instrument, code=cluster_code, name=name, maximum=Decimal(maximum), position=place
        )
        for place, (cluster_code, name, maximum) in enumerate([("K", "Kelembagaan", 800), ("I", "Hak Sipil", 200)])
    }
    indicators = {
        each: Indicator.objects.create(
            cluster=clusters[cluster], code=each, name=f"Indikator {each}", maximum=Decimal(maximum), position=place
        )
        for place, (each, cluster, maximum) in enumerate(INDICATORS)
    }
    for place, row in enumerate(QUESTIONS):
        _make_question(instrument, indicators[row[1]], place, *row)
    return instrument


def _make_question(instrument, indicator, place, code, _, maximum, measure, two_years) -> Question:
    question = Question.objects.create(
        instrument=instrument, indicator=indicator, code=code, text=f"Pertanyaan {code}", maximum=Decimal(maximum),
        position=place, scale="uji", scale_name="Skala uji", measure=measure, two_years=two_years,
        evidence=["SK", "Foto kegiatan"], matrix=code == "3.2",
        offices=["dinkes"] if code.startswith("1") else ["disdik", "dinkes"],
    )  # fmt: skip
    if two_years:
        rows = [(label, share, None, None) for label, share in
                [("Data tidak tersedia", "0"), ("Data satu tahun saja", "0.33"), ("Data dua tahun, memburuk", "0.5"),
                 ("Data dua tahun, tetap", "0.75"), ("Data dua tahun, membaik", "1")]]  # fmt: skip
    elif measure == "percentage":
        rows = [("0%", "0", None, 0), ("Di atas 0% sampai 50%", "0.5", 0, 50), ("Di atas 50%", "1", 50, 100)]
    else:
        rows = [(label, share, None, None) for label, share in STEPS]
    for position, (label, share, above, upto) in enumerate(rows):
        Option.objects.create(
            question=question, position=position, label=label, points=question.maximum * Decimal(share), above=above,
            upto=upto,
        )  # fmt: skip
    return question


def make_cycle(
    instrument: Instrument | None = None,
    *,
    code: str = "2024",
    stages: tuple[str, ...] = ("EM", "VA", "VL", "VF"),
    open_at: datetime = NOW,
    days: int = 30,
) -> Cycle:
    """A cycle whose windows are all open around `open_at`: `days` before and after."""
    cycle = Cycle.objects.create(
        code=code, name=f"Evaluasi KLA {code}", instrument=instrument or make_instrument(), award_year=2025,
        stages=list(stages),
    )  # fmt: skip
    for stage in stages:
        StageWindow.objects.create(
            cycle=cycle, stage=stage, opens_at=open_at - timedelta(days=days), closes_at=open_at + timedelta(days=days)
        )
    return cycle


def make_region(code: str = "63.10", name: str = "Kabupaten Tanah Bumbu") -> Region:
    """A region and its province (the first two digits)."""
    province, _ = Province.objects.get_or_create(code=code[:2], defaults={"name": f"Provinsi {code[:2]}"})
    region, _ = Region.objects.get_or_create(code=code, defaults={"name": name, "province": province})
    return region


def make_office(region: Region, code: str = "dinkes") -> Office:
    """An office of a region by its code in the instrument."""
    office, _ = Office.objects.get_or_create(region=region, code=code, defaults={"name": f"Dinas {code}"})
    return office


def make_user(
    role: str,
    *,
    username: str = "",
    region: Region | None = None,
    office: Office | None = None,
    province: Province | None = None,
) -> User:
    """A user whose bindings follow from the role; password `PASSWORD`."""
    if role == "STAFF":
        office = office or make_office(region or make_region())
        region = office.region
    elif role in ("OPERATOR", "REVIEWER", "LEADER"):
        region = region or make_region()
    elif role == "VERIFIER":
        province = province or (region or make_region()).province
        region = None
    else:
        region = None
    user = User(
        username=username or f"{role.lower()}-{User.objects.count() + 1}", role=role, region=region, office=office,
        province=province, first_name=role.title(),
    )  # fmt: skip
    user.set_password(PASSWORD)
    user.save()
    return user


def make_evaluation(region: Region | None = None, cycle: Cycle | None = None, *, at: datetime = NOW) -> Evaluation:
    """An open, empty evaluation through the real action."""
    return actions.open_evaluation(region=region or make_region(), cycle=cycle or make_cycle(), by=None, at=at)


def answer_question(evaluation: Evaluation, code: str, claim: Claim | Decimal | int, *, by=None, at=NOW) -> Answer:
    """Save one claim: a `Claim`, free points (Decimal) or the position of an option (int)."""
    answer = Answer.objects.select_related("question").get(evaluation=evaluation, question__code=code)
    if isinstance(claim, Decimal):
        claim = from_points(claim, "Uji")
    elif isinstance(claim, int):
        claim = from_option(answer.question.options.get(position=claim))
    return actions.save_answer(answer=answer, version=answer.version, claim=claim, note="", by=by, at=at)


def answer_all(evaluation: Evaluation, *, by=None, at=NOW) -> None:
    """Claim the highest option of every question."""
    for answer in Answer.objects.filter(evaluation=evaluation).select_related("question"):
        best = answer.question.options.order_by("-points")[0]
        actions.save_answer(answer=answer, version=answer.version, claim=from_option(best), note="", by=by, at=at)


def send(evaluation: Evaluation, by: User | None = None, *, at: datetime = NOW) -> Evaluation:
    """Send it and settle EM as the worker would."""
    by = by or make_user("OPERATOR", region=evaluation.region)
    evaluation = actions.submit(evaluation=evaluation, by=by, at=at)
    scores.settle(evaluation, "EM", at=at, freeze=True)
    return evaluation
