"""Why a spreadsheet is not read, in sentences: what it is, and what to do."""

_SAVE_AS = "Buka di Excel atau LibreOffice, pilih Simpan Sebagai › Excel (.xlsx), lalu unggah lagi."

SENTENCES = {
    "empty": "Berkas ini kosong (0 bita). Periksa berkas di perangkat Anda, lalu unggah lagi.",
    "too_large": "Berkas ini lebih dari 10 MB. Hapus gambar dan lembar yang tidak perlu, lalu unggah lagi.",
    "xls": f"Ini berkas Excel lama (.xls). {_SAVE_AS}",
    "xlsb": f"Ini buku kerja biner (.xlsb). {_SAVE_AS}",
    "ods": f"Ini berkas OpenDocument (.ods). {_SAVE_AS}",
    "csv": f"Ini berkas teks (misalnya .csv), bukan buku kerja Excel. {_SAVE_AS}",
    "html": f"Ini halaman web, bukan buku kerja Excel. {_SAVE_AS}",
    "unknown": "Ini bukan buku kerja Excel. Unggah berkas .xlsx.",
    "locked": "Buku kerja ini dikunci sandi. Simpan tanpa sandi, lalu unggah lagi.",
    "macros": "Buku kerja ini memuat makro, sehingga ditolak demi keamanan. "
    "Simpan sebagai Excel tanpa makro (.xlsx), lalu unggah lagi.",
    "elsewhere": "Buku kerja ini mengambil isi dari buku kerja atau program lain. "
    "Ganti rumus itu dengan nilainya, lalu unggah lagi.",
    "nested": "Buku kerja ini memuat berkas lain di dalamnya. Hapus lampirannya, lalu unggah lagi.",
    "bomb": "Isi buku kerja ini mengembang tidak wajar saat dibuka, sehingga ditolak. "
    "Salin isinya ke buku kerja baru, lalu unggah lagi.",
    "broken": "Buku kerja ini rusak atau terpotong. Buka di perangkat Anda, simpan ulang, lalu unggah lagi.",
    "rows": "Lembar “{sheet}” lebih dari {most} baris. Unggah hanya baris yang diminta.",
    "columns": "Lembar “{sheet}” lebih dari {most} kolom. Hapus isi di kolom sebelah kanan yang tidak perlu.",
    "sheets": "Buku kerja ini lebih dari {most} lembar. Hapus lembar yang tidak perlu, lalu unggah lagi.",
    "letters": "Isi buku kerja ini terlalu panjang untuk dibaca. Unggah hanya bagian yang diminta.",
}


class SpreadsheetRefused(Exception):
    """The file is not read; its text is the sentence people see, `code` its short name."""

    def __init__(self, code: str, **values: object) -> None:
        super().__init__(SENTENCES[code].format(**values))
        self.code = code
