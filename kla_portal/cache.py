"""The shared cache, as a convenience only: while it is away each process remembers by itself.

What is cached decides nothing but speed and the counting of log-in attempts, so a page never fails for it.
"""

import contextlib
import logging
import time
from collections.abc import Callable
from typing import Any

from django.core.cache.backends.filebased import FileBasedCache
from django.core.cache.backends.locmem import LocMemCache
from django.core.cache.backends.redis import RedisCache
from redis.backoff import NoBackoff
from redis.exceptions import RedisError
from redis.retry import Retry

logger = logging.getLogger(__name__)
REST_SECONDS = 5.0  # how long Redis is left alone after it did not answer
QUICK = {"socket_timeout": 0.5, "socket_connect_timeout": 0.5, "retry": Retry(NoBackoff(), 0)}

_away_until: dict[str, float] = {}  # per server, shared by the threads of a process


def _forgiving(name: str) -> Callable[..., Any]:
    def method(self: "ForgivingRedisCache", *args: Any, **kwargs: Any) -> Any:
        if time.monotonic() >= _away_until.get(self.location, 0.0):
            try:
                return getattr(RedisCache, name)(self, *args, **kwargs)
            except RedisError as error:
                _away_until[self.location] = time.monotonic() + REST_SECONDS
                logger.warning("Redis does not answer (%s): caching in this process", type(error).__name__)
        return getattr(self.memory, name)(*args, **kwargs)

    return method


class ForgivingRedisCache(RedisCache):
    """Redis, or this process's memory while Redis does not answer within half a second."""

    def __init__(self, server: str, params: dict[str, Any]) -> None:
        super().__init__(server, {**params, "OPTIONS": {**QUICK, **params.get("OPTIONS", {})}})
        self.location = server
        self.memory = LocMemCache(f"in place of {server}", {})

    add = _forgiving("add")
    get = _forgiving("get")
    set = _forgiving("set")
    touch = _forgiving("touch")
    delete = _forgiving("delete")
    get_many = _forgiving("get_many")
    has_key = _forgiving("has_key")
    incr = _forgiving("incr")
    set_many = _forgiving("set_many")
    delete_many = _forgiving("delete_many")
    clear = _forgiving("clear")


def _in_memory_on_failure(name: str) -> Callable[..., Any]:
    def method(self: "ForgivingFileCache", *args: Any, **kwargs: Any) -> Any:
        try:
            return getattr(FileBasedCache, name)(self, *args, **kwargs)
        except OSError as error:
            logger.warning("The cache folder cannot be used (%s): caching in this process", type(error).__name__)
            return getattr(self.memory, name)(*args, **kwargs)

    return method


class ForgivingFileCache(FileBasedCache):
    """Files of the embedded portal, or this process's memory where the folder is full or somebody else's."""

    def __init__(self, location: str, params: dict[str, Any]) -> None:
        super().__init__(location, params)
        self.memory = LocMemCache(f"in place of {location}", {})

    def _createdir(self) -> None:
        with contextlib.suppress(OSError):  # the write that follows finds out and goes to memory
            super()._createdir()  # type: ignore[misc]  # the stubs leave it out

    add = _in_memory_on_failure("add")
    get = _in_memory_on_failure("get")
    set = _in_memory_on_failure("set")
    touch = _in_memory_on_failure("touch")
    delete = _in_memory_on_failure("delete")
    has_key = _in_memory_on_failure("has_key")
