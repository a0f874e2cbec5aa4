"""Overload: pages give way after a bounded wait, saves never do."""

import threading
import time

import pytest
from django.http import HttpResponse
from django.test import RequestFactory

from kla_portal.shedding import Gate, PagesGiveWayMiddleware


@pytest.fixture
def busy(settings):
    """A portal whose one place for pages is taken until `done` is set; `inside` tells that it is."""
    settings.PAGES_AT_ONCE, settings.PAGES_WAITING, settings.PAGES_PATIENCE_SECONDS = 1, 1, 0.05
    inside, done = threading.Event(), threading.Event()

    def answer(request):
        if request.path == "/lama/":
            inside.set()
            done.wait(10)
        return HttpResponse("isi")

    portal = PagesGiveWayMiddleware(answer)
    slow = threading.Thread(target=portal, args=[RequestFactory().get("/lama/")])
    slow.start()
    inside.wait(10)
    yield portal
    done.set()
    slow.join(10)


SAVING = "/evaluasi/1/pertanyaan/1.1/simpan/"


def test_no_page_is_begun_while_saves_queue_up(settings, monkeypatch):
    monkeypatch.setattr("kla_portal.shedding.CALM", 0.01)
    settings.PAGES_PATIENCE_SECONDS, settings.SAVES_AT_ONCE, settings.SAVES_BEFORE_PAGES = 0.05, 1, 1
    go_on, began = threading.Event(), threading.Semaphore(0)

    def answer(request):
        if request.method == "POST":
            began.release()
            go_on.wait(10)
        return HttpResponse("isi")

    portal = PagesGiveWayMiddleware(answer)
    saves = [threading.Thread(target=portal, args=[RequestFactory().post(SAVING)]) for _ in range(3)]
    found = [portal(RequestFactory().get("/evaluasi/")).status_code]
    for each in saves:
        each.start()
    began.acquire(timeout=10)
    wait_until(lambda: portal.saves.waiting == 2)
    found.append(portal(RequestFactory().get("/evaluasi/")).status_code)
    go_on.set()
    for each in saves:
        each.join(10)
    found.append(portal(RequestFactory().get("/evaluasi/")).status_code)

    assert found == [200, 503, 200]


def wait_until(holds):
    """Ten seconds at most."""
    for _ in range(1000):
        if holds():
            return
        time.sleep(0.01)
    raise TimeoutError


@pytest.mark.parametrize(
    ("method", "path", "status"),
    [
        ("GET", "/evaluasi/", 503),
        ("HEAD", "/evaluasi/", 503),
        ("GET", "/sehat/", 200),
        ("GET", "/evaluasi/1/bukti/2/kecil/", 200),
        ("GET", "/evaluasi/1/bukti/2/halaman/3/", 200),
        ("GET", "/evaluasi/1/bukti/2/", 503),
        ("POST", "/evaluasi/", 200),
    ],
)
def test_pages_give_way_and_saves_do_not(busy, method, path, status):
    response = busy(RequestFactory().generic(method, path))

    assert (response.status_code, response.get("Retry-After")) == (status, "5" if status == 503 else None)


def test_shed_page_says_what_happens_and_tries_again(busy):
    response = busy(RequestFactory().get("/evaluasi/"))

    assert ("Menyimpan jawaban didahulukan" in response.content.decode(), response["Refresh"]) == (True, "5")


def test_shed_fragment_is_empty(busy):
    assert busy(RequestFactory().get("/evaluasi/", headers={"HX-Request": "true"})).content == b""


def test_gate_lets_the_next_in_when_one_leaves():
    gate = Gate(at_once=1, waiting=0, patience=0.01)
    found = [gate.enter(), gate.enter()]
    gate.leave()

    assert [*found, gate.enter()] == [True, False, True]


def test_gate_keeps_its_place_after_a_failure(settings):
    settings.PAGES_AT_ONCE, settings.PAGES_WAITING = 1, 0
    portal = PagesGiveWayMiddleware(lambda request: 1 / 0)

    for _ in range(3):
        with pytest.raises(ZeroDivisionError):
            portal(RequestFactory().get("/"))

    assert portal.gate.enter() is True


@pytest.mark.parametrize(
    ("path", "body", "together"),
    [
        ("/evaluasi/1/pertanyaan/1.2a/simpan/", b"option=3", 1),
        ("/verifikasi/1/pertanyaan/1.2a/nilai/", b"choice=terima", 1),
        ("/evaluasi/1/pertanyaan/1.2a/simpan/", b"x" * 70_000, 3),  # no form that a person types
        ("/evaluasi/1/kirim/", b"", 3),
    ],
)
def test_saves_wait_for_each_other_and_all_of_them_come_in(settings, path, body, together):
    settings.SAVES_AT_ONCE = 1
    inside, most, everybody = [], [], threading.Barrier(3)

    def answer(request):
        inside.append(request)
        most.append(len(inside))
        if together > 1:
            everybody.wait(10)
        inside.remove(request)
        return HttpResponse("isi")

    portal = PagesGiveWayMiddleware(answer)
    requests = [RequestFactory().post(path, body, content_type="text/plain") for _ in range(3)]
    threads = [threading.Thread(target=portal, args=[each]) for each in requests]
    for each in threads:
        each.start()
    for each in threads:
        each.join(20)

    assert (len(most), max(most)) == (3, together)
