"""Why something is not accepted, in sentences for people: what it is, why that is a problem, what to do."""

_PDF_ADVICE = "Cetak dokumen ke PDF baru (Cetak › Simpan sebagai PDF), lalu unggah hasilnya."
_OFFICE_ADVICE = "Simpan sebagai PDF, lalu unggah PDF-nya."

ACCEPTED = "PDF, JPG, PNG, WEBP, DOCX, atau XLSX"

REFUSALS = {
    "empty": "Berkas ini kosong (0 bita). Periksa berkas di perangkat Anda, lalu unggah lagi.",
    "too_large": "Berkas ini lebih dari 25 MB. Perkecil berkas (misalnya pindai ulang pada 150 dpi), lalu unggah lagi.",
    "cut_off": "Unggahan terputus sebelum selesai, sehingga tidak ada yang disimpan. Unggah lagi.",
    "no_space": "Penyimpanan portal penuh; berkas tidak disimpan. Hubungi administrator, lalu unggah lagi.",
    "unknown": f"Jenis berkas ini tidak diterima. Unggah {ACCEPTED}.",
    "program": f"Berkas ini ternyata program, apa pun namanya, sehingga ditolak. Unggah {ACCEPTED}.",
    "not_pdf": "Dokumen dasar harus berupa PDF. Pindai atau cetak ke PDF, lalu unggah lagi.",
    "svg": "Gambar SVG dapat memuat skrip, sehingga ditolak. Simpan sebagai PNG atau PDF, lalu unggah lagi.",
    "html": "Berkas ini halaman web, bukan dokumen. Cetak halaman itu ke PDF, lalu unggah PDF-nya.",
    "old_office": "Format Office lama (doc, xls, ppt) tidak diterima. Simpan sebagai PDF, DOCX, atau XLSX.",
    "pdf_after_junk": f"Berkas PDF ini didahului isi lain, sehingga tidak dapat dipercaya. {_PDF_ADVICE}",
    "broken": "Berkas ini rusak atau terpotong. Buka di perangkat Anda, simpan ulang, lalu unggah lagi.",
    "too_heavy": "Berkas ini terlalu berat untuk diperiksa dengan aman. Cetak ke PDF yang lebih sederhana.",
    "pdf_encrypted": "PDF ini dikunci sandi, sehingga tidak dapat diperiksa. Simpan tanpa sandi, lalu unggah lagi.",
    "pdf_javascript": f"PDF ini memuat JavaScript, sehingga ditolak demi keamanan. {_PDF_ADVICE}",
    "pdf_launch": f"PDF ini memuat perintah untuk menjalankan program, sehingga ditolak. {_PDF_ADVICE}",
    "pdf_form": f"PDF ini memuat formulir yang mengirim data keluar, sehingga ditolak. {_PDF_ADVICE}",
    "pdf_embedded": f"PDF ini memuat berkas lain, sehingga ditolak. {_PDF_ADVICE} Unggah lampirannya tersendiri.",
    "pdf_xfa": f"PDF ini formulir XFA yang tidak dapat ditampilkan dengan aman. {_PDF_ADVICE}",
    "pdf_too_many_pages": "PDF ini lebih dari 2.000 halaman. Unggah hanya bagian yang membuktikan jawaban.",
    "picture_too_large": "Gambar ini lebih dari 50 megapiksel. Perkecil ukurannya, lalu unggah lagi.",
    "picture_moves": "Gambar bergerak tidak diterima. Simpan satu gambar diam sebagai JPG atau PNG, lalu unggah lagi.",
    "zip_bomb": f"Isi berkas ini mengembang tidak wajar saat dibuka, sehingga ditolak. {_OFFICE_ADVICE}",
    "zip_nested": f"Berkas ini memuat berkas lain di dalamnya (misalnya bagan atau lampiran). {_OFFICE_ADVICE}",
    "zip_unknown": f"Berkas ini arsip ZIP, bukan DOCX atau XLSX. Unggah isinya satu per satu sebagai {ACCEPTED}.",
    "office_encrypted": "Dokumen Office ini dikunci sandi. Simpan tanpa sandi, lalu unggah lagi.",
    "office_macro": f"Dokumen Office ini memuat makro, sehingga ditolak demi keamanan. {_OFFICE_ADVICE}",
    "office_broken_xml": f"Isi dokumen Office ini tidak wajar, sehingga ditolak. {_OFFICE_ADVICE}",
    "office_calls_out": f"Dokumen ini mengambil isi dari luar saat dibuka, sehingga ditolak. {_OFFICE_ADVICE}",
    "same_file": "Berkas pengganti sama persis dengan yang lama. Pilih berkas yang sudah diperbaiki.",
    "replaced": "Dokumen ini sudah diganti lebih dulu, sehingga berkas Anda tidak disimpan. Muat ulang halaman, "
    "buka versi baru, lalu ganti versi itu bila masih perlu.",
    "infected": "Berkas ini pernah ditolak pemindai virus, sehingga tidak dilampirkan. Unggah berkas yang bersih.",
    "taken_away": "Bukti ini sudah dilepas dari pertanyaan. Muat ulang halaman untuk melihat keadaan terbaru.",
    "expired": "Masa berlaku itu sudah lewat. Ganti berkas dengan dokumen yang masih berlaku.",
    "no_reason": "Isi alasan penggantian, misalnya: versi bertanda tangan. Berkas lama belum diganti.",
    "elsewhere": "Bukti itu bukan milik evaluasi ini.",
    "too_many": "Paling banyak 10 berkas sekali unggah. Unggah sisanya setelah ini.",
    "nothing": f"Pilih berkas lebih dulu: {ACCEPTED}, paling besar 25 MB.",
    "link_not_https": "Tautan harus diawali https://. Salin alamat lengkap dari peramban.",
    "link_odd": "Tautan ini memuat karakter yang tidak lazim. Salin alamat lengkap dari peramban.",
    "link_user": "Tautan tidak boleh memuat nama pengguna atau sandi. Salin alamat tanpa bagian itu.",
    "link_inside": "Tautan ke jaringan dalam atau alamat angka tidak dapat dibuka verifikator. Pakai nama situs umum.",
    "link_port": "Tautan dengan nomor porta khusus tidak diterima. Pakai alamat https biasa.",
    "link_long": "Tautan ini lebih dari 500 karakter. Pakai alamat yang lebih pendek dari layanan berkas Anda.",
}

REMARKS = {
    "repaired": "Susunan PDF ini cacat dan dibaca dengan perbaikan; periksa apakah semua halaman tampil.",
    "other_workbooks": "Memuat tautan ke buku kerja lain; angka yang tampil mungkin tidak terbaru.",
    "not_drawn": "Halaman tidak dapat digambar; unduh aslinya untuk membaca.",
}

ADVICE = {
    "COVER_ONLY": "Hanya satu halaman; verifikator menolak bila yang terlampir hanya halaman sampul. Ganti dengan "
    "dokumen utuh.",
    "UNDATED": "Tidak ada teks yang terbaca dan tanggalnya belum diisi. Isi tanggal dokumen pada rincian.",
    "WRONG_YEAR": "Dokumen tampaknya di luar tahun data evaluasi. Pakai dokumen tahun data, atau isi masa berlaku bila "
    "masih berlaku.",
    "LATE_REGULATION": "Peraturan ini ditetapkan sesudah batas tanggal siklus dan dapat ditolak. Pakai peraturan yang "
    "lebih dulu.",
    "EXPIRED": "Masa berlakunya habis sebelum tahun data terakhir. Ganti dengan perpanjangannya.",
    "BLANK_PAGES": "Ada halaman kosong atau hampir kosong. Periksa hasil pindaian, lalu ganti bila isinya hilang.",
    "SMALL_PICTURE": "Gambar terlalu kecil untuk dibaca. Unggah foto asli dari kamera, bukan salinan dari pesan.",
    "PHOTO_UNPLACED": "Foto ini tidak menyimpan waktu atau tempat. Isi tanggal pada rincian dan sebut tempatnya dalam "
    "nama dokumen.",
    "CHILD_DATA": "Tutup NIK, nama lengkap, dan tanggal lahir anak, lalu ganti berkasnya.",
}

MENDED_BY_DETAILS = ("UNDATED", "WRONG_YEAR", "LATE_REGULATION", "EXPIRED", "PHOTO_UNPLACED")


class EvidenceRefused(Exception):
    """Not accepted; its text is the sentence people read, `code` its short name."""

    def __init__(self, code: str) -> None:
        super().__init__(REFUSALS[code])
        self.code = code
