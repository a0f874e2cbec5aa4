"""Who brings a file of people: an operator of one region, an administrator of all."""

import pytest

from accounts.models import Office
from tests.factories import make_region, make_user


@pytest.fixture
def here():
    return make_region()


@pytest.fixture
def health(here):
    return Office.objects.create(region=here, code="dinkes", name="Dinas Kesehatan", aliases=["Dinkes"])


@pytest.fixture
def operator(client, here):
    user = make_user("OPERATOR", username="operator.uji", region=here)
    client.force_login(user)
    return user


@pytest.fixture
def admin(client):
    user = make_user("ADMIN", username="admin.uji")
    client.force_login(user)
    return user
