"""Why a Word template is refused, in sentences for the person who handed it in."""

SENTENCES = {
    "empty": "Berkas ini kosong. Pilih templat Word (.docx), lalu unggah lagi.",
    "too_large": "Templat paling besar 2 MB. Kecilkan gambar di dalamnya, lalu unggah lagi.",
    "not_word": "Berkas ini bukan dokumen Word .docx. Simpan dari Word sebagai “Dokumen Word (.docx)”, lalu unggah.",
    "old_word": "Ini Word lama (.doc) atau berkata sandi. Buka di Word, hapus kata sandinya, simpan sebagai .docx.",
    "broken": "Berkas ini rusak dan tidak dapat dibuka. Simpan ulang dari Word, lalu unggah lagi.",
    "macros": "Templat memuat makro. Simpan sebagai “Dokumen Word (.docx)” tanpa makro, lalu unggah lagi.",
    "bomb": "Isi templat terlalu besar setelah dibuka. Buat ulang templat yang lebih sederhana.",
    "external": "Templat memuat tautan atau gambar dari luar. Hapus tautannya (juga alamat surel), lalu unggah lagi.",
    "embedded": "Templat memuat berkas lain di dalamnya. Hapus objek yang disisipkan, lalu unggah lagi.",
    "fields": "Templat memuat bidang yang mengambil isi dari luar (misalnya INCLUDETEXT atau DDE). Hapus bidang itu.",
    "syntax": "Tanda isian tidak lengkap atau tidak berpasangan. Periksa kurung dan endfor atau endif.",
    "unknown": "Isian tidak dikenal: {detail}. Pakai hanya isian pada daftar.",
    "forbidden": "Templat memakai perintah yang tidak diizinkan: {detail}. Pakai hanya isian, for, dan if.",
    "too_heavy": "Templat terlalu berat untuk dibuat. Kurangi pengulangan atau gambar di dalamnya.",
    "failed": "Templat tidak dapat diisi. Mulailah dari templat contoh, lalu sesuaikan.",
}
LONGEST_DETAIL = 120


class TemplateRefused(Exception):
    """A template that is none, or that does what it must not; `sentence` is for people."""

    def __init__(self, reason: str, detail: str = "") -> None:
        self.reason = reason if reason in SENTENCES else "failed"
        super().__init__(self.reason)
        self.sentence = SENTENCES[self.reason].replace("{detail}", detail[:LONGEST_DETAIL] or "tidak diketahui")
