"""Numbers and moments as Indonesians write them: decimal comma, dots for thousands, the zone's name at every hour."""

from datetime import date, datetime, timedelta
from decimal import Decimal
from functools import lru_cache
from zoneinfo import ZoneInfo

from django.utils import formats, timezone

MINUS = "\u2212"
NOTHING = "\u2013"
ZONE_NAMES = {"Asia/Jakarta": "WIB", "Asia/Makassar": "WITA", "Asia/Jayapura": "WIT"}


def angka(value: Decimal | int | None, places: int = 2) -> str:
    """1234.5 -> "1.234,50"; None -> a dash."""
    if value is None or value == "":
        return NOTHING
    plain = f"{abs(value):,.{places}f}"
    sign = MINUS if value < 0 else ""
    return sign + plain.replace(",", " ").replace(".", ",").replace(" ", ".")


def bulat(value: Decimal | int | None) -> str:
    """Points as short as they are exact: 12.00 -> "12", 0.75 -> "0,75"."""
    if value is None:
        return NOTHING
    return angka(value, 0) if value == int(value) else angka(value)


def selisih(value: Decimal | None) -> str:
    """A difference with its sign: 4.8 -> "+4,80", -161.48 -> with a real minus."""
    if value is None:
        return NOTHING
    return ("+" if value > 0 else "") + angka(value)


def persen(value: Decimal | None) -> str:
    """16.8 -> "16,8 %"."""
    return NOTHING if value is None else f"{angka(value, 1)}\u00a0%"


def rupiah(value: Decimal | int | None) -> str:
    """2500000 -> "Rp2.500.000"."""
    return NOTHING if value is None else f"Rp{angka(value, 0)}"


def ukuran(size: int | None) -> str:
    """Bytes in words: 2516582 -> "2,4 MB"."""
    if not size:
        return NOTHING
    if size < 1024 * 1024:
        return f"{max(1, size // 1024)} kB"
    return f"{angka(Decimal(size) / (1024 * 1024), 1)} MB"


@lru_cache(maxsize=4096)
def _written(day: date) -> str:
    """A page says the same few days over and over; the portal has one language."""
    return str(formats.date_format(day, "j F Y"))


def saat(moment: datetime | None, zone: str = "Asia/Makassar") -> str:
    """A moment with its zone's name: "20 Mei 2025, 23.59 WITA"; `zone` is an IANA name."""
    if moment is None:
        return NOTHING
    local = timezone.localtime(moment, ZoneInfo(zone))
    return f"{_written(local.date())}, {local:%H.%M} {ZONE_NAMES.get(zone, zone)}"


def tanggal(moment: date | None, zone: str = "Asia/Makassar") -> str:
    """The day alone: "20 Mei 2025"; of a moment, on the clock of `zone`."""
    if moment is None:
        return NOTHING
    return _written(timezone.localtime(moment, ZoneInfo(zone)).date() if isinstance(moment, datetime) else moment)


def hari(day: date | None) -> str:
    """A day of the calendar, which no zone moves: "20 Mei 2025"."""
    return NOTHING if day is None else _written(day)


def jam(moment: datetime | None, zone: str = "Asia/Makassar") -> str:
    """The clock alone: "10.32"."""
    if moment is None:
        return NOTHING
    return f"{timezone.localtime(moment, ZoneInfo(zone)):%H.%M}"


def sisa(left: timedelta | None) -> str:
    """Time left in words: "9 hari lagi", "31 jam lagi", "lewat 2 hari"."""
    if left is None:
        return ""
    seconds = int(left.total_seconds())
    size = abs(seconds)
    words = (
        f"{size // 86400} hari"
        if size >= 2 * 86400
        else f"{size // 3600} jam"
        if size >= 3600
        else f"{size // 60} menit"
    )
    return f"{words} lagi" if seconds > 0 else f"lewat {words}"


def isian(number: Decimal | None) -> str:
    """A figure as it is typed into a field: 82.50 -> "82,5", 12.00 -> "12", None -> empty."""
    return "" if number is None else f"{number:f}".rstrip("0").rstrip(".").replace(".", ",")
