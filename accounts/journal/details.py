"""What an event says beside its act, in words; what has no word here stays in the exported file."""

from typing import Any

from kla_portal.numbers import ukuran

LONGEST, MOST = 120, 8
KEYS = {
    "address": "alamat jaringan", "aliases": "nama lain", "before": "sebelumnya", "bytes": "ukuran", "count": "jumlah",
    "cycle": "siklus", "decision": "putusan", "expected": "perkiraan", "files": "berkas", "form": "lembar",
    "format": "format", "kind": "jenis", "letter": "surat", "members": "isi arsip", "name": "nama", "new": "menjadi",
    "note": "catatan", "number": "nomor", "office": "perangkat daerah", "old": "semula", "option": "opsi",
    "points": "nilai", "reason": "alasan", "refused": "ditolak", "role": "peran", "rows": "baris", "size": "ukuran",
    "stage": "tahap", "taken": "diambil", "title": "judul", "to": "sampai", "total": "nilai total",
    "unjudged": "belum dinilai", "username": "nama pengguna", "version": "versi", "weak": "lemah", "year": "tahun",
}  # fmt: skip


def said(details: dict[str, Any]) -> list[tuple[str, str]]:
    """Label and value of what can be told, in the order of the trail."""
    told = [(KEYS[key], _word(key, value)) for key, value in details.items() if key in KEYS]
    return [(label, word) for label, word in told if word][:MOST]


def _word(key: str, value: Any) -> str:
    if key in ("bytes", "size") and isinstance(value, int):
        return ukuran(value)
    if isinstance(value, bool):
        return "ya" if value else "tidak"
    if isinstance(value, dict):
        inner = "; ".join(f"{KEYS[each]} {_word(each, part)}" for each, part in value.items() if each in KEYS)
        return _short(inner)
    if isinstance(value, list):
        return _short(", ".join(str(each) for each in value if isinstance(each, str | int)))
    return "" if value is None else _short(str(value))


def _short(words: str) -> str:
    return words if len(words) <= LONGEST else f"{words[: LONGEST - 1]}…"
