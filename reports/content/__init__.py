"""What a document says, as one frozen tree: PDF, Excel and CSV are drawn from it and from nothing else."""

from reports.content.anjuran import AnjuranContent, build_anjuran
from reports.content.berita import BeritaContent, build_berita
from reports.content.brief import BriefContent, build_brief
from reports.content.laporan import LaporanContent, build_laporan
from reports.content.matrices import MatricesContent, build_matrices
from reports.content.provinsi import ProvinceContent, build_province
from reports.content.reading import NotSettled, latest

__all__ = [
    "AnjuranContent",
    "BeritaContent",
    "BriefContent",
    "LaporanContent",
    "MatricesContent",
    "NotSettled",
    "ProvinceContent",
    "build_anjuran",
    "build_berita",
    "build_brief",
    "build_laporan",
    "build_matrices",
    "build_province",
    "latest",
]
