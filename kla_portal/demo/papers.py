"""Evidence of the demo as files: letters, minutes, tables and pictures, each marked CONTOH, naming no real person."""

from dataclasses import dataclass
from datetime import datetime
from io import BytesIO

import xlsxwriter
from PIL import Image, ImageDraw, ImageFont

from kla_portal.demo.pdf import pages_of

MARK = "CONTOH - bukan dokumen resmi"
HEAD = ("# PEMERINTAH KABUPATEN TANAH BUMBU", f"= {MARK}", "")
VILLAGES = ("Contoh Jaya", "Contoh Makmur", "Contoh Sejahtera", "Contoh Bahari", "Contoh Lestari", "Contoh Indah")


@dataclass(frozen=True, slots=True)
class Paper:
    """One file: its title, its kind by extension, the office it comes from (empty: from anywhere)."""

    title: str
    extension: str
    office: str = ""

    @property
    def file_name(self) -> str:
        """As somebody would have named it."""
        return f"{self.title.lower().replace(' ', '-').replace('/', '-')}.{self.extension}"


PAPERS = (
    Paper("Perda Penyelenggaraan KLA", "pdf", "bagian_hukum"),
    Paper("Perbup Rencana Aksi Daerah KLA", "pdf", "bagian_hukum"),
    Paper("Kumpulan kebijakan sektoral", "pdf", "bagian_hukum"),
    Paper("SK Gugus Tugas KLA", "pdf", "bappeda"),
    Paper("Rekap anggaran KLA 2023-2024", "xlsx", "bappeda"),
    Paper("Rekap anggaran bertanda tangan Bappeda", "pdf", "bappeda"),
    Paper("Undangan Musrenbang Anak", "pdf", "bappeda"),
    Paper("SK Forum Anak Daerah", "pdf", "dp3ap2kb"),
    Paper("Notulen rapat koordinasi gugus tugas", "pdf", "dp3ap2kb"),
    Paper("Daftar hadir pelatihan KHA", "pdf", "dp3ap2kb"),
    Paper("Matriks peran perangkat daerah", "xlsx", "dp3ap2kb"),
    Paper("Foto pelatihan Konvensi Hak Anak", "jpg", "dp3ap2kb"),
    Paper("Foto kegiatan Forum Anak", "jpg", "dp3ap2kb"),
    Paper("Profil anak dan data terpilah", "xlsx", "dp3ap2kb"),
    Paper("SK Puskesmas ramah anak", "pdf", "dinkes"),
    Paper("Data gizi balita per kecamatan", "xlsx", "dinkes"),
    Paper("Laporan kawasan tanpa rokok", "pdf", "dinkes"),
    Paper("Cakupan imunisasi dan persalinan", "xlsx", "dinkes"),
    Paper("Foto ruang laktasi", "jpg", "dinkes"),
    Paper("Foto Puskesmas ramah anak", "jpg", "dinkes"),
    Paper("SK Satuan pendidikan ramah anak", "pdf", "disdik"),
    Paper("Daftar sekolah ramah anak", "xlsx", "disdik"),
    Paper("Laporan wajib belajar 12 tahun", "pdf", "disdik"),
    Paper("Foto sekolah ramah anak", "jpg", "disdik"),
    Paper("Laporan layanan rehabilitasi sosial anak", "pdf", "dinsos"),
    Paper("Daftar lembaga kesejahteraan sosial anak", "xlsx", "dinsos"),
    Paper("SOP layanan UPTD PPA", "pdf", "uptd_ppa"),
    Paper("Rekap kasus tertangani tanpa identitas", "xlsx", "uptd_ppa"),
    Paper("Cakupan akta kelahiran dan KIA", "xlsx", "disdukcapil"),
    Paper("Foto layanan jemput bola akta", "jpg", "disdukcapil"),
    Paper("SK Pusat informasi sahabat anak", "pdf", "diskominfo"),
    Paper("Foto ruang bermain ramah anak", "jpg", "dinas_pupr"),
    Paper("Surat keterangan pencegahan perkawinan anak", "pdf", "kemenag"),
    Paper("SK Desa layak anak", "pdf", "desa"),
    Paper("Foto zona selamat sekolah", "jpg", "dishub"),
    Paper("Laporan kegiatan gugus tugas 2024", "pdf"),
    Paper("MoU kemitraan dunia usaha", "pdf"),
    Paper("Dokumentasi kegiatan klaster", "jpg"),
    Paper("Matriks isian klaster", "xlsx"),
    Paper("Dokumen inovasi daerah", "pdf"),
)


def bytes_of(paper: Paper) -> bytes:
    """The file's content; every title makes other bytes, and the same ones each time."""
    if paper.extension == "pdf":
        return pages_of(_letter(paper.title))
    return _table(paper.title) if paper.extension == "xlsx" else _picture(paper.title)


def _letter(title: str) -> list[list[str]]:
    first = [
        *HEAD,
        f"# {title.upper()}",
        "",
        "Nomor    : 400.2/000/CONTOH/2024",
        "Tanggal : Batulicin, 12 Juni 2024",
        "",
        "Menimbang",
        "a. bahwa setiap anak berhak atas perlindungan dan pemenuhan haknya;",
        "b. bahwa penyelenggaraan Kabupaten/Kota Layak Anak memerlukan peran",
        "    seluruh perangkat daerah, masyarakat, media, dan dunia usaha.",
        "",
        "Isi pokok",
        "1. Kegiatan dilaksanakan pada tahun 2023 dan 2024.",
        "2. Pelaksana, sasaran, dan hasil diuraikan dalam lampiran.",
        "3. Dokumen ini dibuat untuk mencoba portal dan tidak memuat data pribadi.",
        "",
        "= Nama Penanda Tangan (contoh)",
    ]
    places = [f"{number}. Desa {name}: terlaksana" for number, name in enumerate(VILLAGES, start=1)]
    return [first, [*HEAD, f"# LAMPIRAN {title.upper()}", "", *places]]


def _table(title: str) -> bytes:
    buffer = BytesIO()
    book = xlsxwriter.Workbook(buffer, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False})
    book.set_properties({"title": title, "comments": MARK, "created": datetime(2024, 6, 12)})  # noqa: DTZ001 - a fixed day
    sheet = book.add_worksheet("Data")
    bold = book.add_format({"bold": True})
    sheet.set_column(0, 0, 34)
    sheet.write_row(0, 0, [f"{title} ({MARK})"], bold)
    sheet.write_row(2, 0, ["Wilayah", "2023", "2024", "Keterangan"], bold)
    for row, name in enumerate(VILLAGES, start=3):
        sheet.write_row(row, 0, [f"Desa {name}", 40 + 3 * row + len(title) % 7, 44 + 3 * row, "contoh"])
    book.close()
    return buffer.getvalue()


def _picture(title: str) -> bytes:
    shade = sum(map(ord, title)) % 60
    image = Image.new("RGB", (1280, 860), (206 - shade // 2, 224, 238))
    draw = ImageDraw.Draw(image)
    draw.rectangle((0, 560, 1280, 860), fill=(132 + shade, 168, 116))
    draw.polygon([(180, 420), (520, 230), (860, 420)], fill=(164, 84 + shade, 62))
    draw.rectangle((230, 420, 810, 660), fill=(243, 236, 219))
    draw.rectangle((470, 500, 570, 660), fill=(120, 92, 70))
    for left in (290, 650):
        draw.rectangle((left, 470, left + 110, 560), fill=(150, 196, 222))
    for number in range(4):
        left = 900 + 80 * number
        draw.ellipse((left, 540 - 12 * (number % 2), left + 44, 584 - 12 * (number % 2)), fill=(94, 70, 58))
        draw.rounded_rectangle((left - 8, 586, left + 52, 690), 18, fill=(60 + 40 * number, 110, 170 - 20 * number))
    draw.rectangle((0, 0, 1280, 96), fill=(11, 92, 173))
    draw.text((32, 18), title, fill="white", font=ImageFont.load_default(38))
    draw.text(
        (32, 806), f"Ilustrasi. {MARK}. Batulicin, 12 Juni 2024", fill=(20, 33, 61), font=ImageFont.load_default(26)
    )
    buffer = BytesIO()
    image.save(buffer, "JPEG", quality=78)
    return buffer.getvalue()
