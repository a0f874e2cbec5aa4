"""The portal's own Word templates: what is poured where a house has none, and what people begin their own with."""

import io
from functools import lru_cache
from typing import Any

from reports.models import Document

FONT = "Liberation Sans"
FIGURES = ("maksimal", "mandiri", "verifikasi", "selisih")
HEADS = ("Nilai maksimal", "Evaluasi mandiri", "Verifikasi", "Selisih")


@lru_cache(maxsize=4)
def sample(kind: str) -> bytes:
    """A template for a kind of document; the same bytes within a release."""
    # Importing python-docx takes 0.3 s: only who pours or downloads a template pays for it.
    from docx import Document as new
    from docx.shared import Mm, Pt

    book = new()
    section = book.sections[0]
    section.page_width, section.page_height = Mm(210), Mm(297)
    section.left_margin = section.right_margin = Mm(20)
    section.top_margin, section.bottom_margin = Mm(18), Mm(20)
    style = book.styles["Normal"]
    style.font.name, style.font.size = FONT, Pt(10.5)
    style.paragraph_format.space_after = Pt(4)
    build = {Document.Kind.MINUTES: _berita, Document.Kind.ADVICE: _anjuran, Document.Kind.LETTER: _lampiran}
    build[Document.Kind(kind)](book)
    foot = section.footer.paragraphs[0]
    foot.text = "Nomor {{ nomor }}. Kode periksa {{ kode_periksa }} di {{ alamat_periksa }}. Sidik isi {{ sidik_isi }}"
    foot.runs[0].font.size = Pt(7.5)
    written = io.BytesIO()
    book.save(written)
    return written.getvalue()


def _berita(book: Any) -> None:
    _kop(book)
    _title(book, "BERITA ACARA VERIFIKASI", "Evaluasi Kabupaten/Kota Layak Anak {{ daerah }}")
    _say(book, "{{ pembukaan }}")
    _say(book, "1. {{ pihak_pertama.nama }}, {{ pihak_pertama.jabatan }}, bertindak untuk {{ pihak_pertama.sebutan }}, "
               "selanjutnya disebut PIHAK PERTAMA;")  # fmt: skip
    _say(book, "2. {{ pihak_kedua.nama }}, {{ pihak_kedua.jabatan }}, bertindak untuk {{ pihak_kedua.sebutan }}, "
               "selanjutnya disebut PIHAK KEDUA.")  # fmt: skip
    _head(book, "A. Dasar hukum")
    _loop(book, "aturan in dasar_hukum", "{{ loop.index }}. {{ aturan }}")
    _head(book, "B. Hasil verifikasi")
    _table(book, ("No.", "Klaster", *HEADS), "baris in klaster", ("baris.no", "baris.nama", *_of("baris")),
           total=("", "'Jumlah'", *_of("jumlah")))  # fmt: skip
    _say(book, "Nilai {{ tahap|lower }} berjumlah {{ jumlah.verifikasi }} ({{ nilai_huruf }}) dari "
               "{{ jumlah.maksimal }}, berselisih {{ jumlah.selisih }} dari evaluasi mandiri. "
               "Predikat sementara, yaitu perkiraan dari skor: "
               "{{ predikat_sementara }}.")  # fmt: skip
    _head(book, "C. Catatan per indikator")
    _say(book, "{%p for indikator in catatan %}")
    _say(book, "Indikator {{ indikator.kode }}. {{ indikator.nama }} ({{ indikator.mandiri }} menjadi "
               "{{ indikator.verifikasi }}, selisih {{ indikator.selisih }})", bold=True)  # fmt: skip
    _table(book, ("Kode", "Temuan", "Mandiri", "Verifikasi", "Selisih"), "butir in indikator.butir",
           ("butir.kode", "butir.alasan }}{% if butir.catatan %}. {% endif %}{{ butir.catatan",
            *_of("butir")[1:]))  # fmt: skip
    _say(book, "{%p endfor %}")
    _head(book, "D. Rekomendasi")
    _loop(book, "anjuran in rekomendasi",
          "{{ anjuran.no }}. {{ anjuran.alasan }} ({{ anjuran.poin }} poin). {{ anjuran.isi }} "
          "Batas waktu: {{ tenggat }}. {{ anjuran.perangkat }}")  # fmt: skip
    _head(book, "E. Penutup")
    _say(book, "{{ penutup }}")
    _signatures(book)
    book.add_page_break()
    _title(book, "DAFTAR HADIR", "{{ tahap }} {{ daerah }}, {{ siklus }}", number=False)
    _table(book, ("No.", "Nama", "Jabatan atau instansi", "Tanda tangan"), "orang in hadir",
           ("orang.no", "orang.nama", "''", "''"))  # fmt: skip


def _anjuran(book: Any) -> None:
    _say(book, "{%p for lembar_ini in lembar %}")
    _kop(book)
    _title(book, "LEMBAR REKOMENDASI", "Evaluasi Kabupaten/Kota Layak Anak {{ daerah }}")
    _say(book, "Kepada")
    _say(book, "{{ lembar_ini.perangkat }}", bold=True)
    _say(book, "{{ pembukaan }}")
    _table(book, ("Kode", "Temuan dan rekomendasi", "Mandiri", "Verifikasi", "Dapat dipulihkan"),
           "butir in lembar_ini.butir",
           ("butir.kode", "butir.pertanyaan }}. Temuan: {{ butir.alasan }}. {{ butir.catatan }} Rekomendasi: "
            "{{ butir.rekomendasi", "butir.mandiri", "butir.verifikasi", "butir.pulih"),
           total=("''", "'Jumlah yang dapat dipulihkan'", "''", "''", "lembar_ini.poin"))  # fmt: skip
    _say(book, "Batas waktu tindak lanjut: {{ tenggat }}. {{ penutup }}")
    _sign(book, "{{ kop.tempat }}, {{ tanggal }}", "kop")
    _say(book, "{%p if not loop.last %}")
    book.add_page_break()
    _say(book, "{%p endif %}")
    _say(book, "{%p endfor %}")


def _lampiran(book: Any) -> None:
    for line in ("{{ kepala }}", "{{ baris_nomor }}", "{{ baris_tanggal }}"):
        _right(book, line)
    _title(book, "{{ perihal|upper }}", "Provinsi {{ provinsi }}", number=False)
    _say(book, "{{ pembukaan }}")
    _table(book, ("No.", "Kabupaten/Kota", "Evaluasi mandiri", "Hasil verifikasi", "Perkiraan dari skor"),
           "baris in dinilai",
           ("baris.no", "baris.nama", "baris.mandiri", "baris.verifikasi", "baris.perkiraan"))  # fmt: skip
    _say(book, "{% if menunggu %}Belum ada hasil verifikasi: {{ menunggu }}.{% endif %}")
    for line in ("{{ jabatan }},", "", "", "{{ nama }}"):
        _right(book, line)


def _of(name: str) -> tuple[str, ...]:
    return tuple(f"{name}.{each}" for each in FIGURES)


def _say(book: Any, text: str, *, bold: bool = False, align: int | None = None) -> Any:
    paragraph = book.add_paragraph()
    paragraph.add_run(text).bold = bold
    paragraph.alignment = align
    return paragraph


def _right(book: Any, text: str) -> None:
    from docx.shared import Mm

    _say(book, text).paragraph_format.left_indent = Mm(90)


def _head(book: Any, text: str) -> None:
    _say(book, text, bold=True).paragraph_format.keep_with_next = True


def _kop(book: Any) -> None:
    _say(book, "{{ kop.pemerintah|upper }}", align=1)
    _say(book, "{{ kop.perangkat|upper }}", bold=True, align=1)
    _say(book, "{{ kop.alamat }}", align=1)


def _title(book: Any, title: str, subtitle: str, *, number: bool = True) -> None:
    _say(book, title, bold=True, align=1)
    _say(book, subtitle, align=1)
    if number:
        _say(book, "Nomor: {{ nomor }}", align=1)
    _say(book, "{{ contoh }}", bold=True, align=1)


def _loop(book: Any, clause: str, text: str) -> None:
    _say(book, f"{{%p for {clause} %}}")
    _say(book, text)
    _say(book, "{%p endfor %}")


def _table(
    book: Any, heads: tuple[str, ...], clause: str, cells: tuple[str, ...], *, total: tuple[str, ...] = ()
) -> None:
    rows = [heads, (f"{{%tr for {clause} %}}",), tuple(f"{{{{ {each} }}}}" for each in cells), ("{%tr endfor %}",)]
    if total:
        rows.append(tuple(f"{{{{ {each} }}}}" if each else "" for each in total))
    table = book.add_table(rows=len(rows), cols=len(heads))
    table.style = "Table Grid"
    for place, row in enumerate(rows):
        for column, text in enumerate(row):
            run = table.cell(place, column).paragraphs[0].add_run(text)
            run.bold = place == 0 or place == len(rows) - 1 and bool(total)
    book.add_paragraph()


def _signatures(book: Any) -> None:
    table = book.add_table(rows=1, cols=2)
    for cell, name, word in zip(
        table.rows[0].cells, ("pihak_pertama", "pihak_kedua"), ("PERTAMA", "KEDUA"), strict=True
    ):
        cell.paragraphs[0].add_run(f"PIHAK {word}").bold = True
        for text in (f"{{{{ {name}.jabatan }}}},", "", "", f"{{{{ {name}.nama }}}}",
                     f"{{% if {name}.nip %}}NIP {{{{ {name}.nip }}}}{{% endif %}}"):  # fmt: skip
            cell.add_paragraph(text)
    _sign(book, "Mengetahui,", "mengetahui")


def _sign(book: Any, first: str, name: str) -> None:
    for text in (first, f"{{{{ {name}.jabatan }}}},", "", "", f"{{{{ {name}.nama }}}}",
                 f"{{% if {name}.nip %}}NIP {{{{ {name}.nip }}}}{{% endif %}}"):  # fmt: skip
        _right(book, text)
