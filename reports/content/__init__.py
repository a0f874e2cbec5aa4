"""What a document says, as one frozen tree: PDF, Excel and CSV are drawn from it and from nothing else."""

from reports.content.brief import BriefContent, build_brief
from reports.content.laporan import LaporanContent, build_laporan
from reports.content.matrices import MatricesContent, build_matrices
from reports.content.reading import NotSettled

__all__ = [
    "BriefContent",
    "LaporanContent",
    "MatricesContent",
    "NotSettled",
    "build_brief",
    "build_laporan",
    "build_matrices",
]
