"""An embedded portal from before tables had columns gets them at its next start, evaluations untouched."""

import io

import pytest

from clusters import instrument_file
from clusters.models import Instrument, Question
from evaluations.models import Evaluation
from kla_portal.management.commands.prepare import Command
from tests.clusters.instrument_files import SHIPPED
from tests.factories import NOW, make_cycle, make_evaluation

pytestmark = pytest.mark.django_db


@pytest.fixture
def command(settings, tmp_path):
    """`prepare` on a database in which somebody works with an instrument without columns."""
    settings.VAR_DIR = tmp_path
    instrument = instrument_file.load(SHIPPED, at=NOW).instrument
    Question.objects.update(matrix_columns=[], matrix_name="", place_unit="")
    Instrument.objects.update(forms_fingerprint="")
    make_evaluation(cycle=make_cycle(instrument))
    return Command(stdout=io.StringIO())


def columns():
    return Question.objects.filter(matrix=True).exclude(matrix_columns=[]).count()


def test_older_portal_gets_columns_and_places_once(command):
    before = columns()

    command._seed()
    command._seed()

    assert (before, columns(), Question.objects.exclude(place_unit="").count()) == (0, 74, 33)
    assert (Evaluation.objects.count(), command.stdout.getvalue()) == (1, "Melengkapi instrumen ...\n")


def test_instrument_that_differs_is_left_as_it_is(command):
    Instrument.objects.update(fingerprint="lain")

    command._seed()

    assert (columns(), "Instrumen tetap seperti semula." in command.stdout.getvalue()) == (0, True)
