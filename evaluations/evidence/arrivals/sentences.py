"""Why a file does not go on arriving, in sentences for people: what it is, why, what to do."""

REFUSALS = {
    "name": "Nama berkas tidak terbaca. Beri nama lain pada berkas itu, lalu unggah lagi.",
    "size": "Ukuran berkas tidak terbaca. Pilih berkas itu lagi.",
    "head": "Sidik berkas tidak terbaca. Muat ulang halaman, lalu pilih berkas itu lagi.",
    "document": "Dokumen yang diganti tidak terbaca. Muat ulang halaman, lalu pilih berkas itu lagi.",
    "reason": "Alasan penggantian paling banyak 300 huruf. Ringkas alasannya.",
    "archive_too_large": "Arsip ini lebih dari 200 MB. Bagi menjadi beberapa arsip, lalu unggah satu per satu.",
    "too_many_unfinished": "Ada 20 unggahan Anda yang belum selesai. Lanjutkan atau buang dulu, lalu unggah lagi.",
    "too_much_unfinished": "Unggahan yang belum selesai sudah 600 MB. Lanjutkan atau buang dulu, lalu unggah lagi.",
    "no_space": "Penyimpanan portal penuh; berkas tidak disimpan. Hubungi administrator, lalu lanjutkan unggahan ini.",
    "part_cut": "Bagian berkas terputus di jalan. Bagian ini dikirim ulang.",
    "part_size": "Bagian berkas tidak wajar ukurannya. Muat ulang halaman, lalu pilih berkas itu lagi.",
    "offset": "Bagian ini bukan lanjutan dari yang sudah sampai.",
    "differs": "Yang sampai berbeda dari berkas di perangkat Anda, sehingga tidak disimpan. Kirim ulang dari awal.",
    "busy": "Unggahan ini sedang dikerjakan. Tunggu sebentar.",
    "not_finished": "Berkas belum sampai seluruhnya.",
}

_SPLIT = "Bagi menjadi beberapa arsip, lalu unggah satu per satu."
_ANEW = "Buat arsip ZIP baru dari berkas aslinya, lalu unggah lagi."

ARCHIVES = {
    "archive_broken": f"Arsip ini rusak atau terpotong sehingga tidak dapat dibuka. {_ANEW}",
    "archive_empty": "Arsip ini tidak berisi dokumen. Periksa isinya di perangkat Anda, lalu unggah lagi.",
    "archive_entries": f"Arsip ini berisi lebih dari 2.000 berkas dan folder, sehingga tidak dibongkar. {_SPLIT}",
    "archive_many": f"Arsip ini berisi lebih dari 200 dokumen. {_SPLIT}",
    "archive_inside": f"Isi arsip ini lebih dari 400 MB setelah dibongkar. {_SPLIT}",
    "archive_large": f"Arsip ini lebih dari 200 MB. {_SPLIT}",
    "archive_bomb": f"Susunan arsip ini tidak wajar, sehingga tidak dibongkar demi keamanan. {_ANEW}",
    "archive_foreign": "Arsip RAR, 7z, TAR, dan GZ tidak dibongkar di sini. Buat arsip ZIP dari isinya, lalu unggah.",
    "archive_stranger": "Pengirim arsip ini tidak lagi mengisi pertanyaan itu, sehingga isinya tidak disimpan.",
    "archive_lost": "Berkas arsip tidak ditemukan di penyimpanan. Unggah arsip itu lagi.",
}

MEMBERS = {
    "member_path": "Letaknya di dalam arsip menunjuk keluar arsip, sehingga ditolak demi keamanan.",
    "member_special": "Ini bukan berkas biasa melainkan tautan, sehingga ditolak. Masukkan berkas aslinya.",
    "member_encrypted": "Dikunci sandi di dalam arsip. Buat arsip tanpa sandi, lalu unggah lagi.",
    "member_nested": "Arsip di dalam arsip tidak dibongkar. Unggah arsip itu tersendiri.",
    "member_empty": "Berkas ini kosong (0 bita). Periksa berkas di perangkat Anda.",
    "member_large": "Berkas ini lebih dari 25 MB. Perkecil berkas (misalnya pindai ulang pada 150 dpi).",
    "member_bomb": "Isinya mengembang tidak wajar saat dibongkar, sehingga ditolak. Unggah berkas itu tersendiri.",
    "member_broken": "Rusak di dalam arsip. Buka berkas aslinya di perangkat Anda, lalu unggah tersendiri.",
    "member_method": "Dimampatkan dengan cara yang tidak dikenal di sini. Unggah berkas itu tersendiri.",
    "too_heavy": "Terlalu berat untuk dibongkar dengan aman. Unggah berkas itu tersendiri.",
}


class ArchiveRefused(Exception):
    """An archive that is not taken apart at all; its text is the sentence people read."""

    def __init__(self, code: str) -> None:
        super().__init__(ARCHIVES.get(code, ARCHIVES["archive_bomb"]))
        self.code = code


class ArrivalRefused(Exception):
    """A step that is not taken; its text is the sentence people read. `received` is where the upload truly stands."""

    def __init__(self, code: str, *, received: int | None = None) -> None:
        super().__init__(REFUSALS[code])
        self.code = code
        self.received = received
