"""A cache server that is gone or frozen costs half a second once, never a page."""

import socket
import time

import pytest

from kla_portal import cache as portal_cache
from kla_portal.cache import ForgivingRedisCache
from scripts import with_services


@pytest.fixture(autouse=True)
def _redis_is_trusted():
    portal_cache._away_until.clear()


def make(url):
    made = ForgivingRedisCache(url, {})
    made.memory.clear()
    return made


def test_cache_works_in_memory_while_nobody_listens():
    cache = make(f"redis://127.0.0.1:{with_services.free_port()}/0")

    began = time.monotonic()
    cache.set("nilai", 1)
    cache.incr("nilai")
    cache.set_many({"a": 1, "b": 2})

    assert (cache.get("nilai"), cache.get("none", "kosong"), cache.get_many(["a", "b"])) == (
        2,
        "kosong",
        {"a": 1, "b": 2},
    )
    assert cache.add("nilai", 9) is False
    assert time.monotonic() - began < 1


def test_cache_asks_a_silent_server_only_once_in_a_while():
    with socket.create_server(("127.0.0.1", 0)) as silent:
        cache = make(f"redis://127.0.0.1:{silent.getsockname()[1]}/0")

        began = time.monotonic()
        found = [cache.get("nilai") for _ in range(50)]

    assert found == [None] * 50
    assert time.monotonic() - began < 2


@pytest.mark.services
def test_cache_returns_to_redis_when_it_is_back(tmp_path):
    port = with_services.free_port()
    cache = make(f"redis://:latihan@127.0.0.1:{port}/0")
    cache.set("nilai", "sendiri")

    with with_services.redis(tmp_path / "redis", port, "latihan"):
        portal_cache._away_until.clear()
        before = cache.get("nilai")
        cache.set("nilai", "bersama")
        after = cache.get("nilai")
    away = cache.get("nilai")

    assert (before, after, away) == (None, "bersama", "sendiri")
