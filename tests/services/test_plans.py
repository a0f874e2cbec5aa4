"""What PostgreSQL does to say how a question stands: it walks the rows of the asker, not those of the country."""

import pytest
from django.db import connection

from accounts.models import District, Village
from evaluations.models import Answer, PlaceTick
from evaluations.worklist import facts
from tests.evaluations.places.world import ask_all_villages, clerk_of, count_by, make_places
from tests.factories import NOW, make_evaluation, make_region, make_user

pytestmark = [pytest.mark.services, pytest.mark.django_db]
DISTRICTS, VILLAGES = 60, 50


@pytest.fixture
def evaluation():
    """One of a region whose neighbour has ticked all its many villages at every question."""
    evaluation = make_evaluation()
    make_places(evaluation.region)
    count_by(evaluation, "village")
    ask_all_villages(evaluation)
    other = make_evaluation(make_region("16.10"), evaluation.cycle)
    districts = District.objects.bulk_create(
        District(region=other.region, code=f"16.10.{n}", name=f"Kec {n}") for n in range(DISTRICTS)
    )
    villages = Village.objects.bulk_create(
        Village(district=each, code=f"{each.code}.{n}", name=f"Desa {n}") for each in districts for n in range(VILLAGES)
    )
    by = make_user("OPERATOR", region=other.region)
    PlaceTick.objects.bulk_create(
        PlaceTick(answer=answer, village=each, is_met=True, ticked_at=NOW, ticked_by=by)
        for answer in Answer.objects.filter(evaluation=other)
        for each in villages
    )
    return evaluation


def test_kecamatan_asks_for_its_own_ticks_alone(evaluation):
    asked = facts._seen_by(clerk_of("63.10.01"), evaluation.pk).query.sql_with_params()
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
        cursor.execute(f"EXPLAIN {asked[0]}", asked[1])
        plan = [line for (line,) in cursor.fetchall()]
        cursor.execute("SHOW jit")
        jit = cursor.fetchone()

    assert ([line for line in plan if "Seq Scan on evaluations_placetick" in line], jit) == ([], ("off",))
