"""A module per topic: GET, POST, VALUES and furnish(); found by themselves."""

from importlib import import_module
from pkgutil import iter_modules

TOPICS = [import_module(f"{__name__}.{each.name}") for each in iter_modules(__path__)]
