"""Icons of heroicons, each drawn once per process: the package reads and writes its SVG anew at every place."""

from collections.abc import Callable
from functools import lru_cache

from django import template
from django.utils.safestring import SafeString
from heroicons.templatetags import heroicons

register = template.Library()


@register.simple_tag
def heroicon_outline(name: str, *, size: int = 24, **attributes: str) -> SafeString:
    """The icon as SVG; further attributes stand in its tag (`aria_label` as `aria-label`)."""
    return _drawn(heroicons.heroicon_outline, name, size, tuple(attributes.items()))


@register.simple_tag
def heroicon_mini(name: str, *, size: int = 20, **attributes: str) -> SafeString:
    """The same, filled, for small places."""
    return _drawn(heroicons.heroicon_mini, name, size, tuple(attributes.items()))


@lru_cache(maxsize=512)
def _drawn(draw: Callable[..., str], name: str, size: int, attributes: tuple[tuple[str, str], ...]) -> SafeString:
    return SafeString(draw(name, size=size, **dict(attributes)))
