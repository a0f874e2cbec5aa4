"""What a stage has done to a question, for word, icon and colour on the page."""

from collections.abc import Mapping
from enum import StrEnum

Words = tuple[str, str, str]  # word, icon, colour


class Finding(StrEnum):
    """In the order in which they ask for attention; the internal review alone knows the first."""

    READY = "siap"
    OPEN = "belum"
    ACCEPTED = "diterima"
    LOWERED = "turun"
    RAISED = "naik"
    CHANGED = "berubah"
    RETURNED = "kembali"


WORDS: Mapping[Finding, Words] = {
    Finding.READY: ("Siap ditelaah", "clock", "brand"),
    Finding.OPEN: ("Belum dinilai", "clock", "plain"),
    Finding.ACCEPTED: ("Diterima", "check-circle", "good"),
    Finding.LOWERED: ("Diturunkan", "arrow-down-circle", "bad"),
    Finding.RAISED: ("Dinaikkan", "arrow-up-circle", "brand"),
    Finding.CHANGED: ("Berubah sejak ditelaah", "arrow-path", "warn"),
    Finding.RETURNED: ("Dikembalikan", "arrow-uturn-left", "bad"),
}
AGAIN: Words = ("Menunggu", "arrow-path", "warn")  # after sending: new evidence, to be judged again
VERDICT_FILTERS = (
    (Finding.OPEN, "Belum dinilai"),
    (Finding.LOWERED, "Diturunkan"),
    (Finding.RETURNED, "Dikembalikan"),
    (Finding.CHANGED, "Menunggu"),
)
REVIEW_FILTERS = (
    (Finding.READY, "Siap ditelaah"),
    (Finding.OPEN, "Belum ditelaah"),
    (Finding.CHANGED, "Berubah sejak ditelaah"),
    (Finding.RETURNED, "Dikembalikan"),
)


class Lens(StrEnum):
    """Ways to look at the questions beside what the stage has done to them; the first two put them in another order."""

    STAKE = "taruhan"
    GAP = "selisih"
    SHARED = "bersama"


LENSES = ((Lens.STAKE, "Nilai dipertaruhkan"), (Lens.GAP, "Selisih besar"), (Lens.SHARED, "Bukti bersama"))
LENS_NOTES: Mapping[str, str] = {
    Lens.STAKE: "Belum dinilai dan ada nilainya, yang terbesar lebih dulu.",
    Lens.GAP: "Berbeda seperempat nilai maksimal atau lebih dari evaluasi mandiri, yang terbesar lebih dulu.",
    Lens.SHARED: "Dibuktikan dokumen yang dipakai juga di pertanyaan lain.",
}
