"""The portal's template words, known in every template without loading: numbers, moments, small charts."""

from typing import Any

from django import template
from django.template.loader import render_to_string
from django.utils.safestring import SafeString, mark_safe

from kla_portal import charts, numbers

register = template.Library()

for word in (
    numbers.angka,
    numbers.bulat,
    numbers.selisih,
    numbers.persen,
    numbers.rupiah,
    numbers.ukuran,
    numbers.saat,
    numbers.tanggal,
    numbers.isian,
    numbers.jam,
    numbers.sisa,
):
    register.filter(word.__name__, word)

register.simple_tag(charts.ring, name="cincin")
register.simple_tag(charts.bar, name="batang")
register.simple_tag(charts.pace, name="perkiraan")
register.inclusion_tag("components/ruler.html", name="penggaris")(charts.ruler)
register.inclusion_tag("components/losses.html", name="kehilangan")(charts.losses)


@register.simple_tag
def jinja(name: str, **values: Any) -> SafeString:
    """Render a hot fragment with the fast engine inside an ordinary page; values are its whole context."""
    return mark_safe(render_to_string(name, values, using="jinja"))  # noqa: S308  the fragment escapes by itself


register.inclusion_tag("components/waterfall.html", name="air_terjun")(charts.waterfall)
