"""Fills an empty portal with the demo; what is there already stays untouched, so every start may call it."""

from collections.abc import Callable, Sequence
from datetime import datetime, timedelta

from django.conf import settings
from django.db import transaction

from accounts.models import Region, User
from accounts.places import load_places
from accounts.regions import load_regions
from clusters.models import Cycle
from evaluations import actions as answering
from evaluations.models import Evaluation
from jobs import actions as jobs
from jobs.models import Job
from kla_portal.demo import documents, duties, last_cycle, news, ogan_ilir, province, review, tanah_bumbu
from kla_portal.demo.calendar import seed_cycle
from kla_portal.demo.claims import CEILINGED, Entry
from kla_portal.demo.people import seed_people
from kla_portal.demo.shelves import seed_shelves

Tell = Callable[[str], None]
APART = timedelta(seconds=1)  # documents of the demo are looked at in between those of people who try the portal


class DemoRefused(Exception):
    """A portal in production takes no demo."""

    def __init__(self) -> None:
        super().__init__("Data contoh tidak dapat dimuat pada portal produksi.")


@transaction.atomic
def seed(*, at: datetime, tell: Tell) -> None:
    """Load regions, instrument, cycle, people and cases as far as they are missing, all or nothing.

    Raises `DemoRefused`. A region that has an evaluation in the cycle keeps it as it is.
    """
    if not settings.DEMO_ALLOWED:
        raise DemoRefused
    tell("daerah, instrumen, dan siklus")
    load_regions()
    load_places()
    cycle = seed_cycle(at)
    fresh = _open_missing(cycle, at)
    people = seed_people(at)
    entries = _entries(cycle)
    tell("siklus lalu")
    last_cycle.seed_last_cycle(cycle, entries, people, at)
    for state in province.STATES:
        if state.code in fresh:
            tell(fresh[state.code].region.name)
            province.seed_state(fresh[state.code], state, entries, people, at)
            review.seed_review(fresh[state.code], people, at)
    if documents.OPEN_CASE in fresh:
        documents.seed_open_case(fresh[documents.OPEN_CASE], people["operator.tapin"], at)
    if duties.CODE in fresh:
        duties.seed_duties(fresh[duties.CODE], people["operator.tapin"], at)
    if ogan_ilir.CODE in fresh:
        tell(fresh[ogan_ilir.CODE].region.name)
        ogan_ilir.seed_recap(fresh[ogan_ilir.CODE], people["admin"], at)
    if tanah_bumbu.CODE in fresh:
        tell(fresh[tanah_bumbu.CODE].region.name)
        tanah_bumbu.seed_story(fresh[tanah_bumbu.CODE], entries, people, at)
        seed_shelves(Evaluation.objects.get(pk=fresh[tanah_bumbu.CODE].pk), people, at)
    _seed_news(cycle, fresh, people, at)
    if fresh:
        jobs.spread(queue=Job.Queue.SCAN, at=at, apart=APART)


def _seed_news(cycle: Cycle, fresh: dict[str, Evaluation], people: dict[str, User], at: datetime) -> None:
    if fresh:
        news.seed_moved_deadline(cycle, people["admin"], at)
    if documents.OPEN_CASE in fresh:
        news.seed_notices(fresh[documents.OPEN_CASE], people, at)
    if news.AT_WORK in fresh:
        news.seed_pace(fresh[news.AT_WORK], people["admin"], at)


def _open_missing(cycle: Cycle, at: datetime) -> dict[str, Evaluation]:
    """Evaluations opened just now, by the code of their region."""
    codes = [tanah_bumbu.CODE, ogan_ilir.CODE, *(state.code for state in province.STATES)]
    known = Evaluation.objects.filter(cycle=cycle).values_list("region_id", flat=True)
    regions = Region.objects.filter(code__in=codes).exclude(pk__in=known)
    return {
        region.code: answering.open_evaluation(region=region, cycle=cycle, by=None, at=at, is_demo=True)
        for region in regions.order_by("code")
    }


def _entries(cycle: Cycle) -> Sequence[Entry]:
    """Questions in the order of the instrument, each with its options."""
    questions = cycle.instrument.questions.select_related("indicator").prefetch_related("options").order_by("position")
    return [
        Entry(question, tuple(question.options.all()), question.indicator.code != CEILINGED) for question in questions
    ]
