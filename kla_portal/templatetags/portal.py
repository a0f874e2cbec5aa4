"""The portal's template words, known in every template without loading: numbers, moments, small charts."""

from django import template

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
    numbers.jam,
    numbers.sisa,
):
    register.filter(word.__name__, word)

register.simple_tag(charts.ring, name="cincin")
register.simple_tag(charts.bar, name="batang")
register.inclusion_tag("components/ruler.html", name="penggaris")(charts.ruler)
register.inclusion_tag("components/losses.html", name="kehilangan")(charts.losses)
