"""An evaluation whose question 3.2 asks for a table with four columns."""

import pytest

from tests.evaluations.matrices.tables import give_columns
from tests.factories import make_user


@pytest.fixture
def evaluation(evaluation):
    give_columns()
    return evaluation


@pytest.fixture
def operator(client, evaluation):
    """The region's operator, logged in."""
    user = make_user("OPERATOR", username="operator", region=evaluation.region)
    client.force_login(user)
    return user
