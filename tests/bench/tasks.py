"""The list of tasks of an evaluation with 274 questions against its own bytes after one query; what filters cost."""

from django.db import connection
from django.urls import reverse

from accounts.models import User
from tests.bench import limits, timing
from tests.bench.pages import client_of
from tests.bench.table import Fact, Row, shown

LIST = "tugas"
FILTERS = ("?keadaan=kosong&klaster=K", "?cari=forum+anak", "?halaman=4")


def measure(world):
    """Rows and facts of the longest list: nothing is answered yet."""
    staff = User.objects.get(username="staf.tapin")
    rows = [_row(world.empty, user, words) for user, words in ((world.saver, "a region"), (staff, "an office"))]
    client, address = client_of(world.saver), reverse("evaluations:tasks", args=[world.empty.pk])
    return rows, [_filtered(client, address, query) for query in FILTERS]


def _row(evaluation, user, words):
    client, ours = client_of(user), reverse("evaluations:tasks", args=[evaluation.pk])
    limit = reverse("limit_page", args=[evaluation.pk, LIST])
    response = client.get(ours)
    assert response.content.count(b'<article class="task"') == 40, response.status_code
    limits.READY[evaluation.pk, LIST] = response.content
    cost = timing.in_turn(
        {"ours": lambda: client.get(ours), "limit": lambda: client.get(limit)}, rounds=11, calls=4
    )  # fmt: skip
    whole = len(evaluation.answers.all()) if user.office_id is None else user.office.responsibilities.count()
    return Row(
        f"list of tasks of {words}, {whole} questions", connection.vendor, "CPU in-process", cost["ours"].app,
        cost["limit"].app, 20, statements=timing.statements(lambda: client.get(ours)), most_statements=10,
    )  # fmt: skip


def _filtered(client, address, query):
    count = timing.statements(lambda: client.get(address + query))
    cost = timing.in_turn({"page": lambda: client.get(address + query)}, rounds=5)["page"]
    return Fact(f"list of tasks, {query}, {connection.vendor}", f"{shown(cost.app)} CPU in-process, {count} statements")
