"""From the reason why points went to a sentence that says what to do about it."""

from verification.models import Verdict

R = Verdict.Reason

SENTENCES: dict[str, str] = {
    R.IRRELEVANT: "Ganti data dukung dengan dokumen yang menjawab langsung pokok pertanyaan.",
    R.INCOMPLETE: "Lengkapi data dukung dengan seluruh halaman dan lampirannya, tidak hanya sampul atau ringkasan.",
    R.WRONG_YEAR: "Sertakan dokumen dari tahun data yang dinilai; dokumen di luar periode tidak dihitung.",
    R.NOT_VALID: "Sertakan dokumen final yang telah ditandatangani, bertanggal, dan dicap oleh pejabat berwenang.",
    R.PHOTO_UNEXPLAINED: "Beri setiap foto keterangan kegiatan, tempat, tanggal, dan pesertanya.",
    R.TOO_LATE: "Ajukan peraturan yang terbit sebelum batas tanggal; yang sesudahnya disiapkan untuk siklus berikut.",
    R.NO_MATRIX: "Isi matriks menurut format yang diminta dan lampirkan bersama dokumen sumbernya.",
    R.UNREADABLE: "Unggah ulang berkas yang dapat dibuka dan terbaca jelas, tanpa kata sandi.",
    R.DUPLICATE: "Lampirkan dokumen tersendiri untuk setiap pertanyaan atau tunjukkan halaman yang berbeda.",
    R.PERSONAL_DATA: "Tutup nama, alamat, dan wajah anak, lalu unggah kembali dokumennya.",
    "": "Telaah kembali klaim bersama verifikator dan perkuat data dukungnya.",
}
