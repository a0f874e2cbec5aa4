"""A whole instrument of 1000 points in fifty lines, for tests that break one line of it."""

from pathlib import Path

from clusters.instrument_file import FileRefused
from clusters.instrument_file.checking import check
from clusters.instrument_file.reading import read
from clusters.instrument_file.sums import check_sums

SHIPPED = Path(__file__).resolve().parents[2] / "clusters" / "instruments" / "kla-2024.yaml"

SMALL = """\
format: 1
instrument:
  code: kecil
  name: "Instrumen kecil"
  maximum: 1000
  evidence_years: [2023, 2024]
predicates:
  fraction_rule: floor
  bands:
    - {code: PRATAMA, name: "Pratama", lowest: 500}
    - {code: MADYA, name: "Madya", lowest: 601}
offices:
  dinkes: {name: "Dinas Kesehatan", aliases: ["Dinkes"]}
  disdik: {name: "Dinas Pendidikan", aliases: ["Disdik", "Disdikbud"]}
scales:
  ya_tidak:
    name: "Ya atau tidak"
    options:
      - {label: "Tidak", fraction: 0}
      - {label: "Ya", fraction: 1}
  persentase:
    name: "Persentase"
    options:
      - {label: "0%", fraction: 0}
      - {label: "Di atas 0% sampai 50%", fraction: 0.33}
      - {label: "Di atas 50%", fraction: 1}
  tren:
    name: "Dua tahun"
    options:
      - {label: "Tidak tersedia", fraction: 0}
      - {label: "Satu tahun", fraction: 0.33}
      - {label: "Memburuk", fraction: 0.5}
      - {label: "Tetap", fraction: 0.75}
      - {label: "Membaik", fraction: 1}
clusters:
  - code: K
    name: "Kelembagaan"
    maximum: 600
    indicators:
      - code: "1"
        name: "Peraturan"
        maximum: 600
        questions:
          - code: "1.1"
            text: "Ada peraturan"
            maximum: 600
            scale: ya_tidak
            evidence: ["Salinan"]
            offices: [dinkes]
  - code: I
    name: "Hak sipil"
    maximum: 400
    indicators:
      - code: "2"
        name: "Akta"
        maximum: 400
        questions:
          - code: "2.1"
            text: "Persentase anak berakta"
            maximum: 200.5
            scale: persentase
            measure: percentage
            matrix: true
            evidence: []
            offices: [disdik, dinkes]
          - code: "2.2"
            text: "Jumlah kematian"
            maximum: 199.5
            scale: tren
            measure: count
            better: lower
            evidence: []
            offices: [dinkes]
"""


def changed(*replacements: tuple[str, str]) -> str:
    """The small file with parts replaced; each part must stand in it exactly once."""
    text = SMALL
    for old, new in replacements:
        assert text.count(old) == 1, old
        text = text.replace(old, new)
    return text


def faults_of(path: Path, text: str | bytes) -> list[tuple[int, str]]:
    """Lines and sentences with which a file is refused; empty when it is accepted. Needs no database."""
    path.write_bytes(text.encode() if isinstance(text, str) else text)
    try:
        check_sums(check(read(path)))
    except FileRefused as refusal:
        return [(fault.line, fault.sentence) for fault in refusal.faults]
    return []
